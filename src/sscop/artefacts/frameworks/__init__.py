"""Secure development frameworks: their names and ids, the statements that follow them, the Code as texts quote it."""
