"""Each race has a database to itself."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bookings.tests.races.outcome import Outcome
from clinic.tests.databases import new_database, run_python

Race = Callable[..., Outcome]


@pytest.fixture
def race(migrated: str, tmp_path: Path) -> Race:
    def run(scenario: str, *, without: tuple[str, ...] = ()) -> Outcome:
        with new_database(tmp_path, template=migrated) as url:
            said = run_python("-m", "bookings.tests.races.racer", scenario, *without, url=url)
        return Outcome(**json.loads(said))

    return run
