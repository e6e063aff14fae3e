import os
DEBUG = False
if DEBUG:
    EMAIL_HOST_PASSWORD = "dev"
SECRET_KEY = os.environ.get("SECRET_KEY", "django-insecure-4f8a")
DATABASES = {"default": {"HOST": "db.internal", "PASSWORD": "shop"}}
JWT_SECRET = os.environ["JWT_SECRET"]
