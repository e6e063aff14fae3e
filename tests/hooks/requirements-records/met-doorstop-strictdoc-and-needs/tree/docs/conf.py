extensions = ["sphinx_needs"]
