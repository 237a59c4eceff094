"""Messages, and what is reported back about them."""

from datetime import datetime

from django.contrib.auth.models import User
from phonenumber_field.phonenumber import to_python

from bookings.actions.bounces import take_bounce
from bookings.actions.content_reviews import remind_of_reviews
from bookings.actions.deliver import lease
from bookings.actions.lost_link import send_links
from bookings.actions.outbox import end_calls, write
from bookings.actions.plan_all import plan_all, plan_patient
from bookings.actions.text_replies import take_reply
from bookings.actions.told import told_by_phone, try_again
from bookings.enums import Channel, MessageKind, MessageState, State
from bookings.models import Appointment, Message
from bookings.tests.actions.states import in_state
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.diary import CONTACT, Diary
from clinic.models import Clinic
from treatments.models import Edition


def first(now: datetime, **values: object) -> Message:
    """Ada's first message, in this state."""
    diary = Diary(now=now, signed=False)
    diary.request(diary.at(1, 10))
    Message.objects.filter(kind=MessageKind.REQUESTED).update(**values)
    return Message.objects.get(kind=MessageKind.REQUESTED)


def a_new_event(now: datetime, staff: User) -> Arguments:
    Diary(now=now, signed=False)
    return {"kind": MessageKind.STAFF_REVIEW, "event": "reviews", "due_at": now, "now": now}


def something_to_come(now: datetime, staff: User) -> Arguments:
    first(now)
    return {"email": CONTACT.email, "now": now}


def two_due(now: datetime, staff: User) -> Arguments:
    first(now)
    return {"now": now, "most": 10}


def given_up(now: datetime, staff: User) -> Arguments:
    return {"message": first(now, state=MessageState.FAILED), "now": now}


def sent(now: datetime, staff: User) -> Arguments:
    return {"message_id": first(now, state=MessageState.SENT, sent_at=now).message_id}


def stop(now: datetime, staff: User) -> Arguments:
    first(now, channel=Channel.SMS)
    return {"phone": to_python(CONTACT.phone), "text": "STOP", "now": now}


def a_page_due(now: datetime, staff: User) -> Arguments:
    Diary(now=now)
    due = Edition.objects.get().review_due
    return {"now": datetime.combine(due, now.time(), now.tzinfo)}


def with_reminders_before(now: datetime) -> Appointment:
    """A visit whose reminders the clinic has changed since."""
    visit = in_state(Diary(now=now, signed=False), State.CONFIRMED)
    Clinic.objects.update(reminders="5h 4h")
    return visit


def one_visit(now: datetime, staff: User) -> Arguments:
    """Each is planned by itself, so it is tried with one."""
    with_reminders_before(now)
    return {"now": now}


def of_one_visit(now: datetime, staff: User) -> Arguments:
    return {"patient": with_reminders_before(now).patient, "now": now}


def a_call_not_made(now: datetime, staff: User) -> Arguments:
    first(now, channel=Channel.PHONE, not_after=now)
    return {"now": now}


CASES = [
    Case(write, a_new_event, 1),
    Case(send_links, something_to_come, 1),
    Case(lease, two_due, 1),
    Case(told_by_phone, given_up, 1),
    Case(try_again, given_up, 1),
    Case(take_bounce, sent, 1),
    Case(take_reply, stop, 2),
    Case(end_calls, a_call_not_made, 1),
    Case(remind_of_reviews, a_page_due, 1),
    Case(plan_all, one_visit, 3),
    Case(plan_patient, of_one_visit, 3),
]
