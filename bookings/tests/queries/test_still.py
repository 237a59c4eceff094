"""A message is asked once more, just before it goes out, whether it still holds."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.cancel import cancel
from bookings.enums import MessageKind, State
from bookings.models import Appointment, Consent, DataLink, Message
from bookings.queries.still import BEFORE, TRUE_IN, still_holds
from bookings.tests.actions.waiting import open_offers, waiting
from bookings.tests.after_visit import agree
from bookings.tests.diary import Diary
from bookings.tests.factories import ConsentTextFactory
from bookings.tests.messages import MINUTE

pytestmark = pytest.mark.django_db
KINDS = sorted(TRUE_IN)


@pytest.fixture
def asked(now: datetime) -> Appointment:
    diary = Diary(now=now, signed=False, least_notice_hours=0)
    ConsentTextFactory()
    asked = diary.request(diary.at(3, 10))
    agree(asked)
    return asked


def message(asked: Appointment, kind: MessageKind, **values: object) -> Message:
    about: dict[str, object] = {"appointment": asked, "patient": asked.patient, **values}
    now = asked.requested_at
    return Message.objects.create(
        kind=kind, event=f"test {kind}", channel="email", language="en", due_at=now, created_at=now, **about
    )


def test_every_kind_is_judged_or_named_as_always_true() -> None:
    others = {MessageKind.PLACE, MessageKind.DATA, MessageKind.LINKS, MessageKind.STAFF_REVIEW}
    assert set(MessageKind) - set(TRUE_IN) == others


@pytest.mark.parametrize("state", [state for state in State if state != State.HELD])
def test_it_holds_in_the_states_that_it_speaks_of(asked: Appointment, state: State) -> None:
    messages = {kind: message(asked, kind) for kind in KINDS if kind != MessageKind.NEXT_SESSION}
    # As another process would have changed it meanwhile: the message in hand still has the old appointment.
    Appointment.objects.filter(pk=asked.pk).update(state=state)
    for kind, one in messages.items():
        assert still_holds(one, now=asked.starts_at - MINUTE) == (state in TRUE_IN[kind]), kind


@pytest.mark.parametrize("kind", sorted(BEFORE))
def test_what_is_said_before_a_visit_is_not_said_once_it_has_begun(asked: Appointment, kind: MessageKind) -> None:
    [state, *_] = sorted(TRUE_IN[kind])
    Appointment.objects.filter(pk=asked.pk).update(state=state)
    one = message(asked, kind)
    assert still_holds(one, now=asked.starts_at - MINUTE)
    assert not still_holds(one, now=asked.starts_at)


def test_a_place_holds_while_it_is_offered(now: datetime) -> None:
    diary = Diary(now=now, signed=False)
    asked = diary.request(diary.at(3, 10))
    waiting(diary)
    cancel(appointment=asked, now=now)
    [offer] = open_offers()
    one = Message.objects.get(offer=offer)
    assert still_holds(one, now=offer.until - MINUTE)
    assert not still_holds(one, now=offer.until)


def test_a_link_to_ones_data_holds_while_it_opens_something(asked: Appointment, now: datetime) -> None:
    link = DataLink.objects.create(appointment=asked, created_at=now, expires_at=now + timedelta(hours=1))
    one = message(asked, MessageKind.DATA)
    assert still_holds(one, now=now)
    assert not still_holds(one, now=link.expires_at)


def test_a_session_of_no_course_has_no_next_one(asked: Appointment) -> None:
    Appointment.objects.filter(pk=asked.pk).update(state=State.COMPLETED)
    assert not still_holds(message(asked, MessageKind.NEXT_SESSION), now=asked.ends_at)


def test_how_they_are_is_asked_of_those_who_agreed_to_whichever_text(asked: Appointment, now: datetime) -> None:
    Appointment.objects.filter(pk=asked.pk).update(state=State.COMPLETED)
    one = message(asked, MessageKind.CHECK_IN)
    ConsentTextFactory(text="Another text.")
    assert still_holds(one, now=now)
    Consent.objects.update(withdrawn_at=now)
    assert not still_holds(one, now=now)
    Consent.objects.all().delete()
    assert not still_holds(one, now=now)


def test_nobody_is_written_to_who_asked_to_be_forgotten(asked: Appointment, now: datetime) -> None:
    one = message(asked, MessageKind.REQUESTED)
    assert asked.patient
    asked.patient.erased_at = now
    asked.patient.save()
    assert not still_holds(one, now=now)
