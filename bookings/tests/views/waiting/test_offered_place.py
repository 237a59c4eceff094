"""A place that is held for somebody is taken, declined or missed."""

import time_machine
from django.test import Client

from bookings.actions.change import change_state
from bookings.actions.offers import pass_on_unanswered
from bookings.enums import Actor, OfferState, State
from bookings.models import Appointment, PlaceOffer, WorkingHours
from bookings.tests.actions.waiting import booking, freed
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from bookings.tests.views.waiting.paths import actions
from clinic.models import Clinic


def test_the_offer_stands_on_the_appointments_page_and_moves_it(
    asked: Appointment, offer: PlaceOffer, visitor: Visitor
) -> None:
    visitor.get(asked.patient_path())
    for said in ("An earlier time is free for you", "Tuesday 8 December 2026, 10:00", "Monday 7 December, 11:00"):
        assert said in visitor.main.text
    visitor.press("Take this time")
    assert visitor.path == asked.patient_path()
    assert "Tuesday 8 December 2026 10:00–10:30" in visitor.main.text
    assert Appointment.objects.get(pk=asked.pk).starts_at == offer.starts_at


def test_the_entrys_own_page_leads_to_a_first_appointment(first_place: PlaceOffer, visitor: Visitor) -> None:
    entry = first_place.entry
    visitor.get(entry.patient_path())
    assert visitor.heading == "A time is free for you"
    assert entry.reference in visitor.main.text
    visitor.press("Take this time")
    place = Appointment.objects.get(state=State.REQUESTED)
    assert (visitor.path, visitor.heading) == (place.patient_path(), "We have your request")
    assert visitor.get(entry.patient_path()).heading == "You have a place"
    assert visitor.follow("Go to the appointment").path == place.patient_path()


def test_whoever_says_no_goes_on_waiting(first_place: PlaceOffer, visitor: Visitor, diary: Diary) -> None:
    visitor.get(first_place.entry.patient_path()).press("No, thank you")
    assert (visitor.path, visitor.heading) == (first_place.entry.patient_path(), "You are on the waiting list")
    assert not Appointment.objects.filter(state=State.HELD).exists()
    first_place.refresh_from_db()
    assert first_place.state == OfferState.DECLINED


def test_whoever_leaves_the_list_is_told_so(first_place: PlaceOffer, visitor: Visitor) -> None:
    visitor.get(first_place.entry.patient_path()).press("Leave the waiting list")
    assert visitor.heading == "You are no longer on the waiting list"
    assert not Appointment.objects.filter(state=State.HELD).exists()


def test_pressed_twice_it_does_nothing_twice(first_place: PlaceOffer, visitor: Visitor) -> None:
    take, decline, leave = actions(first_place.entry)
    sent = {"offer": first_place.pk}
    there = visitor.client.post(take, sent)["Location"]
    before = everything()
    assert visitor.client.post(take, sent)["Location"] == there
    for path in (decline, leave):
        assert visitor.client.post(path, sent).status_code == 302
    assert everything() == before


def test_a_place_that_ran_out_says_so_kindly(
    first_place: PlaceOffer, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    visitor.get(first_place.entry.patient_path())
    clock.move_to(first_place.until)
    before = everything()
    visitor.press("Take this time")
    assert visitor.status == 409
    assert "that time is no longer held for you" in visitor.main.text
    assert "You are still on the waiting list." in visitor.main.text
    assert everything() == before
    pass_on_unanswered(now=first_place.until)
    assert "was held for you until Monday 7 December, 11:00" in visitor.get(first_place.entry.patient_path()).main.text


def test_whoever_has_asked_too_often_reads_why_and_what_to_do(
    first_place: PlaceOffer, visitor: Visitor, diary: Diary
) -> None:
    own = diary.request(diary.at(2, 10), booking=booking("Cy"))
    Clinic.objects.update(open_requests_per_contact=1)
    visitor.get(first_place.entry.patient_path())
    before = everything()
    visitor.press("Take this time")
    assert (visitor.status, visitor.heading) == (409, "A time is free for you")
    said = visitor.main.one("div", class_="notice").text
    assert "1 request is waiting for our answer" in said
    assert "cancel it and come back here, or call us" in said
    assert everything() == before
    change_state(appointment=own, to=State.CANCELLED, actor=Actor.PATIENT, now=diary.now)
    visitor.press("Take this time")
    assert visitor.heading == "We have your request"


def test_a_place_that_is_not_worked_any_more_says_so_too(
    asked: Appointment, offer: PlaceOffer, visitor: Visitor
) -> None:
    visitor.get(asked.patient_path())
    WorkingHours.objects.all().delete()
    visitor.press("Take this time")
    assert visitor.status == 409
    assert Appointment.objects.get(pk=asked.pk).starts_at == asked.starts_at


def test_the_button_takes_the_place_that_was_shown_and_no_other(
    first_place: PlaceOffer, visitor: Visitor, diary: Diary
) -> None:
    entry = first_place.entry
    visitor.get(entry.patient_path())
    Client().post(actions(entry)[1], {"offer": first_place.pk})
    freed(diary, days=2)
    assert entry.offers.filter(state=OfferState.OPEN).count() == 1
    visitor.press("Take this time")
    assert visitor.status == 409
    assert "Wednesday 9 December 2026, 10:00" in visitor.main.text
    assert not Appointment.objects.filter(state=State.REQUESTED).exists()
