"""Readers: what a workflow, a Dockerfile, a lock file says, as typed facts with their lines. No judgement here."""
