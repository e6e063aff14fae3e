"""Reporters: a Report in, text out. None of them judges."""
