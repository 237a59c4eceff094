"""What is done at once: posts to the site, and calls of what no single page does."""

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models.signals import post_save
from django.urls import reverse

from bookings.enums import ConsentKind
from bookings.models import ConsentText
from bookings.templatetags.diary import instant
from bookings.tests.browser import TYPED
from bookings.tests.diary import Diary
from bookings.tests.prepared import prepared_session
from bookings.views.visitor import DETAILS, VISITOR, new_visitor

FORK = multiprocessing.get_context("fork")
# Someone is halfway through a transaction; one of those who waited for that is through.
HALFWAY, THROUGH = FORK.Event(), FORK.Event()
# Seconds: who is kept out cannot come through, and nobody waits for them longer than this.
lingers = 0.5
CROWD = 50


@dataclass(frozen=True)
class Post:
    """One POST, by `who`, in a session. It may wait for another one to be `halfway`."""

    who: str
    path: str
    data: dict[str, str] = field(default_factory=dict)
    session: str = ""
    waits: bool = False


@dataclass(frozen=True)
class Call:
    """One call of an action, by `who`. It may wait, too."""

    who: str
    does: Callable[[], object]
    waits: bool = False


Deeds = list[Post | Call]


def halfway_at(model: type[Any]) -> None:
    """Whoever first saves a row of this model is halfway: the others come, and run into the open transaction."""
    post_save.connect(halfway, sender=model)


def halfway(**_: object) -> None:
    if HALFWAY.is_set():
        return
    HALFWAY.set()
    THROUGH.wait(lingers)


def newcomer(nth: int) -> str:
    """A visitor's key as long as real ones: the page takes no other."""
    return f"new-{nth}".ljust(22, "-")


def morning(diary: Diary) -> datetime:
    """Ten o'clock on a working day soon: the pages go by the real clock."""
    soon = (diary.at(days, 10) for days in range(3, 6))
    return next(start for start in soon if start.weekday() < 5)


def times_path(diary: Diary) -> str:
    return reverse("bookings:times", args=[diary.treatment.slug, diary.location.slug])


def choose(diary: Diary, start: datetime, visitor: str = "", *, waits: bool = False) -> Post:
    """By someone who has answered all that is asked before a time."""
    visitor = visitor or new_visitor()
    session = prepared_session(diary, **{VISITOR: visitor})
    return Post(visitor, times_path(diary), {"start": instant(start)}, session.session_key or "", waits)


def send(diary: Diary, visitor: str, reference: str) -> Post:
    session = prepared_session(diary, **{VISITOR: visitor, DETAILS: TYPED})
    path = reverse("bookings:check", args=[diary.treatment.slug])
    terms = ConsentText.objects.current("en")[ConsentKind.TERMS].hash
    return Post(visitor, path, {"reference": reference, "terms": terms}, session.session_key or "")
