from .base import *
DEBUG = decide()
