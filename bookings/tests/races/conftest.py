"""Each race has a database to itself, copied from one that was migrated once."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bookings.tests.races.databases import new_database, run_python
from bookings.tests.races.outcome import Outcome

Race = Callable[..., Outcome]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a database with tables and no rows; nobody may be connected to it while it is copied."""
    with new_database(tmp_path_factory.mktemp("migrated")) as url:
        run_python("manage.py", "migrate", "--verbosity=0", url=url)
        yield url


@pytest.fixture
def race(migrated: str, tmp_path: Path) -> Race:
    def run(scenario: str, *, without: tuple[str, ...] = ()) -> Outcome:
        with new_database(tmp_path, template=migrated) as url:
            said = run_python("-m", "bookings.tests.races.racer", scenario, *without, url=url)
        return Outcome(**json.loads(said))

    return run
