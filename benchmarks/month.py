"""The month view at 20 practitioners, with empty tables and with 200,000 appointments: `python -m benchmarks.month`.

Runs on the database of the environment, which it migrates, fills and leaves; `make bench` gives it throw-away ones.
"""

from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402  (only now are the apps ready)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.clock import Timing, timed  # noqa: E402
from benchmarks.filling import clinic, fill  # noqa: E402
from bookings.queries.month import read_month  # noqa: E402
from bookings.tests.diary import Diary  # noqa: E402
from bookings.tests.prepared import sit_down  # noqa: E402

TABLE = 200_000


def main() -> None:
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("migrate", verbosity=0)
    now = timezone.now()
    diary = clinic(now)
    visitor = Client()
    sit_down(visitor, diary)
    reference = timed(lambda: Client().get("/healthz"))
    rows = {"bare view /healthz (the reference)": reference}
    rows |= both("empty tables", diary, visitor, now)
    first = now.astimezone(diary.location.zone).date().replace(day=1)
    fill(diary, TABLE, last=first - timedelta(days=8))
    analyse()
    rows |= both(f"{TABLE:,} appointments before the month", diary, visitor, now)
    show(rows, reference)
    # The month itself, and all that can be booked after it, full of other people's appointments.
    busy = now.astimezone(diary.location.zone).date() + timedelta(days=120)
    fill(diary, 20 * 10 * 88, last=busy)
    analyse()
    # Without a free time the page is another one; what it takes to find that out is measured.
    wish = diary.wish()
    name = "read_month, and the next four months booked solid"
    show({name: timed(lambda: read_month(wish, None, now=now))}, reference)


def both(name: str, diary: Diary, visitor: Client, now: datetime) -> dict[str, Timing]:
    """The month as it is read, and as a whole page."""
    path = f"/en/book/{diary.treatment.slug}/at/{diary.location.slug}/"
    wish = diary.wish()
    return {
        f"read_month, {name}": timed(lambda: read_month(wish, None, now=now)),
        f"page, {name}": timed(lambda: page(visitor, path)),
    }


def page(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    if response.status_code != 200 or b"month__table" not in response.content:
        raise RuntimeError(f"{path} answered {response.status_code}, without a month")


def analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def show(rows: dict[str, Timing], reference: Timing) -> None:
    print(f"\n{connection.vendor}, {datetime.now(UTC):%Y-%m-%d}")
    print(f"{'':58} {'median':>9} {'min–max':>15} {'x ref.':>7} {'queries':>8}")
    for name, timing in rows.items():
        span = f"{timing.fastest:.1f}–{timing.slowest:.1f}"
        ratio = timing.median / reference.median
        print(f"{name:58} {timing.median:6.1f} ms {span:>12} ms {ratio:7.1f} {timing.queries:8}")
    pages = [timing for name, timing in rows.items() if name.startswith("page")]
    if len(pages) == 2:
        empty, full = pages
        print(f"page with {TABLE:,} appointments : page with none = {full.median / empty.median:.2f}")


if __name__ == "__main__":
    main()
