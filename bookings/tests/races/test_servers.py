"""Two server processes on one database, and far more patients than times."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from django.db import connection

from bookings.tests.races.patient import Patient
from bookings.tests.races.servers import servers
from clinic.tests.databases import new_database, run_python

# SQLite lets in one writer at a time: fewer show the same.
PATIENTS, TIMES = (200, 40) if connection.vendor == "postgresql" else (40, 8)
CROWD = ("-m", "bookings.tests.races.crowd")


def test_as_many_win_as_there_are_times_and_everyone_gets_a_sensible_page(migrated: str, tmp_path: Path) -> None:
    with new_database(tmp_path, template=migrated) as url:
        prepared = json.loads(run_python(*CROWD, "prepare", str(PATIENTS), str(TIMES), url=url))
        with servers(2, url=url) as ports, ThreadPoolExecutor(PATIENTS) as crowd:
            patients = [Patient(nth, ports[nth % 2], session) for nth, session in enumerate(prepared["sessions"])]
            list(crowd.map(lambda patient: patient.book(prepared["path"]), patients))
        left = json.loads(run_python(*CROWD, "left", url=url))
    told = [patient.told for patient in patients]
    references = {request["reference"] for request in left["requests"]}
    assert {status for patient in patients for status in patient.statuses} <= {200, 302, 409}
    # Whoever was told yes has an appointment, and nobody has one without being told.
    assert sorted(one for one in told if one != "none") == sorted(references)
    assert (len(references), told.count("none")) == (TIMES, PATIENTS - TIMES)
    assert all(patient.is_kind for patient in patients if patient.told == "none")
    assert {request["state"] for request in left["requests"]} == {"requested"}
    assert len({request["starts_at"] for request in left["requests"]}) == len(left["claims"]) == TIMES
    for rows in (left["requests"], left["claims"]):
        spans = sorted(
            (datetime.fromisoformat(row["starts_at"]), datetime.fromisoformat(row["ends_at"])) for row in rows
        )
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
