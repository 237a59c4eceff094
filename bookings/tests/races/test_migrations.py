"""The tables of the diary can be taken away and made again."""

import json
from pathlib import Path

from bookings.tests.races.outcome import Outcome
from clinic.tests.databases import new_database, run_python


def test_migrations_run_back_and_forth_and_the_rule_comes_back(migrated: str, tmp_path: Path) -> None:
    with new_database(tmp_path, template=migrated) as url:
        run_python("manage.py", "migrate", "bookings", "zero", url=url)
        run_python("manage.py", "migrate", url=url)
        racer = ("-m", "bookings.tests.races.racer", "same_time", "recheck", "lock")
        outcome = Outcome(**json.loads(run_python(*racer, url=url)))
    assert (len(outcome.winners), outcome.double_bookings) == (1, 0)
