"""The site as gunicorn serves it to a crowd; as in all tests, static files need no manifest."""

from django.conf import settings

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

from clinic.wsgi import application  # noqa: E402  (only now is the storage chosen)

__all__ = ["application"]
