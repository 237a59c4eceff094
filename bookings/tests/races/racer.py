"""One race on the database of the environment: `python -m bookings.tests.races.racer SCENARIO [GUARD TO REMOVE …]`.

Prints as JSON what each post was answered, and what the database holds afterwards.
"""

import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  (only now are the apps ready)
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bookings.models import Appointment, Claim, Patient  # noqa: E402
from bookings.tests.factories import Diary  # noqa: E402
from bookings.tests.races.guards import REMOVALS  # noqa: E402
from bookings.tests.races.scenarios import FORK, HALFWAY, SCENARIOS, Post, times_path  # noqa: E402

PROCESSES = 5
PATIENCE = 60  # seconds, for a thread whose fellows never come
SERVER = Client(raise_request_exception=False)


def main(scenario: str, without: list[str]) -> None:
    # As in the tests: static files need no manifest.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    diary = Diary(now=timezone.now(), step=5, minutes=30, furthest_days=7)
    for guard in without:
        REMOVALS[guard]()
    posts = SCENARIOS[scenario](diary)
    # What a server loads once (middleware, addresses, templates) is loaded before the start, not during the race.
    SERVER.get(times_path(diary))
    connections.close_all()
    print(json.dumps({"answers": run(posts), **what_is_left()}))


def run(posts: list[Post]) -> list[dict[str, Any]]:
    """All posts at once, from several processes with several threads each."""
    global start
    start = FORK.Barrier(len(posts))
    with FORK.Pool(PROCESSES) as pool:
        shares = pool.map(run_share, [posts[nth::PROCESSES] for nth in range(PROCESSES)], chunksize=1)
    return [answer for share in shares for answer in share]


def run_share(posts: list[Post]) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(len(posts)) as threads:
        return list(threads.map(send, posts))


def send(post: Post) -> dict[str, Any]:
    client = Client(raise_request_exception=False)
    client.handler = SERVER.handler
    if post.session:
        client.cookies[settings.SESSION_COOKIE_NAME] = post.session
    connection.ensure_connection()
    start.wait(PATIENCE)
    if post.waits:
        HALFWAY.wait(PATIENCE)
    response = client.post(post.path, post.data)
    connection.close()
    page = response.content.decode()
    return {
        "who": post.who,
        "status": response.status_code,
        "to": response.headers.get("Location", ""),
        "says_lost": 'class="error-summary"' in page and "That time has just been taken" in page,
        "times": re.findall(r'<button [^>]*name="start" value="(\w+)"', page),
    }


def what_is_left() -> dict[str, Any]:
    return {
        "claims": [
            [claim.appointment.visitor, claim.starts_at.isoformat(), claim.ends_at.isoformat()]
            for claim in Claim.objects.select_related("appointment")
        ],
        "appointments": list(Appointment.objects.values("visitor", "state", "patient", "reference")),
        "patients": list(Patient.objects.values_list("pk", flat=True)),
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
