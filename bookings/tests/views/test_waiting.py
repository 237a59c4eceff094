"""The waiting list from a patient's link: joining, an offered place, taking it, saying no, and leaving."""

import logging
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from bookings import links
from bookings.actions.change import change_state
from bookings.actions.offers import pass_on_unanswered
from bookings.enums import Actor, Channel, EntryState, OfferState, PartOfDay, State
from bookings.models import Appointment, Patient, PlaceOffer, WaitingEntry, WorkingHours
from bookings.models.appointment import new_secret
from bookings.tests.actions.waiting import booking, waiting
from bookings.tests.answered import answered
from bookings.tests.browser import Visitor
from bookings.tests.factories import Diary
from bookings.tests.rows import everything
from clinic.logs import WithoutTokens
from clinic.models import Clinic


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """Thursday at ten."""
    asked = diary.request(diary.at(3, 10))
    answered(asked)
    return asked


def wait_path(asked: Appointment) -> str:
    return f"{asked.patient_path()}waiting/"


def freed(diary: Diary, days: int = 1, hour: int = 10) -> datetime:
    """A time that somebody had and gave up."""
    booked = diary.request(diary.at(days, hour), visitor=f"freed {days} {hour}", booking=booking("Zoe"))
    change_state(appointment=booked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    return booked.starts_at


@pytest.fixture
def offer(diary: Diary, asked: Appointment) -> PlaceOffer:
    """Tuesday at ten, for whoever has Thursday."""
    waiting(diary, appointment=asked)
    freed(diary)
    return PlaceOffer.objects.get()


@pytest.fixture
def first_place(diary: Diary) -> PlaceOffer:
    """Tuesday at ten, for someone who has no appointment yet."""
    waiting(diary, "Cy")
    freed(diary)
    return PlaceOffer.objects.get()


# Joining


def test_from_the_appointment_to_the_list_and_off_it(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    visitor.get(asked.patient_path()).follow("Wait for an earlier time")
    assert "we hold it for you for 120 minutes" in visitor.main.text
    boxes = [box.get("value") for box in visitor.main.all("input", name="weekdays")]
    assert boxes == ["0", "1", "2", "3", "4"]  # nobody works at the weekend
    assert not visitor.main.all("input", name="practitioner")  # there is one person only
    sent = {"weekdays": ["1", "2"], "parts": [PartOfDay.MORNING]}
    visitor.arrive(visitor.client.post(wait_path(asked), sent, follow=True), wait_path(asked))
    assert visitor.path == f"{asked.patient_path()}?done=waiting"
    entry = WaitingEntry.objects.get()
    assert (entry.appointment, entry.weekdays, entry.parts) == (asked, [1, 2], ["morning"])
    assert "You wait for an earlier time" in visitor.main.text
    assert "Tuesday, Wednesday" in visitor.main.text
    visitor.press("Leave the waiting list")
    assert visitor.path == f"{asked.patient_path()}?done=left"
    assert "You are no longer on the waiting list." in visitor.main.text
    entry.refresh_from_db()
    assert entry.state == EntryState.LEFT


def test_until_which_day_is_asked_kept_shown_and_changed(asked: Appointment, visitor: Visitor) -> None:
    visitor.get(wait_path(asked))
    visitor.press("Put me on the waiting list", last_day_day="6", last_day_month="12", last_day_year="2026")
    assert (visitor.status, visitor.title[:6]) == (422, "Error:")
    assert visitor.main.one("div", class_="error-summary").one("li").text == "Enter today or a later day"
    visitor.press("Put me on the waiting list", last_day_day="9")
    assert WaitingEntry.objects.get().last_day == date(2026, 12, 9)
    assert "Wednesday 9 December 2026" in visitor.main.text
    visitor.follow("Change what I wait for")
    assert visitor.main.one("input", name="last_day_day").get("value") == "9"
    visitor.press("Change what I wait for", last_day_day="", last_day_month="", last_day_year="")
    assert WaitingEntry.objects.get().last_day is None


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (Channel.EMAIL, "We send you an email with a link, where you take it or say no."),
        (Channel.SMS, "We send you a text message with a link, where you take it or say no."),
        (Channel.PHONE, "We call you to ask whether you take it."),
    ],
)
def test_whoever_waits_reads_how_a_free_time_reaches_them(
    asked: Appointment, visitor: Visitor, diary: Diary, settings: Settings, channel: Channel, said: str
) -> None:
    settings.SMS_URL = "https://sms.example/send"
    Patient.objects.update(channel=channel)
    first = waiting(diary, "Cy", patient=asked.patient)
    assert said in visitor.get(wait_path(asked)).main.text
    waiting(diary, appointment=asked)
    for path in (asked.patient_path(), first.patient_path()):
        assert said in visitor.get(path).main.text


def test_nobody_is_promised_a_text_message_where_none_can_be_sent(
    asked: Appointment, visitor: Visitor, settings: Settings
) -> None:
    settings.SMS_URL = ""
    Patient.objects.update(channel=Channel.SMS)
    assert "We send you an email" in visitor.get(wait_path(asked)).main.text


def test_sent_twice_it_waits_once(asked: Appointment, visitor: Visitor) -> None:
    for _ in range(2):
        visitor.client.post(wait_path(asked), {"weekdays": ["1"]})
    assert WaitingEntry.objects.count() == 1


