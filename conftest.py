"""What every test starts from."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation

# Playwright's own event loop makes Django believe that it runs in one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def fresh_surroundings(tmp_path: Path, settings: object) -> None:
    """Uploads go to a folder of the test's own, static files need no manifest, nothing is cached."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # The right one takes a third of a second on purpose, for each of hundreds of sign-ins.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    # A request for a page in Persian leaves Persian active in the thread.
    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    """Monday 7 December 2026, 08:00 UTC: 09:00 in Berlin."""
    return datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
