"""The check page: everything once more, the terms, and what is stored when it is sent."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.actions.booking import Screened
from bookings.enums import ConsentKind, Need, State
from bookings.models import Appointment, Consent, ConsentText, Patient, Screening
from bookings.queries.openings import offered
from bookings.tests.browser import TYPED, Visitor
from bookings.tests.factories import ConsentTextFactory, Diary
from bookings.tests.views.ways import CHECK, CONSENT, DETAILS, QUESTIONS, TIMES, to_check, to_details
from clinic.models import Clinic

SEND = "Ask for this appointment"
EVERYTHING = {**TYPED, "whose": "other", "booked_by": "Grace Example", "channel": "phone", "needs": ["sight"]}


def rows(visitor: Visitor) -> dict[str, str]:
    """What the page says, by term."""
    lists = visitor.main.all("dl", class_="summary")
    return {row.one("dt").text: row.all("dd")[0].text for one in lists for row in one.all("div")}


def new_terms() -> ConsentText:
    return ConsentTextFactory(kind=ConsentKind.TERMS, text="From today: cancel two days before.")


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


# Terms


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


# Sending


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


# At once


def test_where_the_type_says_so_it_is_booked_at_once(diary: Diary, visitor: Visitor) -> None:
    diary.type.auto_confirm = True
    diary.type.save()
    to_check(visitor, diary)
    assert "The appointment is yours as soon as you book it. By booking it you agree" in visitor.main.text
    assert SEND not in visitor.main.text
    visitor.press("Book this appointment")
    assert Appointment.objects.get().state == State.CONFIRMED


# Too many, and other rules


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


def waiting(diary: Diary) -> Screened:
    edition = diary.treatment.editions.get()
    return Screened(edition, {}, needs_review=False, not_before=diary.at(9, 0).date(), at=diary.now)
