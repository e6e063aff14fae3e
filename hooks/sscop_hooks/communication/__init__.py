"""Communication with customers (theme 4)."""
