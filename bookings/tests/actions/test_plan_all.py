"""Settings, signed pages and wishes change: what hangs on visits follows, though no visit took a step."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from bookings.actions.change import change_state
from bookings.actions.outbox import PLANNED
from bookings.actions.plan_all import TURNS, plan_all, plan_patient
from bookings.enums import Actor, Channel, Kind, MessageKind, MessageState, State
from bookings.models import Appointment, Message, Patient, StoppedNumber
from bookings.tests.actions.waiting import booking
from bookings.tests.diary import Diary
from bookings.tests.messages import due, of
from bookings.tests.rows import rows_of
from clinic.models import Clinic
from treatments.tests.pages import ready_treatment, sign_draft

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def diary(now: datetime) -> Diary:
    diary = Diary(now=now, kind=Kind.SESSION, signed=False)
    diary.treatment.needs_consultation = False
    diary.treatment.save()
    return diary


@pytest.fixture
def visit(diary: Diary) -> Appointment:
    """In nine days, confirmed; no page is signed for it yet."""
    return confirmed(diary, hour=10)


def confirmed(diary: Diary, *, hour: int) -> Appointment:
    asked = diary.request(diary.at(9, hour), visitor=f"at {hour}", booking=booking(f"Ada {hour}"))
    return change_state(
        appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now, reason="By phone", override=True
    )


def ways(visit: Appointment) -> set[tuple[str, str]]:
    return set(of(visit).filter(state=MessageState.WAITING).values_list("channel", "language"))


def test_other_settings_hold_for_visits_that_are_booked_already(diary: Diary, visit: Appointment) -> None:
    assert set(due(visit)) == {"reminder:7d", "reminder:2d", "reminder:3h"}
    Clinic.objects.update(reminders="1d")
    assert plan_all(now=diary.now) == 1
    assert set(due(visit)) == {"reminder:1d"}
    again = rows_of(Message)
    plan_all(now=diary.now)
    assert rows_of(Message) == again


def test_a_page_that_is_signed_is_told_of_to_whoever_has_booked(diary: Diary, visit: Appointment) -> None:
    page = ready_treatment(slug="a-peel")
    Appointment.objects.update(treatment=page)
    plan_all(now=diary.now)
    assert "aftercare" not in due(visit)
    sign_draft(page, now=diary.now)
    plan_all(now=diary.now)
    assert "aftercare" in due(visit)


def test_what_is_no_visit_any_more_or_of_nobody_is_left_alone(diary: Diary, visit: Appointment) -> None:
    diary.request(diary.at(8, 10), visitor="asks")
    long_ago, erased = confirmed(diary, hour=12), confirmed(diary, hour=14)
    Message.objects.filter(appointment=long_ago).delete()
    Appointment.objects.filter(pk=long_ago.pk).update(
        starts_at=diary.now - 16 * DAY, ends_at=diary.now - 16 * DAY + timedelta(minutes=30)
    )
    Patient.objects.filter(pk=erased.patient_id).update(erased_at=diary.now)
    Message.objects.filter(kind__in=PLANNED).delete()
    assert plan_all(now=diary.now) == 1
    assert set(Message.objects.filter(kind__in=PLANNED).values_list("appointment", flat=True)) == {visit.pk}


def test_each_visit_has_its_turn_once_in_an_hour(diary: Diary, visit: Appointment) -> None:
    confirmed(diary, hour=12)
    assert sum(plan_all(now=diary.now, turn=turn) for turn in range(TURNS)) == 2
    assert plan_all(now=diary.now, turn=visit.pk % TURNS) == 1


def test_whoever_wants_calls_now_is_not_written_to_any_more_and_back(diary: Diary, visit: Appointment) -> None:
    planned = due(visit)
    Patient.objects.update(channel=Channel.PHONE)
    plan_patient(patient=visit.patient, now=diary.now)
    assert due(visit) == {}
    assert ways(visit) == {("phone", "en")}, "the confirmation is to be told"
    Patient.objects.update(channel=Channel.EMAIL, language="de")
    plan_patient(patient=visit.patient, now=diary.now)
    assert due(visit) == planned
    assert ways(visit) == {("email", "de")}


def test_text_messages_from_now_on_but_no_link_to_ones_data(diary: Diary, visit: Appointment, settings: Any) -> None:
    settings.SMS_URL = "https://sms.example/"
    of(visit).filter(kind=MessageKind.CONFIRMED).update(kind=MessageKind.DATA)
    other = confirmed(diary, hour=12)
    Patient.objects.update(channel=Channel.SMS)
    plan_patient(patient=visit.patient, now=diary.now)
    assert set(of(visit).live().values_list("kind", "channel")) == {("data", "email"), ("reminder", "sms")}
    assert ways(other) == {("email", "en")}, "somebody else's wait for their turn"
    StoppedNumber.objects.create(phone=visit.patient.phone, stopped_at=diary.now)
    plan_all(now=diary.now)
    assert ways(visit) == {("email", "en")}


def test_the_command_plans_all_at_once(diary: Diary, visit: Appointment, capsys: pytest.CaptureFixture[str]) -> None:
    Message.objects.filter(kind__in=PLANNED).delete()
    call_command("plan_messages")
    assert capsys.readouterr().out == "1 visits planned\n"


def test_an_answer_that_waits_goes_the_way_chosen_meanwhile(diary: Diary, visit: Appointment) -> None:
    change_state(appointment=visit, to=State.CANCELLED, actor=Actor.STAFF, now=diary.at(0, 22))
    Patient.objects.update(channel=Channel.PHONE)
    plan_patient(patient=visit.patient, now=diary.at(0, 22, 5))
    assert ways(visit) == {("phone", "en")}
