"""The GitHub platform; the only importer of PyGithub."""
