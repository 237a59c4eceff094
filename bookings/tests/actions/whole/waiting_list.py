"""Joining the waiting list, leaving it, and what is done with an offered place."""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User

from bookings.actions.join import Place, Wanted, join, wait_for_earlier
from bookings.actions.leave import leave
from bookings.actions.offers import accept, decline, pass_on_unanswered
from bookings.models import PlaceOffer
from bookings.tests.actions.waiting import open_offers, waiting
from bookings.tests.actions.whole.answers import agreed, given
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.actions.whole.changes import give_up, plain, with_a_place_offered
from bookings.tests.diary import BOOKING, Diary


def offered(diary: Diary) -> PlaceOffer:
    """Another one waits for the same."""
    waiting(diary, since=9)
    give_up(diary)
    waiting(diary, since=5)
    [offer] = open_offers()
    return offer


def for_an_earlier_time(now: datetime, staff: User) -> Arguments:
    diary = plain(now)
    return {"appointment": diary.request(diary.at(3, 10)), "wanted": Wanted(weekdays=[1]), "now": now}


def with_answers_and_consents(now: datetime, staff: User) -> Arguments:
    return joining(Diary(now=now))


def joining(diary: Diary) -> Arguments:
    place = Place(diary.type, diary.treatment, diary.location)
    booking = replace(BOOKING, screened=given(diary), agreed=agreed(diary.now))
    return {"place": place, "booking": booking, "wanted": Wanted(), "visitor": "visitor", "now": diary.now}


def with_a_place(now: datetime, staff: User) -> Arguments:
    return {"entry": offered(plain(now)).entry, "now": now}


def a_first_time(now: datetime, staff: User) -> Arguments:
    """The answers and consents of the entry go to the appointment."""
    diary = Diary(now=now)
    join(**joining(diary))
    give_up(diary, days=2)
    [offer] = open_offers()
    return {"offer": offer, "now": now}


def an_earlier_time(now: datetime, staff: User) -> Arguments:
    """The time it moves away from goes to the next."""
    with_a_place_offered(plain(now))
    [offer] = open_offers()
    return {"offer": offer, "now": now}


def to_the_next(now: datetime, staff: User) -> Arguments:
    return {"offer": offered(plain(now)), "now": now}


def one_unanswered_place(now: datetime, staff: User) -> Arguments:
    """Each is passed on by itself, so it is tried with one."""
    return {"now": offered(plain(now)).until}


CASES = [
    Case(wait_for_earlier, for_an_earlier_time, 1),
    Case(join, with_answers_and_consents, 4),
    Case(leave, with_a_place, 10),
    Case(accept, a_first_time, 7),
    Case(accept, an_earlier_time, 14),
    Case(decline, to_the_next, 9),
    Case(pass_on_unanswered, one_unanswered_place, 9),
]
