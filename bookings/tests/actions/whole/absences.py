"""Someone is away, a room is out of use, a place is closed."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import User

from bookings.actions.absences import close, take_time_off
from bookings.actions.holidays import add_holidays
from bookings.tests.actions.absent import CANCEL, KEEP, away, booked, closed, hand_over
from bookings.tests.actions.waiting import open_offers, waiting
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.actions.whole.changes import give_up
from bookings.tests.diary import Diary


def of_three(now: datetime) -> Diary:
    return Diary(now=now, signed=False, people=3)


def one_cancelled_one_handed_over_one_kept(now: datetime, staff: User) -> Arguments:
    diary = of_three(now)
    first, second, third = (booked(diary, hour=hour) for hour in (9, 11, 13))
    decisions = {first.pk: CANCEL, second.pk: hand_over(diary.practitioners[1]), third.pk: KEEP}
    return {"time_off": away(diary), "decisions": decisions, "now": now, "by": staff}


def another_room(now: datetime, staff: User) -> Arguments:
    """In its way is a hold that ran out."""
    diary = of_three(now)
    first, second = diary.add_rooms(2)
    asked = booked(diary)
    diary.hold(diary.at(1, 10), visitor="slow", now=now - timedelta(minutes=30))
    return {"time_off": away(diary, first), "decisions": {asked.pk: hand_over(second)}, "now": now}


def over_an_appointment_and_an_offered_place(now: datetime, staff: User) -> Arguments:
    diary = of_three(now)
    asked = booked(diary)
    waiting(diary)
    give_up(diary, hour=14)
    [offer] = open_offers()
    assert offer.hold
    decisions = {asked.pk: CANCEL, offer.hold.pk: CANCEL}
    return {"closure": closed(diary), "decisions": decisions, "now": now, "by": staff}


def three_of_which_one_is_booked(now: datetime, staff: User) -> Arguments:
    """The two others are closed."""
    diary = of_three(now)
    diary.request(diary.at(25, 10))
    days = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
    return {"location": diary.location, "days": days, "language": "en", "now": now}


CASES = [
    Case(take_time_off, one_cancelled_one_handed_over_one_kept, 8),
    Case(take_time_off, another_room, 7),
    Case(close, over_an_appointment_and_an_offered_place, 10),
    Case(add_holidays, three_of_which_one_is_booked, 2),
]
