"""One race on the database of the environment: `python -m bookings.tests.races.racer SCENARIO [GUARD TO REMOVE …]`.

Prints as JSON what each post or call was answered, and what the database holds afterwards.
"""

import json
import re
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402  (only now are the apps ready)
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bookings.exceptions import BookingError  # noqa: E402
from bookings.models import Appointment, Claim, Patient, PlaceOffer, TimeOff, Transition  # noqa: E402
from bookings.tests.diary import Diary  # noqa: E402
from bookings.tests.races.guards import REMOVALS  # noqa: E402
from bookings.tests.races.posts import FORK, HALFWAY, THROUGH, Call, Deeds, Post, times_path  # noqa: E402
from bookings.tests.races.scenarios import SCENARIOS  # noqa: E402

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
    print(json.dumps({"answers": run(posts), **what_is_left()}, default=str))


def run(deeds: Deeds) -> list[dict[str, Any]]:
    """All of them at once, from several processes with several threads each."""
    global start, todo
    # The processes inherit what is to be done: not all of it could be sent to them.
    start, todo = FORK.Barrier(len(deeds)), deeds
    processes = min(PROCESSES, len(deeds))
    with FORK.Pool(processes) as pool:
        shares = pool.map(run_share, [range(nth, len(deeds), processes) for nth in range(processes)], chunksize=1)
    return [answer for share in shares for answer in share]


def run_share(share: range) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(len(share)) as threads:
        return list(threads.map(do, [todo[nth] for nth in share]))


def do(deed: Post | Call) -> dict[str, Any]:
    connection.ensure_connection()
    start.wait(PATIENCE)
    if deed.waits:
        HALFWAY.wait(PATIENCE)
    try:
        return {"who": deed.who, **(send(deed) if isinstance(deed, Post) else call(deed))}
    finally:
        connection.close()
        if deed.waits:
            THROUGH.set()


def send(post: Post) -> dict[str, Any]:
    client = Client(raise_request_exception=False)
    client.handler = SERVER.handler
    if post.session:
        client.cookies[settings.SESSION_COOKIE_NAME] = post.session
    response = client.post(post.path, post.data)
    page = response.content.decode()
    return {
        "status": response.status_code,
        "to": response.headers.get("Location", ""),
        "says_lost": 'class="error-summary"' in page and "That time has just been taken" in page,
        "times": re.findall(r'<button [^>]*name="start" value="(\w+)"', page),
    }


def call(deed: Call) -> dict[str, Any]:
    """As a page would answer: 200, 409 for a refusal, 500 for whatever is none."""
    try:
        deed.does()
    except BookingError as refusal:
        return {"status": 409, "refusal": type(refusal).__name__}
    except Exception:
        traceback.print_exc()
        return {"status": 500}
    return {"status": 200}


def what_is_left() -> dict[str, Any]:
    return {
        "claims": [
            [claim.appointment.visitor, claim.starts_at.isoformat(), claim.ends_at.isoformat()]
            for claim in Claim.objects.select_related("appointment")
        ],
        "appointments": list(Appointment.objects.values("visitor", "state", "patient", "reference", "starts_at")),
        "patients": list(Patient.objects.values_list("pk", flat=True)),
        "log": [
            [line.appointment.reference, line.from_state, line.to_state, line.moved_to]
            for line in Transition.objects.select_related("appointment").order_by("pk")
        ],
        "offers": list(PlaceOffer.objects.order_by("pk").values("state", "entry__patient__name", "entry__state")),
        "time_off": TimeOff.objects.count(),
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
