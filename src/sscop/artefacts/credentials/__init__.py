"""Passwords that come with a product: where images, compose files, charts, manifests and configuration hold one.

`words` says which names are passwords and what a value is; the other modules read one kind of file each. No judgement.
"""