def test_what_it_waits_for_can_be_changed(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    waiting(diary, appointment=asked, weekdays=[1])
    visitor.get(asked.patient_path()).follow("Change what I wait for")
    ticked = [box.get("value") for box in visitor.main.all("input", name="weekdays") if "checked" in box.attributes]
    assert ticked == ["1"]
    visitor.client.post(wait_path(asked), {"parts": ["evening"]})
    assert WaitingEntry.objects.values_list("weekdays", "parts").get() == ([], ["evening"])


@pytest.mark.parametrize("sent", [{"weekdays": "7"}, {"weekdays": "x"}, {"weekdays": "6"}, {"parts": "\x00"}])
def test_what_is_not_on_the_form_asks_again(asked: Appointment, visitor: Visitor, sent: dict[str, str]) -> None:
    visitor.arrive(visitor.client.post(wait_path(asked), sent), wait_path(asked))
    assert visitor.status == 422
    assert visitor.main.one("div", class_="error-summary").one("a").text == "Choose one of these"
    assert not WaitingEntry.objects.exists()


def test_what_is_over_waits_for_nothing(asked: Appointment, visitor: Visitor, diary: Diary) -> None:
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    for method in ("get", "post"):
        response = getattr(visitor.client, method)(wait_path(asked))
        assert (response.status_code, response["Location"]) == (302, asked.patient_path())
    assert not WaitingEntry.objects.exists()


# An offered place


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


def actions(entry: WaitingEntry) -> list[str]:
    return [f"{entry.patient_path()}{action}/" for action in ("take", "decline", "leave")]


def test_promise_15_opening_its_pages_changes_nothing(asked: Appointment, offer: PlaceOffer, diary: Diary) -> None:
    before = everything()
    for path in (offer.entry.patient_path(), wait_path(asked), asked.patient_path()):
        assert Client().get(path).status_code == Client().head(path).status_code == 200
    for path in actions(offer.entry):
        for method in ("get", "head", "options", "put", "delete"):
            assert getattr(Client(), method)(path).status_code == 405
    assert everything() == before


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


# Strangers


def test_an_offer_of_someone_else_cannot_be_taken_or_declined(first_place: PlaceOffer, diary: Diary) -> None:
    stranger = waiting(diary, "Mallory")
    before = everything()
    for key in (first_place.pk, "", "x", "\x00", "9" * 30, "٣", -1):
        for path, status in zip(actions(stranger)[:2], (409, 302), strict=True):
            assert Client().post(path, {"offer": key}).status_code == status, key
    assert everything() == before


def test_a_token_of_one_kind_opens_nothing_of_the_other(asked: Appointment, diary: Diary) -> None:
    entry = waiting(diary, appointment=asked)
    of_entry = entry.patient_path().split("/")[-2]
    of_appointment = asked.patient_path().split("/")[-2]
    for path in (f"/en/appointments/{of_entry}/", f"/en/waiting/{of_appointment}/"):
        assert Client().get(path).status_code == 404
    # Even with the same reference.
    WaitingEntry.objects.filter(pk=entry.pk).update(reference=asked.reference)
    assert Client().get(f"/en/waiting/{of_appointment}/").status_code == 404


def test_other_links_are_answered_alike_whatever_is_asked(first_place: PlaceOffer) -> None:
    entry = first_place.entry
    good = links.make_token(reference=entry.reference, secret=entry.link_secret)
    WaitingEntry.objects.update(link_secret=new_secret())
    before, answers = everything(), set()
    for token in (good, f"{entry.reference}.{'0' * 40}", "ZZZZ-ZZZZ.0", "é", "\x00", "A" * 5000):
        answers.add(Client().get(f"/en/waiting/{token}/").content)
        for action in ("take", "decline", "leave"):
            response = Client().post(f"/en/waiting/{token}/{action}/", {"offer": first_place.pk})
            assert response.status_code == 404
            answers.add(response.content)
    answers.add(Client().get("/en/appointments/wrong/").content)
    assert len(answers) == 1
    assert everything() == before


def test_the_link_of_who_no_longer_waits_closes_after_half_a_year(diary: Diary, clock: time_machine.Traveller) -> None:
    entry = waiting(diary)
    clock.shift(timedelta(days=181))
    assert Client().get(entry.patient_path()).status_code == 200
    WaitingEntry.objects.update(state=EntryState.LEFT)
    assert Client().get(entry.patient_path()).status_code == 404


def test_forms_of_another_site_change_nothing(first_place: PlaceOffer, asked: Appointment) -> None:
    before = everything()
    for path in [*actions(first_place.entry), wait_path(asked)]:
        assert Client(enforce_csrf_checks=True).post(path, {"offer": first_place.pk}).status_code == 403
    assert everything() == before


def test_its_pages_are_neither_stored_nor_indexed(asked: Appointment, offer: PlaceOffer, visitor: Visitor) -> None:
    for path in (offer.entry.patient_path(), wait_path(asked)):
        visitor.get(path)
        assert "no-store" in visitor.response["Cache-Control"]
        assert visitor.response["Referrer-Policy"] == "same-origin"
        assert visitor.page.one("meta", name="robots").get("content") == "noindex"


def test_its_pages_cost_few_queries(asked: Appointment, offer: PlaceOffer, django_assert_max_num_queries: Any) -> None:
    Clinic.objects.update(languages=["en"])
    with django_assert_max_num_queries(7):
        Client().get(offer.entry.patient_path())
    with django_assert_max_num_queries(9):
        Client().get(wait_path(asked))


def test_its_token_stays_out_of_the_log(diary: Diary) -> None:
    path = waiting(diary).patient_path()
    record = logging.LogRecord("django", logging.ERROR, "", 1, "broken: %stake/", (path,), None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == "broken: /en/waiting/…/take/"
