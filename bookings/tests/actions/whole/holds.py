"""Holding a time, and asking for it."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from bookings.actions.book import request_appointment
from bookings.actions.booking import Agreed
from bookings.actions.hold import extend, forget_holds, hold, hold_all, release
from bookings.actions.phone import book_by_phone
from bookings.enums import ConsentKind
from bookings.models import ConsentText
from bookings.tests.actions.whole.answers import given
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.diary import BOOKING, CONTACT, Diary


def with_a_room(now: datetime) -> Diary:
    diary = Diary(now=now, signed=False)
    diary.add_rooms(1)
    return diary


def one_for_another(now: datetime, staff: User) -> Arguments:
    """Another time is held already, and a hold that ran out is in the way."""
    diary = with_a_room(now)
    diary.hold(diary.at(1, 10), visitor="slow", now=now - timedelta(minutes=30))
    diary.hold(diary.at(1, 12))
    wish = diary.wish(visitor="visitor")
    return {"wish": wish, "treatment": diary.treatment, "start": diary.at(1, 10), "minutes": 10, "now": now}


def two(now: datetime, staff: User) -> Arguments:
    diary = with_a_room(now)
    sessions = [(diary.at(day, 10), None) for day in (1, 2)]
    wish = diary.wish(visitor="visitor")
    return {"wish": wish, "treatment": diary.treatment, "sessions": sessions, "minutes": 10, "now": now}


def two_held(now: datetime, staff: User) -> Arguments:
    hold_all(**two(now, staff))
    return {"visitor": "visitor"}


def two_held_for_longer(now: datetime, staff: User) -> Arguments:
    return {**two_held(now, staff), "minutes": 10, "now": now + timedelta(minutes=5)}


def two_of_yesterday(now: datetime, staff: User) -> Arguments:
    two_held(now, staff)
    return {"now": now + timedelta(hours=25)}


def with_answers_and_consent(now: datetime, staff: User) -> Arguments:
    diary = Diary(now=now)
    texts = ConsentText.objects.current("en")
    agreed = [Agreed(texts[kind], now) for kind in (ConsentKind.DATA, ConsentKind.TERMS)]
    booking = replace(BOOKING, needs=["step_free"], screened=given(diary), agreed=agreed)
    held = diary.hold(diary.at(1, 10))
    return {"reference": held.reference, "visitor": "visitor", "booking": booking, "now": now}


def someone_new(now: datetime, staff: User) -> Arguments:
    diary = with_a_room(now)
    wish = diary.wish(by_staff=True)
    values = {"wish": wish, "treatment": diary.treatment, "start": diary.at(1, 10)}
    return {**values, "patient": CONTACT, "by": staff, "now": now, "confirm": True}


CASES = [
    Case(hold, one_for_another, 12),
    Case(hold_all, two, 4),
    Case(extend, two_held_for_longer, 2),
    Case(release, two_held, 5),
    Case(forget_holds, two_of_yesterday, 5),
    Case(request_appointment, with_answers_and_consent, 6),
    Case(book_by_phone, someone_new, 6),
]
