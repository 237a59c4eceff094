"""Time off over appointments comes back with them until staff have decided about each."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.actions.change import change_state
from bookings.admin import absences
from bookings.enums import Actor, OfferState, State
from bookings.exceptions import SlotTaken, Undecided
from bookings.models import Appointment, Closure, PlaceOffer, TimeOff
from bookings.tests.actions.waiting import waiting
from bookings.tests.admin.absent import ADD, closing, decided, typed
from bookings.tests.diary import Diary
from clinic.tests.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
CLOSE = "/admin/bookings/closure/add/"


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now, signed=False, people=2)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    return diary.request(diary.at(1, 10), practitioner=diary.practitioner)


def choices(response: Any) -> list[str]:
    return [label.text for label in read(response).all("label") if "verdict" in label.attributes.get("for", "")]


def test_whom_it_hits_is_listed_and_nothing_is_chosen_for_staff(
    staff: Client, diary: Diary, asked: Appointment
) -> None:
    response = staff.post(ADD, typed(diary))
    page = read(response)
    assert "1 appointment falls into this time" in page.text
    for words in (asked.reference, "Ada Example", "Tue 8 Dec 2026, 10:00 CET, Berlin", "Requested"):
        assert words in page.text
    assert f"/admin/bookings/appointment/{asked.pk}/change/" in page.links
    other = diary.practitioners[1]
    assert choices(response) == [f"Hand over to {other}", "Decline the request", "The patient comes all the same"]
    assert not any("checked" in radio.attributes for radio in page.all("input", type="radio"))
    assert page.one("input", name=f"decision-{asked.pk}-reason")["value"] == f"{diary.practitioner} is away."
    assert not TimeOff.objects.exists()


def test_sent_again_without_a_decision_it_says_so_at_the_appointment(
    staff: Client, diary: Diary, asked: Appointment
) -> None:
    other = diary.request(diary.at(1, 11), practitioner=diary.practitioner, visitor="other")
    response = staff.post(ADD, typed(diary) | decided(asked, "keep") | decided(other, ""))
    page = read(response)
    assert page.text.count("Choose what happens with this appointment.") == 1
    assert "1 appointment falls into this time" in page.text
    # What was decided already stays so.
    assert [radio["value"] for radio in page.all("input", type="radio") if "checked" in radio.attributes] == ["keep"]
    assert not TimeOff.objects.exists()


def test_each_decision_is_carried_out_and_logged(staff: Client, diary: Diary, asked: Appointment) -> None:
    later = [diary.request(diary.at(1, hour), practitioner=diary.practitioner, visitor=f"{hour}") for hour in (9, 11)]
    other = diary.practitioners[1]
    body = typed(diary) | decided(asked, f"to-{other.pk}") | decided(later[0], "cancel", "She is ill.")
    response = staff.post(ADD, body | decided(later[1], "keep"), follow=True)
    assert TimeOff.objects.count() == 1
    for one in (asked, *later):
        one.refresh_from_db()
    assert (asked.practitioner, asked.state, asked.starts_at) == (other, State.REQUESTED, diary.at(1, 10))
    assert (later[0].state, later[0].transitions.last().reason) == (State.DECLINED, "She is ill.")
    assert (later[1].practitioner, later[1].state) == (diary.practitioner, State.REQUESTED)
    assert f"The patients of {later[0].reference}, {asked.reference} are told by messages" in read(response).text
    said = LogEntry.objects.get().get_change_message()
    assert "“The patient comes all the same”" in said
    assert later[1].reference in said


@pytest.mark.parametrize("verdict", ["nonsense", "to-999", "hand_over", "to-"])
def test_only_what_is_offered_can_be_decided(staff: Client, diary: Diary, asked: Appointment, verdict: str) -> None:
    response = staff.post(ADD, typed(diary) | decided(asked, verdict))
    assert "This is no longer possible. Choose again." in read(response).text
    assert not TimeOff.objects.exists()


def test_who_booked_while_staff_decided_is_asked_about(staff: Client, diary: Diary, asked: Appointment) -> None:
    body = typed(diary) | decided(asked, "keep")
    new = diary.request(diary.at(1, 11), practitioner=diary.practitioner, visitor="quick")
    page = read(staff.post(ADD, body))
    assert new.reference in page.text
    assert not TimeOff.objects.exists()
    assert staff.post(ADD, body | decided(new, "cancel")).status_code == 302


def test_a_stand_in_who_is_taken_meanwhile_is_no_longer_offered(
    staff: Client, diary: Diary, asked: Appointment
) -> None:
    other = diary.practitioners[1]
    diary.request(asked.starts_at, practitioner=other, visitor="quick")
    response = staff.post(ADD, typed(diary) | decided(asked, f"to-{other.pk}"))
    assert "no longer possible" in read(response).text
    assert "Nobody else, or no other room, is free at this time." in read(response).text
    assert choices(response) == ["Decline the request", "The patient comes all the same"]


@pytest.mark.parametrize("error", [SlotTaken, Undecided])
def test_what_comes_between_reading_and_saving_brings_the_form_back(
    staff: Client, diary: Diary, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    tries = []

    def late(**values: Any) -> None:
        tries.append(values)
        raise error

    monkeypatch.setattr(absences, "take_time_off", late)
    response = staff.post(ADD, typed(diary), follow=True)
    assert "nothing was saved. Try again." in read(response).text
    assert len(tries) == 2
    assert not LogEntry.objects.exists()


def test_who_has_arrived_is_handed_to_nobody(staff: Client, diary: Diary, asked: Appointment) -> None:
    Appointment.objects.update(state=State.ARRIVED)
    response = staff.post(ADD, typed(diary))
    assert choices(response) == ["Cancel the appointment", "The patient comes all the same"]
    assert "Nobody else" not in read(response).text


def test_a_patient_who_is_just_booking_is_waited_for(staff: Client, diary: Diary) -> None:
    held = diary.hold(diary.at(1, 10), practitioner=diary.practitioner)
    page = read(staff.post(ADD, typed(diary)))
    assert "Someone is booking Tue 8 Dec 2026, 10:00 at this moment" in page.text
    assert held.reference not in page.text
    with time_machine.travel(held.held_until, tick=False):
        assert staff.post(ADD, typed(diary)).status_code == 302


def test_a_place_kept_for_the_waiting_list_can_be_taken_back(staff: Client, diary: Diary, asked: Appointment) -> None:
    entry = waiting(diary, "Bo Waits", practitioner=diary.practitioner)
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.PATIENT, now=diary.now)
    hold = PlaceOffer.objects.get().hold
    response = staff.post(ADD, typed(diary))
    assert choices(response) == ["Take the offered place back"]
    assert "Bo Waits" in read(response).text
    assert f"/admin/bookings/waitingentry/{entry.pk}/change/" in read(response).links
    assert staff.post(ADD, typed(diary) | decided(hold, "cancel")).status_code == 302
    assert PlaceOffer.objects.get().state == OfferState.EXPIRED


def test_a_room_out_of_use_offers_the_others_of_its_kind(staff: Client, diary: Diary) -> None:
    first, second = diary.add_rooms(2)
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    body = typed(diary, practitioner="", resource=first.pk)
    response = staff.post(ADD, body)
    assert choices(response) == [f"Move to {second}", "Decline the request", "The patient comes all the same"]
    said = read(staff.post(ADD, body | decided(asked, f"to-{second.pk}"), follow=True)).text
    assert asked.claims.filter(resource=second).exists()
    # The patient need not know.
    assert "call or write" not in said


def test_a_closure_asks_about_everyone_there(staff: Client, diary: Diary, asked: Appointment) -> None:
    other = diary.request(diary.at(1, 10), practitioner=diary.practitioners[1], visitor="other")
    response = staff.post(CLOSE, closing(diary))
    assert "2 appointments fall into this time" in read(response).text
    assert choices(response) == ["Decline the request", "The patient comes all the same"] * 2
    assert not Closure.objects.exists()
    response = staff.post(CLOSE, closing(diary) | decided(asked, "cancel") | decided(other, "keep"))
    assert response.status_code == 302
    assert Closure.objects.count() == 1
    asked.refresh_from_db()
    assert asked.state == State.DECLINED


def test_reading_costs_the_same_for_one_appointment_and_for_six(staff: Client, diary: Diary) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert staff.post(ADD, typed(diary, ends_at_0="2026-12-11", ends_at_1="")).status_code == 200
        return len(captured)

    diary.request(diary.at(1, 9), practitioner=diary.practitioner, visitor="first")
    queries()
    one = queries()
    for number in range(5):
        diary.request(diary.at(1 + number % 3, 10 + number), practitioner=diary.practitioner, visitor=f"v{number}")
    assert queries() == one
