"""Talking to GitHub: the only package that imports PyGithub, and only when something is to be sent or asked."""
