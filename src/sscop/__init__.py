"""sscop: check a repository against the UK Software Security Code of Practice."""

__version__ = "0.1.0"
