"""Read by pytest before Django's settings, which do not load without them (`addopts` in pyproject.toml)."""

import os
from base64 import urlsafe_b64encode

os.environ.setdefault("HEALTH_KEYS", urlsafe_b64encode(b"only-for-tests-8" * 2).decode())
os.environ.setdefault("SITE_URL", "http://testserver")
