from setuptools import setup
setup(name="billing", install_requires=["requests"])
