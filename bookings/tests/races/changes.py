"""What staff and patients do to the same appointments, or with the same times, at once."""

from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import User
from django.urls import reverse

from bookings.actions.booking import keep_patient
from bookings.actions.change import change_state
from bookings.actions.merge import merge
from bookings.actions.undo import undo
from bookings.enums import Actor, State
from bookings.models import Appointment, Transition
from bookings.templatetags.diary import instant
from bookings.tests.diary import CONTACT, Diary
from bookings.tests.races.posts import Call, Deeds, Post, choose, halfway_at, morning
from bookings.views.link import token_of

HALF_HOUR = timedelta(minutes=30)


def answered_at_once(diary: Diary) -> Deeds:
    """Staff confirm a request and decline it, the patient cancels it."""
    asked = diary.request(morning(diary))
    path = reverse("bookings:cancel", args=[token_of(asked)])
    answers = [Call(to, partial(answer, asked, to, diary)) for to in (State.CONFIRMED, State.DECLINED)]
    return [*answers, Post("patient", path)] * 6


def undone_and_taken(diary: Diary) -> Deeds:
    """Requests for one time were declined one after another; staff take each answer back while strangers choose it."""
    start, staff = morning(diary), User.objects.create(username="staff")
    declined = []
    for nth in range(6):
        asked = diary.request(start, visitor=f"asked-{nth}")
        declined.append(answer(asked, State.DECLINED, diary))
    undoing = [
        Call(one.visitor, partial(undo, appointment=one, now=diary.now, by=staff, reason="By mistake"))
        for one in declined
    ]
    return [*undoing * 2, *(choose(diary, start) for _ in range(8))]


def moved_to_one_time(diary: Diary) -> Deeds:
    """Patients with times of their own want the same other one."""
    free = morning(diary)
    asked = [diary.request(free + nth * HALF_HOUR, visitor=f"mover-{nth}") for nth in range(1, 13)]
    return [move(one, free) for one in asked]


def moved_twice(diary: Diary) -> Deeds:
    """One patient moves an appointment in two windows, to two times, and clicks again and again."""
    start = morning(diary)
    asked = diary.request(start)
    return [move(asked, start + nth * HALF_HOUR, who=f"window {nth}") for nth in (1, 2)] * 8


def merged_while_it_is_confirmed(diary: Diary) -> Deeds:
    """Staff confirm a visit, and have logged it but not written to the patient yet; others merge the patient away."""
    asked, staff = diary.request(morning(diary)), User.objects.create(username="staff")
    keep = keep_patient(CONTACT, now=diary.now)
    halfway_at(Transition)
    merging = partial(merge, keep=keep, gone=[asked.patient], by=staff, now=diary.now)
    return [Call("confirms", partial(answer, asked, State.CONFIRMED, diary)), Call("merges", merging, waits=True)]


def answer(asked: Appointment, to: State, diary: Diary) -> Appointment:
    """Of the stored request: nobody had answered it when staff opened it."""
    found = Appointment.objects.get(pk=asked.pk)
    values = {"reason": "By phone", "override": True}
    return change_state(appointment=found, to=to, actor=Actor.STAFF, now=diary.now, **values)


def move(asked: Appointment, start: datetime, who: str = "") -> Post:
    path = reverse("bookings:move_check", args=[token_of(asked)])
    return Post(who or asked.visitor, path, {"start": instant(start), "seen": instant(asked.starts_at)})
