import os
SECRET_KEY = os.environ.get("SECRET_KEY", "fixed-again-here1")
