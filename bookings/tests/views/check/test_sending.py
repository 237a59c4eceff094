"""What is sent is what was read, for one person, or the page says why not."""

from datetime import date, timedelta

import pytest
import time_machine

from bookings.enums import Need, State
from bookings.models import Appointment, Patient, Screening
from bookings.queries.openings import offered
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.views.check.page import EVERYTHING, SEND, rows, waiting
from bookings.tests.views.ways import CHECK, TIMES, to_check, to_details
from clinic.models import Clinic


def test_what_is_sent_is_what_was_read(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary).press("Continue", **EVERYTHING).press(SEND)
    asked = Appointment.objects.get()
    patient = asked.patient
    assert (asked.state, asked.needs) == (State.REQUESTED, [Need.SIGHT])
    assert (patient.name, patient.booked_by, patient.birth_date, patient.channel, patient.language) == (
        "Ada Example",
        "Grace Example",
        date(1985, 12, 10),
        "phone",
        "en",
    )
    screening = Screening.objects.get()
    assert (screening.appointment, screening.edition.treatment, screening.needs_review) == (
        asked,
        diary.treatment,
        False,
    )


def test_promise_16_one_email_address_several_people_and_nobody_is_overwritten(diary: Diary) -> None:
    for day, name in ((1, "Ada Example"), (2, "Grace Example")):
        to_details(Visitor(), diary, diary.at(day, 10)).press("Continue", **{**TYPED, "name": name}).press(SEND)
    people = [asked.patient.name for asked in Appointment.objects.order_by("starts_at")]
    assert people == ["Ada Example", "Grace Example"]
    assert Patient.objects.filter(email=TYPED["email"]).count() == 2


def test_promise_03_who_writes_slowly_keeps_the_time_and_every_word(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    """Nine minutes for each page, a break of an hour, and back again."""
    to_details(visitor, diary)
    for _ in range(3):
        clock.shift(timedelta(minutes=9))
        visitor.press("Continue", **{**TYPED, "phone": "12"})
    assert not offered(diary.wish(), diary.at(1, 10), now=diary.now + timedelta(minutes=27))
    visitor.press("Continue", **TYPED)
    clock.shift(timedelta(hours=1))
    assert visitor.get(CHECK).press(SEND).heading == "We have your request"


def test_nothing_of_it_stays_in_the_session(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary).press(SEND)
    kept = str(dict(visitor.client.session.items()))
    for typed in ("Ada Example", "ada@example.com", "12345678", "1985"):
        assert typed not in kept


def test_where_the_type_says_so_it_is_booked_at_once(diary: Diary, visitor: Visitor) -> None:
    diary.type.auto_confirm = True
    diary.type.save()
    to_check(visitor, diary)
    assert "The appointment is yours as soon as you book it. By booking it you agree" in visitor.main.text
    assert SEND not in visitor.main.text
    visitor.press("Book this appointment")
    assert Appointment.objects.get().state == State.CONFIRMED


def test_who_has_as_many_open_requests_as_one_may_reads_how_many_and_whom_to_call(
    diary: Diary, visitor: Visitor
) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    diary.request(diary.at(2, 10), visitor="earlier")
    to_check(visitor, diary).press(SEND)
    assert (visitor.status, visitor.heading) == (409, "You have asked already")
    assert "Under this email address or phone number, 1 request is waiting for our answer." in visitor.main.text
    assert visitor.main.one("a", class_="phone").get("href") == "tel:+49-30-23125001"
    assert Appointment.objects.filter(state=State.REQUESTED).count() == Patient.objects.count() == 1
    # The time stays held, and what was typed is kept.
    assert "We hold Tuesday 8 December, 10:00 for you until" in visitor.main.text
    assert rows(visitor.follow("Go back"))["Name"] == "Ada Example"


def test_a_day_that_the_answers_no_longer_allow_is_not_asked_for(
    diary: Diary, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the clinician had just lengthened the wait."""
    to_check(visitor, diary)
    monkeypatch.setattr("bookings.views.check.screened_of", lambda *_: waiting(diary))
    visitor.press(SEND)
    assert (visitor.status, visitor.heading) == (409, "Please choose a later day")
    assert "The answers ask for a later time." in visitor.main.text
    assert visitor.main.link("Choose another time") == TIMES
    assert not Patient.objects.exists()
