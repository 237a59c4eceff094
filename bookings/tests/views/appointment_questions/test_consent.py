"""Consent to the use of the data comes first, in the language of the page."""

from bookings.enums import ConsentKind
from bookings.models import Appointment, Consent
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.factories import ConsentTextFactory
from bookings.tests.views.appointment_questions.answering import path
from clinic.models import Clinic


def test_who_has_not_agreed_is_asked_for_consent_first(diary: Diary, newcomer: Visitor) -> None:
    booked = diary.request(diary.at(2, 10))
    for step in ("", "1/", "1/more/", "1/since/"):
        assert newcomer.get(path(booked, step)).path == path(booked, "data/")
        assert newcomer.client.post(path(booked, "1/"), {"reply": "yes"})["Location"] == path(booked, "data/")
    assert newcomer.heading == "May we use your answers?"
    newcomer.press("Continue")
    assert newcomer.status == 422
    newcomer.press("Continue", agree="on")
    assert newcomer.path == path(booked, "1/")
    given = Consent.objects.get()
    assert (given.patient, given.appointment, given.kind, given.given_at) == (
        booked.patient,
        booked,
        "data",
        diary.now,
    )
    assert newcomer.get(path(booked, "data/")).path == path(booked, "1/")


def test_another_text_is_agreed_to_anew(diary: Diary, newcomer: Visitor, booked: Appointment) -> None:
    ConsentTextFactory(kind=ConsentKind.DATA, text="Another text.")
    newcomer.get(path(booked))
    ConsentTextFactory(kind=ConsentKind.DATA, text="A third text.")
    newcomer.press("Continue", agree="on")
    assert "This text has changed since you opened the page." in newcomer.main.text
    newcomer.press("Continue", agree="on")
    assert list(booked.consents.values_list("version", flat=True).order_by("version")) == [1, 3]


def test_in_a_language_that_is_not_signed_it_is_by_phone(diary: Diary, newcomer: Visitor, booked: Appointment) -> None:
    Clinic.objects.update(languages=["en", "fa"])
    other = diary.request(diary.at(2, 12))
    for one, address in ((booked, path(booked)), (other, path(other, "data/"))):
        newcomer.get(address.replace("/en/", "/fa/"))
        assert newcomer.heading == "Please call us: we ask you on the phone"
        assert one.reference in newcomer.main.text
        assert newcomer.main.one("a", class_="button").get("href") == "tel:+49-30-23125001"
        assert newcomer.main.link("Back to your appointment") == one.patient_path().replace("/en/", "/fa/")
