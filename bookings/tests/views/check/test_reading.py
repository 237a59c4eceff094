"""Everything that was answered is read once more, with the clinic's terms."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.enums import ConsentKind, State
from bookings.models import Appointment, Consent, ConsentText, Patient
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import ConsentTextFactory
from bookings.tests.views.check.page import EVERYTHING, SEND, new_terms, rows
from bookings.tests.views.ways import CHECK, CONSENT, DETAILS, QUESTIONS, TIMES, to_check, to_details
from clinic.models import Clinic


def test_everything_that_was_answered_is_read_once_more(diary: Diary, visitor: Visitor) -> None:
    to_details(visitor, diary).press("Continue", **EVERYTHING)
    assert rows(visitor) == {
        "About": "Facial rejuvenation · Consultation",
        "When": "Tuesday 8 December 2026, 10:00 Berlin, CET",
        "Where": "Berlin",
        "With": diary.practitioner.name_en,
        "Questions": "All answered",
        "Booked by": "Grace Example",
        "Name": "Ada Example",
        "Date of birth": "10 December 1985",
        "Phone": "+49 1511 2345678",
        "Email": "ada@example.com",
        "Contact by": "Phone call",
        "On the day": "Help with seeing",
    }


def test_who_books_for_themselves_and_needs_nothing_reads_that_too(diary: Diary, visitor: Visitor) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    to_details(visitor, diary).press("Continue", **TYPED, language="fa")
    said = rows(visitor)
    assert (said["For"], said["On the day"], said["Language"]) == ("Me", "Nothing in particular", "Persian")
    assert "Booked by" not in said


def test_every_answer_has_a_link_that_leads_to_where_it_can_be_changed(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    leads = [link.get("href") for link in visitor.main.all("a") if link.text.startswith("Change ")]
    assert len(leads) == len(rows(visitor))
    on_details = [lead.removeprefix(DETAILS).removeprefix("#") for lead in leads if lead.startswith(DETAILS)]
    assert {lead for lead in leads if not lead.startswith(DETAILS)} >= {TIMES, QUESTIONS}
    visitor.get(DETAILS)
    assert {control.get("id") for control in visitor.main.all("input")} >= set(on_details)


def test_the_page_costs_the_same_whatever_was_answered(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    with CaptureQueriesContext(connection) as few:
        visitor.get(CHECK)
    visitor.get(DETAILS).press("Continue", **EVERYTHING)
    with CaptureQueriesContext(connection) as many:
        visitor.get(CHECK)
    assert len(few) == len(many) == 11


def test_the_clinics_terms_stand_before_the_button(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    section = visitor.main.one("section", class_="terms")
    assert [paragraph.text for paragraph in section.all("p")] == ["The text about terms.", "Its second paragraph."]
    text = visitor.main.text
    assert text.index("Its second paragraph.") < text.index("By sending it you agree to the terms above.")
    assert text.index("By sending it you agree to the terms above.") < text.index(SEND)


def test_what_was_agreed_to_is_kept_word_for_word(
    diary: Diary, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    to_check(visitor, diary)
    clock.shift(timedelta(minutes=2))
    visitor.press(SEND)
    given = {consent.kind: consent for consent in Consent.objects.all()}
    assert set(given) == {ConsentKind.DATA, ConsentKind.TERMS}
    terms = ConsentText.objects.current("en")[ConsentKind.TERMS]
    kept = given[ConsentKind.TERMS]
    assert (kept.text, kept.hash, kept.version, kept.language) == (terms.text, terms.hash, terms.version, "en")
    assert kept.given_at == diary.now + timedelta(minutes=2)
    assert given[ConsentKind.DATA].given_at == diary.now
    assert {consent.appointment for consent in given.values()} == {Appointment.objects.get()}


def test_terms_that_changed_while_the_page_was_open_are_shown_before_anything_is_sent(
    diary: Diary, visitor: Visitor
) -> None:
    to_check(visitor, diary)
    new = new_terms()
    visitor.press(SEND)
    assert (visitor.status, visitor.heading) == (409, "Check your answers")
    assert visitor.main.one("div", class_="error-summary").one("h2").text == "Our terms have changed"
    assert visitor.main.one("a", href="#terms")
    assert "From today: cancel two days before." in visitor.main.one("section", id="terms").text
    assert Appointment.objects.get().state == State.HELD
    assert not Patient.objects.exists()
    visitor.press(SEND)
    assert Consent.objects.get(kind=ConsentKind.TERMS).hash == new.hash


@pytest.mark.parametrize("sent", [{}, {"terms": ""}, {"terms": "\x00"}, {"terms": "0" * 64}])
def test_terms_that_were_never_seen_are_not_agreed_to(diary: Diary, visitor: Visitor, sent: dict[str, str]) -> None:
    to_check(visitor, diary)
    response = visitor.client.post(CHECK, {"reference": Appointment.objects.get().reference, **sent})
    assert response.status_code == 409
    assert not Consent.objects.exists()


def test_a_new_text_about_data_is_asked_about_before_anything_is_sent(diary: Diary, visitor: Visitor) -> None:
    to_check(visitor, diary)
    ConsentTextFactory(kind=ConsentKind.DATA, text="We also use your data for something else.")
    visitor.press(SEND)
    assert visitor.path == CONSENT
    assert not Patient.objects.exists()
    # What was typed is kept meanwhile.
    assert visitor.press("Continue", agree="on").path == CHECK
    assert rows(visitor)["Name"] == "Ada Example"
