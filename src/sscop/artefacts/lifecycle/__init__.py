"""Which versions are supported, until when, and since when that is published: every form of it, as one model.

`gathered.lifecycle` reads a repository; `own` is this project's own file, `openeox` the exchange format of OASIS.
Nothing is judged here.
"""
