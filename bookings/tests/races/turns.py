"""A crowd takes turns at once, on the database of the environment: `python -m bookings.tests.races.turns LIMIT [incr]`.

Prints how many got one of the turns; with `incr`, counted the way that a database cache cannot.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import django
from django.conf import settings

settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "turns"}}
django.setup()

from django.core.cache import cache  # noqa: E402  (only now are the settings ready)
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from bookings.tests.races.posts import FORK  # noqa: E402
from clinic.limits import allowed  # noqa: E402

CROWD, PROCESSES = 24, 4


def main(limit: int, way: str) -> None:
    call_command("createcachetable", verbosity=0)
    connections.close_all()
    global start
    start = FORK.Barrier(CROWD)
    with FORK.Pool(PROCESSES) as pool:
        print(sum(pool.starmap(share, [(limit, way)] * PROCESSES, chunksize=1)))


def share(limit: int, way: str) -> int:
    with ThreadPoolExecutor(CROWD // PROCESSES) as threads:
        return sum(threads.map(lambda _: one(limit, way), range(CROWD // PROCESSES)))


def one(limit: int, way: str) -> bool:
    connection.ensure_connection()
    start.wait(60)
    try:
        return allowed("book", "ada", limit=limit, seconds=3600) if way != "incr" else counted(limit)
    finally:
        connection.close()


def counted(limit: int) -> bool:
    cache.add("turns", 0, 3600)
    return cache.incr("turns") <= limit


if __name__ == "__main__":
    main(int(sys.argv[1]), *(sys.argv[2:] or [""]))
