"""Nothing that is to be said is lost, whatever happens to the worker or to the mail server.

`make audit` kills a worker at every third line; here it is killed at some of them.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clinic.tests.databases import new_database, run_python

Prove = Callable[..., dict[str, Any]]
# A prime, so that a loop in what is watched does not hide the same lines each time.
STEP = os.environ.get("KILL_EVERY", "53")


@pytest.fixture
def prove(migrated: str, tmp_path: Path) -> Prove:
    def run(proof: str) -> dict[str, Any]:
        with new_database(tmp_path, template=migrated) as url:
            found: dict[str, Any] = json.loads(run_python("-m", "bookings.tests.delivery.worker", proof, STEP, url=url))
        return found

    return run


def test_a_killed_worker_loses_nothing_and_a_copy_is_only_what_it_had_no_time_to_write_down(prove: Prove) -> None:
    found = prove("killed")
    assert found["kills"] >= 8
    assert (found["lost"], found["unexplained"]) == (0, 0)
    assert 0 < found["copies"] < found["kills"]


def test_a_worker_that_says_sent_before_it_sends_loses_some(prove: Prove) -> None:
    """The negative control: the kills come where it matters."""
    assert prove("forgetful")["lost"] > 0


def test_several_workers_send_each_message_once(prove: Prove) -> None:
    assert set(prove("many")["times"]) == {1}


def test_workers_that_take_without_leasing_send_copies(prove: Prove) -> None:
    """The negative control: they come closely enough."""
    assert max(prove("careless")["times"]) > 1


def test_a_server_that_refuses_stalls_drops_and_puts_off_gets_every_mail_it_would_take(prove: Prove) -> None:
    found = prove("faults")
    assert found["found"] == {
        "fine": ["sent", 1, 1],
        "later": ["sent", 2, 1],
        "refuse": ["failed", 1, 0],
        "drop": ["sent", 2, 2],
        "stall": ["sent", 2, 1],
    }
    assert found["unsaid"] == 1
