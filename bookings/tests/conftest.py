"""What every test of booking starts from."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import DjangoDbBlocker

from bookings.views import limits
from clinic.tests.databases import copy_of_the_tests_own


@pytest.fixture(scope="session")
def migrated(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The URL of a database with tables and no rows, to be copied; nobody may be connected to it meanwhile."""
    with django_db_blocker.unblock(), copy_of_the_tests_own(tmp_path_factory.mktemp("migrated")) as url:
        yield url


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write faster than people; those of the least time set it back."""
    monkeypatch.setattr(limits, "LEAST", timedelta(0))
