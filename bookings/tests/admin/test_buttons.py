"""The buttons against rules: a reason overrides what was shown, and the last step can be taken back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from bookings.actions.change import change_state
from bookings.actions.move import Move, move
from bookings.enums import Actor, State
from bookings.models import Appointment, Patient, Transition
from bookings.tests.actions.waiting import waiting
from bookings.tests.admin.staff import address, answer, doctor, looker, member, page, press, reception, signed_in
from bookings.tests.factories import Diary

pytestmark = pytest.mark.django_db
REASON = "The doctor asked on the phone"
EARLY = ["Has arrived", "Completed", "Did not come"]


@pytest.fixture
def diary(now: datetime) -> Iterator[Diary]:
    with time_machine.travel(now, tick=False):
        yield Diary(now=now, people=2)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10))


def test_the_page_says_in_words_why_it_cannot_be_confirmed(admin_client: Client, asked: Appointment) -> None:
    body = page(admin_client, asked)
    assert "Why it cannot be confirmed yet" in body
    assert "The questions before the visit have not been answered." in body
    assert "Confirm all the same" in body
    assert "Decline" in body


def test_without_rules_the_button_just_confirms(admin_client: Client, asked: Appointment, now: datetime) -> None:
    answer(asked, now)
    assert "Why it cannot be confirmed yet" not in page(admin_client, asked)
    press(admin_client, asked, "state", to="confirmed")
    asked.refresh_from_db()
    assert asked.state == State.CONFIRMED


@pytest.mark.parametrize(
    "typed", [{}, {"reason": REASON}, {"rules": "screening"}, {"reason": "  ", "rules": "screening"}]
)
def test_a_rule_is_only_overridden_with_a_reason_and_once_it_was_shown(
    admin_client: Client, asked: Appointment, typed: dict[str, str]
) -> None:
    body = press(admin_client, asked, "state", to="confirmed", **typed).content.decode()
    assert "It cannot be confirmed yet." in body
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED


def test_a_rule_that_came_later_is_shown_before_it_is_overridden(
    admin_client: Client, asked: Appointment, now: datetime
) -> None:
    answer(asked, now, needs_review=True)
    press(admin_client, asked, "state", to="confirmed", reason=REASON, rules="screening")
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED


def test_an_override_is_in_the_log_with_who_why_and_the_rule_in_words(
    admin_client: Client, admin_user: User, asked: Appointment
) -> None:
    body = press(admin_client, asked, "state", to="confirmed", reason=REASON, rules="screening").content.decode()
    line = Transition.objects.latest("pk")
    assert (line.to_state, line.user, line.reason, line.overrode) == ("confirmed", admin_user, REASON, "screening")
    assert REASON in body
    assert "The questions before the visit have not been answered." in body


def test_the_log_shows_a_move_on_the_clock_of_the_location(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    move(moves=[Move(asked, diary.at(2, 11))], actor=Actor.STAFF, now=diary.now)
    assert "Moved from Tue 8 Dec 2026, 10:00 CET to Wed 9 Dec 2026, 11:00 CET" in page(admin_client, asked)


def test_the_last_step_is_taken_back_with_a_reason(
    admin_client: Client, admin_user: User, diary: Diary, asked: Appointment
) -> None:
    change_state(appointment=asked, to=State.DECLINED, actor=Actor.STAFF, now=diary.now)
    assert "From “Declined” back to “Requested”." in page(admin_client, asked)
    body = press(admin_client, asked, "undo", reason="Wrong row").content.decode()
    assert "Taken back: Requested → Declined" in body
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED
    line = Transition.objects.latest("pk")
    assert (line.user, line.reason) == (admin_user, "Wrong row")


def test_without_a_reason_nothing_is_taken_back(admin_client: Client, diary: Diary, asked: Appointment) -> None:
    change_state(appointment=asked, to=State.DECLINED, actor=Actor.STAFF, now=diary.now)
    assert "Say why" in press(admin_client, asked, "undo", reason=" ").content.decode()
    asked.refresh_from_db()
    assert asked.state == State.DECLINED


def test_a_time_that_someone_else_has_by_now_is_named_as_gone(
    admin_client: Client, diary: Diary, asked: Appointment
) -> None:
    change_state(appointment=asked, to=State.DECLINED, actor=Actor.STAFF, now=diary.now)
    diary.request(asked.starts_at, visitor="b", practitioner=asked.practitioner)
    body = press(admin_client, asked, "undo", reason="Wrong row").content.decode()
    assert "Its time has been given to someone else." in body


def test_a_request_offers_nothing_to_take_back(admin_client: Client, asked: Appointment) -> None:
    assert "Take the last step back" not in page(admin_client, asked)
    assert "no longer possible" in press(admin_client, asked, "undo", reason="Wrong row").content.decode()


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


def test_a_new_link_closes_the_old_ones_and_is_logged(
    admin_client: Client, admin_user: User, diary: Diary, asked: Appointment
) -> None:
    entry = waiting(diary, appointment=asked)
    other = diary.request(diary.at(2, 10), visitor="other")
    old = [asked.patient_path(), entry.patient_path()]
    assert [Client().get(path).status_code for path in old] == [200, 200]
    body = page(admin_client, asked)
    assert "open nothing any more" in body
    assert old[0] in body
    body = press(admin_client, asked, "link").content.decode()
    asked.refresh_from_db()
    assert asked.patient_path() in body
    assert old[0] not in body
    closed = Client().get(old[0])
    assert (closed.status_code, closed.content) == (404, Client().get("/en/appointments/K7QM-3XPA.0/").content)
    assert Client().get(old[1]).status_code == 404
    assert [Client().get(one.patient_path()).status_code for one in (asked, other)] == [200, 200]
    line = LogEntry.objects.get()
    assert (line.object_id, line.user, line.change_message) == (str(asked.pk), admin_user, "New link for the patient")


def test_only_who_may_change_an_appointment_makes_a_new_link(diary: Diary, asked: Appointment) -> None:
    path, secret = address(asked, "link"), asked.link_secret
    assert "/admin/login/" in Client().post(path)["Location"]
    assert signed_in(looker()).post(path).status_code == 403
    assert "New link" not in page(signed_in(User.objects.get(username="looker")), asked)
    assert signed_in(member(name="nobody")).post(path).status_code == 404
    assert signed_in(reception()).get(path).status_code == 405
    asked.refresh_from_db()
    assert asked.link_secret == secret


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
