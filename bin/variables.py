"""The environment variables the commands set for Django; the only place that does."""

import base64
import os
import secrets
from collections.abc import Callable

from environment import VAR


def for_serving() -> dict[str, str]:
    """This machine only, over plain HTTP, unless the environment says otherwise."""
    variables = dict(os.environ)
    variables["ALLOWED_HOSTS"] = os.environ.get("ALLOWED_HOSTS") or "localhost,127.0.0.1"
    variables["HTTPS"] = os.environ.get("HTTPS") or "no"
    variables["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secret_key()
    variables["HEALTH_KEYS"] = os.environ.get("HEALTH_KEYS") or health_key()
    port = os.environ.get("PORT") or "8000"
    variables["SITE_URL"] = os.environ.get("SITE_URL") or f"http://localhost:{port}"
    # Shared by the worker processes: how often someone may book is counted in it.
    variables["CACHE_URL"] = os.environ.get("CACHE_URL") or "dbcache://cache"
    return variables


def for_testing() -> dict[str, str]:
    """The same on every machine: each is named, so that neither the environment nor a `.env` decides it."""
    return os.environ | {
        "ALLOWED_HOSTS": "*",
        "BEHIND_PROXY": "no",
        "CACHE_URL": "locmemcache://tests",
        "CSRF_TRUSTED_ORIGINS": "",
        "DATABASE_URL": f"sqlite:///{VAR / 'test.sqlite3'}",
        "DEBUG": "no",
        "DJANGO_SETTINGS_MODULE": "clinic.settings",
        "HEALTH_KEYS": base64.urlsafe_b64encode(b"only-for-tests-8" * 2).decode(),
        "HTTPS": "no",
        "MEDIA_ROOT": str(VAR / "test-media"),
        "REPORTS_SECRET": "",
        "SITE_URL": "http://testserver",
        "SMS_TOKEN": "",
        "SMS_URL": "",
        "SECRET_KEY": "only-for-tests-" * 4,
        "SECRET_KEY_FALLBACKS": "",
    }


def secret_key() -> str:
    """This machine's own key, made once: signed links and sessions outlive a restart."""
    return made_once("secret_key", lambda: secrets.token_urlsafe(48))


def health_key() -> str:
    """This machine's own key, made once: it opens the answers about health that are in the database."""
    return made_once("health_key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def made_once(name: str, make: Callable[[], str]) -> str:
    """What the file of this name in var/ holds; made, for its owner alone to read, when it is missing or empty."""
    path = VAR / name
    if not path.exists() or not path.read_text().strip():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w") as file:
            file.write(make())
    return path.read_text().strip()
