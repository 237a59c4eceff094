"""What is posted at once, and on which diary."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from bookings.templatetags.diary import instant
from bookings.tests.factories import Diary
from bookings.views.visitor import DETAILS, VISITOR, new_visitor

CROWD = 50
TYPED = {"name": "Ada Example", "email": "ada@example.com", "phone": "+4915112345678"}


@dataclass(frozen=True)
class Post:
    """One POST, by `who`; a visitor without a session is at the first page that needs one."""

    who: str
    path: str
    data: dict[str, str] = field(default_factory=dict)
    session: str = ""


def same_time(diary: Diary) -> list[Post]:
    """Strangers choose one time."""
    return [choose(diary, morning(diary)) for _ in range(CROWD)]


def overlapping_times(diary: Diary) -> list[Post]:
    """Strangers choose half hours that start five minutes apart: any two of the six overlap."""
    return [choose(diary, morning(diary) + timedelta(minutes=5 * (nth % 6))) for nth in range(CROWD)]


def chosen_many_times(diary: Diary) -> list[Post]:
    """One visitor clicks one time again and again, before there is a session."""
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
        posts += [send(diary, f"late-{nth}", held.reference), choose(diary, start, visitor=f"new-{nth}")]
    return posts


def sent_and_freed(diary: Diary) -> list[Post]:
    """In one window a visitor sends the request, in another frees the time; ten visitors at once."""
    posts = []
    for nth in range(10):
        held = diary.hold(morning(diary) + timedelta(minutes=30 * nth), visitor=f"both-{nth}")
        sending = send(diary, f"both-{nth}", held.reference)
        freeing = Post(f"free-{nth}", reverse("bookings:free", args=[diary.treatment.slug]), {}, sending.session)
        posts += [sending, freeing, freeing]
    return posts


def morning(diary: Diary) -> datetime:
    """Ten o'clock on a working day soon: the pages go by the real clock."""
    soon = (diary.at(days, 10) for days in range(3, 6))
    return next(start for start in soon if start.weekday() < 5)


def times_path(diary: Diary) -> str:
    return reverse("bookings:times", args=[diary.treatment.slug, diary.location.slug])


def choose(diary: Diary, start: datetime, visitor: str = "") -> Post:
    visitor = visitor or new_visitor()
    return Post(visitor, times_path(diary), {"start": instant(start), "visitor": visitor})


def send(diary: Diary, visitor: str, reference: str) -> Post:
    session = SessionStore()
    session.update({VISITOR: visitor, DETAILS: TYPED})
    session.save()
    path = reverse("bookings:check", args=[diary.treatment.slug])
    return Post(visitor, path, {"reference": reference}, session.session_key)


SCENARIOS: dict[str, Callable[[Diary], list[Post]]] = {
    scenario.__name__: scenario
    for scenario in (
        same_time,
        overlapping_times,
        chosen_many_times,
        sent_many_times,
        expired_holds,
        sent_and_freed,
    )
}
