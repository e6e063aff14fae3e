"""Judgement over what the readers found: pure functions from facts to typed results."""
