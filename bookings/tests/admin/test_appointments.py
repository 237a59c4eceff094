"""Staff answer requests by buttons; the state is read-only and only the one action changes it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.enums import State
from bookings.models import Appointment, Transition
from bookings.tests.admin.staff import answer, looker
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db
LIST = "/admin/bookings/appointment/"


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, people=2)


def press(client: Client, appointment: Appointment, to: str, reason: str = "") -> str:
    path = reverse("admin:bookings_appointment_state", args=[appointment.pk])
    return client.post(path, {"to": to, "reason": reason}, follow=True).content.decode()


def page(client: Client, appointment: Appointment) -> str:
    return client.get(reverse("admin:bookings_appointment_change", args=[appointment.pk])).content.decode()


def test_the_list_opens_with_requests_the_oldest_waiting_first(admin_client: Client, diary: Diary) -> None:
    late = diary.request(diary.at(1, 10), visitor="a")
    early = diary.request(diary.at(3, 10), visitor="b")
    answered = diary.request(diary.at(2, 10), visitor="c")
    Appointment.objects.filter(pk=early.pk).update(requested_at=diary.now - timedelta(days=2))
    Appointment.objects.filter(pk=answered.pk).update(state=State.CONFIRMED)
    diary.hold(diary.at(2, 11), visitor="d")
    shown = list(admin_client.get(LIST).context["cl"].result_list)
    assert shown == [early, late]
    with time_machine.travel(diary.now, tick=False):
        assert list(admin_client.get(LIST + "?which=upcoming").context["cl"].result_list) == [early, late, answered]
    assert len(admin_client.get(LIST + "?which=all").context["cl"].result_list) == 3


@pytest.mark.parametrize("to", [State.CONFIRMED, State.DECLINED, State.CANCELLED])
def test_a_button_changes_the_state_and_writes_who_and_why(
    admin_client: Client, admin_user: User, diary: Diary, to: State
) -> None:
    asked = diary.request(diary.at(1, 10))
    answer(asked, diary.now)
    with time_machine.travel(diary.now, tick=False):
        assert "Done." in press(admin_client, asked, to, "called back")
    asked.refresh_from_db()
    assert asked.state == to
    last = Transition.objects.latest("pk")
    assert (last.from_state, last.to_state, last.user, last.reason) == ("requested", to, admin_user, "called back")
    assert asked.claims.exists() is (to == State.CONFIRMED)


def test_what_speaks_against_a_confirmed_appointment_is_shown(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    answer(asked, diary.now)
    Appointment.objects.update(state=State.CONFIRMED)
    with time_machine.travel(diary.now, tick=False):
        assert "What stands against it now" not in page(admin_client, asked)
        asked.screenings.update(not_before=diary.at(9, 10).date())
        body = page(admin_client, asked)
        assert "What stands against it now" in body
        assert "The answers ask for a later time." in body
        assert "Confirm all the same" not in body
        Appointment.objects.update(state=State.COMPLETED)
        assert "The answers ask for a later time." not in page(admin_client, asked)


def test_a_second_press_says_that_it_is_no_longer_possible(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    press(admin_client, asked, State.DECLINED)
    assert "no longer possible" in press(admin_client, asked, State.CONFIRMED)
    asked.refresh_from_db()
    assert asked.state == State.DECLINED


@pytest.mark.parametrize("to", ["held", "requested", "nonsense", ""])
def test_only_what_a_button_offers_is_done(admin_client: Client, diary: Diary, to: str) -> None:
    asked = diary.request(diary.at(1, 10))
    press(admin_client, asked, to)
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED


def test_nobody_arrives_before_the_day_of_the_visit(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    Appointment.objects.update(state=State.CONFIRMED)
    with time_machine.travel(diary.now, tick=False):
        assert "Has arrived" not in page(admin_client, asked)
        press(admin_client, asked, State.ARRIVED)
    asked.refresh_from_db()
    assert asked.state == State.CONFIRMED
    with time_machine.travel(asked.starts_at, tick=False):
        assert "Has arrived" in page(admin_client, asked)


def test_the_state_is_no_field_and_the_time_is_the_locations(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    body = page(admin_client, asked)
    assert 'name="state"' not in body
    assert "Tue 8 Dec 2026, 10:00 CET, Berlin" in body
    assert 'href="tel:+49-1511-2345678"' in body


def test_a_get_on_the_button_changes_nothing(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    assert admin_client.get(reverse("admin:bookings_appointment_state", args=[asked.pk])).status_code == 405


def test_staff_who_may_only_look_have_no_buttons(client: Client, diary: Diary) -> None:
    client.force_login(looker())
    asked = diary.request(diary.at(1, 10))
    assert "Answer this request" not in page(client, asked)
    path = reverse("admin:bookings_appointment_state", args=[asked.pk])
    assert client.post(path, {"to": "confirmed"}).status_code == 403


def test_outsiders_are_sent_to_sign_in(client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    path = reverse("admin:bookings_appointment_state", args=[asked.pk])
    assert "/admin/login/" in client.post(path, {"to": "confirmed"})["Location"]
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED


def test_the_list_costs_the_same_with_one_request_and_with_ten(admin_client: Client, diary: Diary) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(LIST)
        return len(captured)

    diary.request(diary.at(1, 9), visitor="first")
    queries()
    one = queries()
    for number in range(9):
        diary.request(diary.at(1, 10 + number // 2, 30 * (number % 2)), visitor=f"v{number}")
    assert queries() == one


def test_an_unanswered_request_can_only_be_closed_after_its_time(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    with time_machine.travel(asked.starts_at, tick=False):
        body = page(admin_client, asked)
        assert "Close it: not answered in time" in body
        assert 'value="confirmed"' not in body
        assert "We did not answer in time" in admin_client.get(asked.patient_path()).content.decode()
        press(admin_client, asked, State.LAPSED)
    asked.refresh_from_db()
    assert asked.state == State.LAPSED


def test_no_general_address_leads_staff_to_a_patients_page(client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    client.force_login(User.objects.create_user("editor", password="x", is_staff=True))
    kind = ContentType.objects.get_for_model(Appointment)
    assert client.get(f"/admin/r/{kind.pk}/{asked.pk}/").status_code == 404


def test_the_patients_link_is_in_the_patients_language(admin_client: Client, diary: Diary) -> None:
    asked = diary.request(diary.at(1, 10))
    path = reverse("admin:bookings_appointment_change", args=[asked.pk])
    body = admin_client.get(path, headers={"accept-language": "fa"}).content.decode()
    assert "/en/appointments/" in body
    assert "/fa/appointments/" not in body
