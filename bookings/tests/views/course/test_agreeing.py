"""Before any time: the texts that are in force are agreed to, each once."""

from datetime import timedelta

import pytest
import time_machine

from bookings.enums import ConsentKind, State
from bookings.models import Appointment, Consent, ConsentText
from bookings.tests.browser import Visitor
from bookings.tests.factories import ConsentTextFactory
from bookings.tests.planned import Planned
from bookings.tests.views.course.shown import days_shown

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_from_consent_to_a_request_for_all_sessions(unsigned: Planned, visitor: Visitor) -> None:
    visitor.get(unsigned.consultation.patient_path())
    visitor.get(unsigned.path())
    assert visitor.heading == "Do you agree to the treatment?"
    assert "The text about treatment." in visitor.main.text
    visitor.press("Continue", agree_treatment="on")
    assert visitor.heading == "Times for your sessions"
    assert "The first day for a session is Thursday 10 December." in visitor.main.text
    assert days_shown(visitor) == [
        "Thursday 10 December 2026, 09:00",
        "Thursday 17 December 2026, 09:00",
        "Thursday 24 December 2026, 09:00",
        "Thursday 31 December 2026, 09:00",
    ]
    assert visitor.main.text.count("7 days later") == 3
    visitor.press("Hold these times")
    assert visitor.heading == "Do these times suit you?"
    assert "We hold these 4 times for you until 09:10, Berlin time." in visitor.main.text
    visitor.press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"
    sessions = Appointment.objects.filter(course=unsigned.course)
    assert {one.state for one in sessions} == {State.REQUESTED}
    for one in sessions:
        assert visitor.main.link(one.reference) == one.patient_path()


def test_the_consent_is_kept_word_for_word_for_this_treatment(unsigned: Planned, visitor: Visitor) -> None:
    visitor.get(unsigned.path()).press("Continue", agree_treatment="on")
    text = ConsentText.objects.current("en")[ConsentKind.TREATMENT]
    kept = Consent.objects.get(kind=ConsentKind.TREATMENT)
    assert (kept.text, kept.hash, kept.version, kept.language) == (text.text, text.hash, text.version, "en")
    assert (kept.treatment, kept.appointment, kept.patient, kept.given_at) == (
        unsigned.course.treatment,
        unsigned.consultation,
        unsigned.consultation.patient,
        unsigned.now,
    )


def test_the_box_is_not_ticked_and_must_be(unsigned: Planned, visitor: Visitor) -> None:
    visitor.get(unsigned.path())
    box = visitor.main.one("input", name="agree_treatment")
    assert box.get("type") == "checkbox"
    assert "checked" not in box.attributes
    form, _button = visitor.main.form_with("Continue")
    sent = form.fields() | {"agree_treatment": ""}
    visitor.arrive(visitor.client.post(unsigned.path(), sent), unsigned.path())
    assert visitor.status == 422
    assert visitor.title.startswith("Error: ")
    assert "Tick the box if you agree" in visitor.main.one("div", class_="error-summary").text
    assert not Consent.objects.filter(kind=ConsentKind.TREATMENT).exists()


def test_nobody_agrees_to_a_text_they_have_not_seen(unsigned: Planned, visitor: Visitor) -> None:
    visitor.get(unsigned.path())
    ConsentTextFactory(kind=ConsentKind.TREATMENT, text="Other words.")
    visitor.press("Continue", agree_treatment="on")
    assert visitor.status == 409
    assert "This text has changed since you opened the page" in visitor.main.text
    assert "Other words." in visitor.main.text
    assert not Consent.objects.filter(kind=ConsentKind.TREATMENT).exists()
    visitor.press("Continue", agree_treatment="on")
    assert Consent.objects.get(kind=ConsentKind.TREATMENT).text == "Other words."


def test_agreeing_twice_is_kept_once(unsigned: Planned, visitor: Visitor) -> None:
    visitor.get(unsigned.path())
    form, _button = visitor.main.form_with("Continue")
    sent = form.fields() | {"agree_treatment": "on"}
    for _ in range(2):
        assert visitor.client.post(unsigned.path(), sent).status_code == 302
    assert Consent.objects.filter(kind=ConsentKind.TREATMENT).count() == 1


def test_a_text_that_changed_is_asked_for_again_before_anything_is_booked(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).press("Hold these times")
    ConsentTextFactory(kind=ConsentKind.TREATMENT, text="Other words.")
    visitor.press("Book these 4 sessions")
    assert visitor.heading == "Do you agree to the treatment?"
    assert {one.state for one in planned.course.appointments.all()} == {State.HELD}


def test_new_terms_are_agreed_to_along_with_the_treatment(planned: Planned, visitor: Visitor) -> None:
    ConsentTextFactory(kind=ConsentKind.TERMS, text="New terms.")
    visitor.get(planned.path())
    assert "New terms." in visitor.main.text
    assert visitor.main.all("input", name="agree_treatment") == []
    visitor.press("Continue", agree_terms="on")
    assert visitor.heading == "Times for your sessions"
    assert Consent.objects.filter(kind=ConsentKind.TERMS).count() == 2


def test_without_a_text_in_the_pages_language_the_clinic_is_called(unsigned: Planned, visitor: Visitor) -> None:
    visitor.get(unsigned.path().replace("/en/", "/fa/"))
    assert visitor.status == 200
    assert visitor.main.all("form") == []
    assert "+493023125001" in visitor.main.text.replace(" ", "")


def test_who_agreed_in_another_language_is_not_asked_again(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path().replace("/en/", "/fa/"))
    assert len(days_shown(visitor)) == 4


def test_a_first_day_that_is_today_by_the_places_clock_is_not_said(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    for before_midnight, is_said in ((MINUTE, True), (0 * MINUTE, False)):
        clock.move_to(planned.diary.at(1, 0) - before_midnight)
        assert ("The first day for a session is" in visitor.get(planned.path()).main.text) is is_said
