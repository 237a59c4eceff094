"""What is posted at once, and on which diary."""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models.signals import post_save
from django.urls import reverse

from bookings.enums import ConsentKind
from bookings.models import ConsentText, Patient
from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED
from bookings.tests.factories import Diary, WorkingHoursFactory
from bookings.tests.prepared import prepared_session
from bookings.views.visitor import DETAILS, VISITOR, new_visitor
from clinic.tests.factories import PractitionerFactory

FORK = multiprocessing.get_context("fork")
HALFWAY = FORK.Event()
CROWD = 50


@dataclass(frozen=True)
class Post:
    """One POST, by `who`, in a session. It may wait for another one to be `halfway`."""

    who: str
    path: str
    data: dict[str, str] = field(default_factory=dict)
    session: str = ""
    waits: bool = False


def same_time(diary: Diary) -> list[Post]:
    """Strangers choose one time."""
    return [choose(diary, morning(diary)) for _ in range(CROWD)]


def overlapping_times(diary: Diary) -> list[Post]:
    """Strangers choose half hours that start five minutes apart: any two of the six overlap."""
    return [choose(diary, morning(diary) + timedelta(minutes=5 * (nth % 6))) for nth in range(CROWD)]


def chosen_many_times(diary: Diary) -> list[Post]:
    """One visitor clicks one time again and again."""
    return [choose(diary, morning(diary), visitor=new_visitor())] * CROWD


def sent_many_times(diary: Diary) -> list[Post]:
    """One visitor clicks the last button again and again."""
    visitor = new_visitor()
    held = diary.hold(morning(diary), visitor=visitor)
    return [send(diary, visitor, held.reference)] * CROWD


def expired_holds(diary: Diary) -> list[Post]:
    """Whoever wrote for too long sends the request while somebody else chooses the time; at ten times at once."""
    posts = []
    for nth in range(10):
        start = morning(diary) + timedelta(minutes=30 * nth)
        held = diary.hold(start, visitor=f"late-{nth}", now=diary.now - timedelta(hours=1))
        posts += [send(diary, f"late-{nth}", held.reference), choose(diary, start, visitor=newcomer(nth))]
    return posts


def sent_and_freed(diary: Diary) -> list[Post]:
    """While the request is being written, the same visitor frees the time in another window."""
    return while_sending(diary, reverse("bookings:free", args=[diary.treatment.slug]), {})


def sent_and_kept(diary: Diary) -> list[Post]:
    """While the request is being written, the same visitor asks to hold the time for longer."""
    return while_sending(diary, reverse("bookings:keep", args=[diary.treatment.slug]), {})


def sent_and_moved(diary: Diary) -> list[Post]:
    """While the request is being written, the same visitor chooses a time with somebody else."""
    other = PractitionerFactory()
    diary.type.practitioners.add(other)
    for weekday in range(5):
        WorkingHoursFactory(practitioner=other, location=diary.location, weekday=weekday)
    return while_sending(diary, times_path(diary), {"start": instant(morning(diary)), "practitioner": other.slug})


def while_sending(diary: Diary, path: str, data: dict[str, str]) -> list[Post]:
    """One visitor's request, and posts to `path` that come when it is half written."""
    held = diary.hold(morning(diary), visitor="visitor")
    sending = send(diary, "visitor", held.reference)
    post_save.connect(halfway, sender=Patient)
    return [sending, *[Post("second window", path, data, sending.session, waits=True)] * 5]


def halfway(**_: object) -> None:
    """The request's transaction is open: let the others come, and give them time to run into it."""
    HALFWAY.set()
    time.sleep(0.5)


def newcomer(nth: int) -> str:
    """A visitor's key as long as real ones: the page takes no other."""
    return f"new-{nth}".ljust(22, "-")


def morning(diary: Diary) -> datetime:
    """Ten o'clock on a working day soon: the pages go by the real clock."""
    soon = (diary.at(days, 10) for days in range(3, 6))
    return next(start for start in soon if start.weekday() < 5)


def times_path(diary: Diary) -> str:
    return reverse("bookings:times", args=[diary.treatment.slug, diary.location.slug])


def choose(diary: Diary, start: datetime, visitor: str = "") -> Post:
    """By someone who has answered all that is asked before a time."""
    visitor = visitor or new_visitor()
    session = prepared_session(diary, **{VISITOR: visitor})
    return Post(visitor, times_path(diary), {"start": instant(start)}, session.session_key or "")


def send(diary: Diary, visitor: str, reference: str) -> Post:
    session = prepared_session(diary, **{VISITOR: visitor, DETAILS: TYPED})
    path = reverse("bookings:check", args=[diary.treatment.slug])
    terms = ConsentText.objects.current("en")[ConsentKind.TERMS].hash
    return Post(visitor, path, {"reference": reference, "terms": terms}, session.session_key or "")


SCENARIOS: dict[str, Callable[[Diary], list[Post]]] = {
    scenario.__name__: scenario
    for scenario in (
        same_time,
        overlapping_times,
        chosen_many_times,
        sent_many_times,
        expired_holds,
        sent_and_freed,
        sent_and_kept,
        sent_and_moved,
    )
}
