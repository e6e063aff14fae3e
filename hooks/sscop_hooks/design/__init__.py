"""Secure design and development (theme 1)."""
