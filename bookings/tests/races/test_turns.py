"""A crowd that comes at once, to several processes, gets no more turns than there are."""

from pathlib import Path

from clinic.tests.databases import new_database, run_python

LIMIT = 5


def turns_taken(folder: Path, *way: str) -> int:
    with new_database(folder) as url:
        return int(run_python("-m", "bookings.tests.races.turns", str(LIMIT), *way, url=url))


def test_processes_that_share_a_table_share_the_turns(tmp_path: Path) -> None:
    assert turns_taken(tmp_path) == LIMIT


def test_counting_in_a_database_cache_lets_more_through(tmp_path: Path) -> None:
    """The negative control: the crowd is dense enough to show what taking turns prevents."""
    assert turns_taken(tmp_path, "incr") > LIMIT
