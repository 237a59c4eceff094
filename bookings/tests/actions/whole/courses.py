"""A course of sessions: planned, agreed to, held, booked, moved, and one of it cancelled."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User

from bookings.actions.cancel import cancel
from bookings.actions.courses import agree, book_course, hold_course, move_sessions
from bookings.actions.move import Move
from bookings.actions.phone import Place, book_by_phone
from bookings.actions.plan import change_course, plan_course, remove_course
from bookings.models import Course
from bookings.queries.course_steps import steps
from bookings.queries.wish import wish_for
from bookings.tests.actions.waiting import waiting
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.planned import Planned

PLAN: dict[str, Any] = {"phase": "Upkeep", "sessions": 2, "gap_from": 14, "gap_to": 21, "gap_unit": "day"}


def plan_of(course: Course) -> Arguments:
    return {"treatment": course.treatment, "type": course.type, **PLAN}


def a_second_one(now: datetime, staff: User) -> Arguments:
    planned = Planned(now=now)
    return {"consultation": planned.consultation, **plan_of(planned.course), "by": staff, "now": now}


def with_holds_that_ran_out(now: datetime, staff: User) -> Arguments:
    planned = Planned(now=now)
    planned.hold()
    return {"course": planned.course, "now": now + timedelta(minutes=11)}


def another_plan(now: datetime, staff: User) -> Arguments:
    unbooked = with_holds_that_ran_out(now, staff)
    return {**unbooked, **plan_of(unbooked["course"])}


def texts_of_another(now: datetime, staff: User) -> Arguments:
    course = Planned(now=now).of_another_treatment()
    texts = steps(course, language="en", now=now).texts
    return {"course": course, "texts": texts, "language": "en", "now": now}


def four_for_others(now: datetime, staff: User) -> Arguments:
    """Another set is held already, and somebody's hold that ran out is in the way."""
    planned = Planned(now=now)
    planned.diary.hold(planned.diary.at(17, 10), visitor="slow", now=now - timedelta(minutes=30))
    planned.hold()
    starts = planned.on({1: 1, 2: 9, 3: 17, 4: 25})
    sessions = {number: (start, planned.diary.practitioner) for number, start in starts.items()}
    return {"course": planned.course, "sessions": sessions, "language": "en", "minutes": 10, "now": now}


def four_held(now: datetime, staff: User) -> Arguments:
    planned = Planned(now=now)
    seen = [one.reference for one in planned.hold()]
    return {"course": planned.course, "seen": seen, "language": "en", "now": now}


def the_first_on_the_phone(now: datetime, staff: User) -> Arguments:
    """Against the rules, with a reason; the patient's birth date is noted with it."""
    planned = Planned(now=now, consented=False)
    course, patient = planned.course, planned.consultation.patient
    assert patient
    patient.birth_date = date(1990, 5, 17)
    wish = wish_for(course.type, planned.diary.location, by_staff=True)
    values = {"wish": wish, "treatment": course.treatment, "start": planned.diary.at(1, 10), "patient": patient}
    told = {"confirm": True, "reason": "She signed here.", "override": True}
    return {**values, "place": Place(course, 1), "by": staff, "now": now, **told}


def three_by_a_week(now: datetime, staff: User) -> Arguments:
    planned = Planned(now=now)
    sessions = planned.book()
    moves = [Move(one, one.starts_at + timedelta(days=7)) for one in sessions[1:]]
    planned.course.gap_to = 14
    planned.course.save()
    return {"course": planned.course, "moves": moves, "now": now}


def a_session_that_another_waits_for(now: datetime, staff: User) -> Arguments:
    planned = Planned(now=now)
    sessions = planned.book()
    waiting(planned.diary, weekdays=[sessions[-1].starts_at.weekday()])
    return {"appointment": sessions[-1], "now": now}


CASES = [
    Case(plan_course, a_second_one, 1),
    Case(change_course, another_plan, 6),
    Case(remove_course, with_holds_that_ran_out, 6),
    Case(agree, texts_of_another, 1),
    Case(hold_course, four_for_others, 18),
    Case(book_course, four_held, 13),
    Case(book_by_phone, the_first_on_the_phone, 6),
    Case(move_sessions, three_by_a_week, 10),
    Case(cancel, a_session_that_another_waits_for, 6),
]
