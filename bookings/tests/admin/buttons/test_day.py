"""What the day of the visit offers, and what is said of who is told."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Patient
from bookings.tests.admin.staff import address, doctor, looker, member, page, press, reception, signed_in
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db
REASON = "The doctor asked on the phone"

EARLY = ["Has arrived", "Completed", "Did not come"]


def test_who_comes_early_has_arrived_on_the_day_of_the_visit_where_it_is(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=diary.now, reason=REASON, override=True)

    def arrived_at(moment: datetime) -> bool:
        with time_machine.travel(moment, tick=False):
            labels = [button for button in EARLY if f">{button}</button>" in page(admin_client, asked)]
            press(admin_client, asked, "state", to="completed")
            press(admin_client, asked, "state", to="arrived")
        asked.refresh_from_db()
        assert labels == (["Has arrived"] if asked.state == State.ARRIVED else [])
        return asked.state == State.ARRIVED

    midnight = diary.at(1, 0)
    assert not arrived_at(midnight - timedelta(minutes=1))
    assert arrived_at(midnight)


@pytest.mark.parametrize(
    ("channel", "told"), [("email", "The patient is told by a message."), ("phone", "wishes for calls: please tell")]
)
def test_a_message_or_a_call_is_named_only_where_there_is_something_to_tell(
    admin_client: Client, diary: Diary, asked: Appointment, channel: str, told: str
) -> None:
    Patient.objects.update(channel=channel)
    body = press(admin_client, asked, "state", to="confirmed", reason=REASON, rules="screening").content.decode()
    assert told in body
    with time_machine.travel(asked.starts_at, tick=False):
        body = press(admin_client, asked, "state", to="arrived").content.decode()
        assert "Done.</li>" in body


@pytest.mark.parametrize("end", ["state", "undo"])
def test_buttons_are_for_those_who_may_change_appointments(asked: Appointment, end: str) -> None:
    path, typed = address(asked, end), {"to": "declined", "reason": REASON}
    assert "/admin/login/" in Client().post(path, typed)["Location"]
    assert signed_in(looker()).post(path, typed).status_code == 403
    assert signed_in(member(name="nobody")).post(path, typed).status_code == 404
    assert signed_in(reception()).get(path).status_code == 405
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED


def test_a_hold_has_no_page(admin_client: Client, diary: Diary) -> None:
    held = diary.hold(diary.at(2, 10))
    for end in ("state", "undo"):
        assert admin_client.post(address(held, end), {"to": "confirmed", "reason": REASON}).status_code == 404


def test_the_patients_record_is_one_step_away_for_those_who_may_see_it(diary: Diary, asked: Appointment) -> None:
    record = f"/admin/bookings/patient/{asked.patient_id}/change/"
    assert record in page(signed_in(reception()), asked)
    treating = doctor(diary)
    Appointment.objects.filter(pk=asked.pk).update(practitioner=diary.practitioner)
    body = page(signed_in(treating), asked)
    assert asked.patient.name in body
    assert record not in body
