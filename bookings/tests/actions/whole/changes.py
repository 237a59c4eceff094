"""Another state or another time for an appointment, with what follows for those who wait."""

from datetime import datetime

from django.contrib.auth.models import User

from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.lapse import lapse_unanswered
from bookings.actions.move import Move, move
from bookings.actions.renew_link import renew_link
from bookings.actions.undo import undo
from bookings.enums import Actor, State
from bookings.models import Appointment
from bookings.tests.actions.states import in_state
from bookings.tests.actions.waiting import booking, offered_to, waiting
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.diary import Diary


def plain(now: datetime) -> Diary:
    return Diary(now=now, signed=False)


def give_up(diary: Diary, days: int = 1, hour: int = 10) -> None:
    """Somebody had this time and gave it back."""
    gone = diary.request(diary.at(days, hour), visitor="freed", booking=booking("Zoe"))
    change_state(appointment=gone, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)


def with_a_place_offered(diary: Diary) -> Appointment:
    """Waits for an earlier time and has one offered; two others wait behind."""
    own = diary.request(diary.at(3, 14))
    entry = waiting(diary, appointment=own, since=9)
    waiting(diary, since=5)
    give_up(diary)
    assert offered_to() == [entry]
    waiting(diary, since=2)
    return own


def confirmed(now: datetime, staff: User) -> Arguments:
    diary = plain(now)
    asked = diary.request(diary.at(1, 10))
    return {"appointment": asked, "to": State.CONFIRMED, "actor": Actor.STAFF, "by": staff, "now": now}


def declined_and_offered_to_the_next(now: datetime, staff: User) -> Arguments:
    diary = plain(now)
    asked = diary.request(diary.at(1, 10))
    waiting(diary)
    return {"appointment": asked, "to": State.DECLINED, "actor": Actor.STAFF, "by": staff, "now": now}


def with_a_place_of_its_own_offered(now: datetime, staff: User) -> Arguments:
    """Two times become free at once: its own, and the one that was offered to it."""
    return {"appointment": with_a_place_offered(plain(now)), "now": now, "reason": "I am well again."}


def one(now: datetime, staff: User) -> Arguments:
    """To a time that a hold which ran out still claims; the old time goes to whoever waits."""
    diary = plain(now)
    own = diary.request(diary.at(2, 10))
    waiting(diary)
    diary.hold(diary.at(3, 10), visitor="slow", now=now, minutes=0)
    return {"moves": [Move(own, diary.at(3, 10))], "actor": Actor.PATIENT, "now": now}


def two_that_change_places(now: datetime, staff: User) -> Arguments:
    diary = plain(now)
    diary.add_rooms(1)
    first, second = (diary.request(diary.at(day, 10), visitor=str(day)) for day in (2, 3))
    moves = [Move(first, second.starts_at), Move(second, first.starts_at)]
    return {"moves": moves, "actor": Actor.STAFF, "by": staff, "now": now}


def cancelled_by_mistake(now: datetime, staff: User) -> Arguments:
    """In the way of its time is a hold that ran out."""
    diary = plain(now)
    cancelled = in_state(diary, State.CANCELLED)
    diary.hold(cancelled.starts_at, visitor="slow", now=now, minutes=0)
    return {"appointment": cancelled, "now": now, "by": staff, "reason": "Pressed by mistake"}


def one_unanswered(now: datetime, staff: User) -> Arguments:
    """Each is closed by itself, so it is tried with one."""
    return {"now": in_state(plain(now), State.REQUESTED).starts_at}


def with_sessions_and_a_wish_for_earlier(now: datetime, staff: User) -> Arguments:
    """Each has a link of its own, which can be reached from that of the consultation."""
    diary = plain(now)
    own = diary.request(diary.at(3, 14))
    waiting(diary, appointment=own)
    session = diary.request(diary.at(4, 14), visitor="session")
    course = own.courses.create(
        treatment=diary.treatment, type=diary.type, phase="First", sessions=1, gap_from=7, created_at=now
    )
    Appointment.objects.filter(pk=session.pk).update(course=course, session_number=1)
    return {"appointment": own, "by": staff}


CASES = [
    Case(change_state, confirmed, 2),
    Case(change_state, declined_and_offered_to_the_next, 6),
    Case(cancel, with_a_place_of_its_own_offered, 16),
    Case(move, one, 12),
    Case(move, two_that_change_places, 7),
    Case(undo, cancelled_by_mistake, 8),
    Case(lapse_unanswered, one_unanswered, 3),
    Case(renew_link, with_sessions_and_a_wish_for_earlier, 4),
]
