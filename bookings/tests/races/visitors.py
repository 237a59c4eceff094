"""Visitors who choose times and send requests: what is posted at once, and on which diary."""

from datetime import timedelta

from django.urls import reverse

from bookings.models import Patient
from bookings.templatetags.diary import instant
from bookings.tests.diary import Diary
from bookings.tests.factories import WorkingHoursFactory
from bookings.tests.races.posts import CROWD, Deeds, Post, choose, halfway_at, morning, newcomer, send, times_path
from bookings.views.visitor import new_visitor
from clinic.tests.factories import PractitionerFactory


def same_time(diary: Diary) -> Deeds:
    """Strangers choose one time."""
    return [choose(diary, morning(diary)) for _ in range(CROWD)]


def overlapping_times(diary: Diary) -> Deeds:
    """Strangers choose half hours that start five minutes apart: any two of the six overlap."""
    return [choose(diary, morning(diary) + timedelta(minutes=5 * (nth % 6))) for nth in range(CROWD)]


def chosen_many_times(diary: Diary) -> Deeds:
    """One visitor clicks one time again and again."""
    return [choose(diary, morning(diary), visitor=new_visitor())] * CROWD


def sent_many_times(diary: Diary) -> Deeds:
    """One visitor clicks the last button again and again."""
    visitor = new_visitor()
    held = diary.hold(morning(diary), visitor=visitor)
    return [send(diary, visitor, held.reference)] * CROWD


def expired_holds(diary: Diary) -> Deeds:
    """Whoever wrote for too long sends the request while somebody else chooses the time; at ten times at once."""
    posts: Deeds = []
    for nth in range(10):
        start = morning(diary) + timedelta(minutes=30 * nth)
        held = diary.hold(start, visitor=f"late-{nth}", now=diary.now - timedelta(hours=1))
        posts += [send(diary, f"late-{nth}", held.reference), choose(diary, start, visitor=newcomer(nth))]
    return posts


def sent_and_freed(diary: Diary) -> Deeds:
    """While the request is being written, the same visitor frees the time in another window."""
    return while_sending(diary, reverse("bookings:free", args=[diary.treatment.slug]), {})


def sent_and_kept(diary: Diary) -> Deeds:
    """While the request is being written, the same visitor asks to hold the time for longer."""
    return while_sending(diary, reverse("bookings:keep", args=[diary.treatment.slug]), {})


def sent_and_moved(diary: Diary) -> Deeds:
    """While the request is being written, the same visitor chooses a time with somebody else."""
    other = PractitionerFactory()
    diary.type.practitioners.add(other)
    for weekday in range(5):
        WorkingHoursFactory(practitioner=other, location=diary.location, weekday=weekday)
    return while_sending(diary, times_path(diary), {"start": instant(morning(diary)), "practitioner": other.slug})


def while_sending(diary: Diary, path: str, data: dict[str, str]) -> Deeds:
    """One visitor's request, and posts to `path` that come when it is half written."""
    held = diary.hold(morning(diary), visitor="visitor")
    sending = send(diary, "visitor", held.reference)
    halfway_at(Patient)
    return [sending, *[Post("second window", path, data, sending.session, waits=True)] * 5]
