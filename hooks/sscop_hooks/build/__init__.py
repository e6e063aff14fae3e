"""Build environment security (theme 2)."""
