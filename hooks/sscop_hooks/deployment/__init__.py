"""Secure deployment and maintenance (theme 3)."""
