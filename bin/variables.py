"""The environment variables the commands set for Django; the only place that does."""

import os
import secrets

from environment import VAR

# Read by the settings: a developer's own values must not change what the tests mean.
OURS = ("ALLOWED_HOSTS", "CACHE_URL", "DATABASE_URL", "EMAIL_URL", "HTTPS", "MEDIA_ROOT", "SECRET_KEY")


def for_serving() -> dict[str, str]:
    """This machine only, over plain HTTP, unless the environment says otherwise."""
    defaults = {"ALLOWED_HOSTS": "localhost,127.0.0.1", "HTTPS": "no"}
    given = {name: value for name, value in os.environ.items() if value or name not in OURS}
    if "SECRET_KEY" not in given:
        defaults["SECRET_KEY"] = secret_key()
    return defaults | given


def for_testing() -> dict[str, str]:
    """The same on every machine; SQLite, unless the caller adds a DATABASE_URL."""
    rest = {name: value for name, value in os.environ.items() if name not in OURS}
    return rest | {"SECRET_KEY": "only-for-tests-" * 4, "ALLOWED_HOSTS": "*", "HTTPS": "no"}


def secret_key() -> str:
    """This machine's own key, made once: signed links and sessions outlive a restart."""
    path = VAR / "secret_key"
    if not path.exists() or not path.read_text().strip():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
