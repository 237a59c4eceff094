"""One mail to the address on record, with the links of all that is to come."""

import pytest
from django.test import Client

from bookings.actions.change import change_state
from bookings.enums import Actor, State
from bookings.models import Appointment, Course, MessageText, Patient
from bookings.tests.actions.waiting import booking, patient, waiting
from bookings.tests.diary import Diary
from bookings.tests.views.lost_link.asking import ADA, ask, outbox, texts


@pytest.mark.parametrize("contact", [ADA, " ADA@Example.com ", "reference", "spelled", "persian"])
def test_the_link_goes_to_the_address_on_record(asked: Appointment, contact: str) -> None:
    spellings = {
        "reference": asked.reference,
        "spelled": asked.reference.lower().replace("-", " "),
        "persian": asked.reference.translate(str.maketrans("23456789", "۲۳۴۵۶۷۸۹")),
    }
    ask(spellings.get(contact, contact))
    [sent] = outbox()
    assert sent.to == [ADA]
    assert sent.subject == "Your links"
    address = f"http://testserver{asked.patient_path()}"
    for text in (sent.body, sent.alternatives[0][0]):
        assert "Wednesday 9 December 2026, 10:00–10:30, Berlin time (CET)" in text
        assert text.count(address) == 1
    assert Client().get(asked.patient_path()).status_code == 200


def test_an_address_of_another_spelling_is_not_written_to(asked: Appointment) -> None:
    """The mail goes where the patient is known to read, whatever was typed."""
    ask("Ada@EXAMPLE.com")
    assert outbox()[0].to == [ADA]


def test_what_is_over_or_given_up_is_not_listed(asked: Appointment, diary: Diary) -> None:
    other = diary.request(diary.at(3, 9), visitor="v")
    change_state(appointment=asked, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    ask(ADA)
    assert asked.reference not in outbox()[0].body
    assert other.reference in outbox()[0].body
    change_state(appointment=other, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    ask(ADA)
    assert len(outbox()) == 1


def test_a_consultation_whose_sessions_can_be_booked_is(asked: Appointment, diary: Diary) -> None:
    for step in (State.CONFIRMED, State.COMPLETED):
        change_state(appointment=asked, to=step, actor=Actor.STAFF, now=diary.now)
    ask(ADA)
    assert not outbox()
    values = {"treatment": asked.treatment, "type": asked.type, "phase": "First", "sessions": 2, "gap_from": 7}
    Course.objects.create(consultation=asked, created_at=diary.now, **values)
    ask(ADA)
    assert outbox()[0].body.count(asked.patient_path()) == 1


def test_a_family_gets_all_its_links_in_one_mail_and_others_none(asked: Appointment, diary: Diary) -> None:
    sibling = diary.request(diary.at(3, 9), visitor="v")
    Patient.objects.filter(pk=sibling.patient_id).update(name="Ben Example", email="ADA@example.com")
    stranger = diary.request(diary.at(3, 11), visitor="w", booking=booking("Bea"))
    entry = waiting(diary, patient=patient(diary, "Cy", email=ADA))
    ask(asked.reference)
    [sent] = outbox()
    assert [one.patient_path() in sent.body for one in (asked, sibling, entry, stranger)] == [True, True, True, False]
    assert sent.body.index(asked.patient_path()) < sent.body.index(sibling.patient_path())


def test_the_reference_of_an_entry_will_do(diary: Diary) -> None:
    entry = waiting(diary, patient=patient(diary, "Cy", email="cy@example.com"))
    ask(entry.reference)
    assert outbox()[0].to == ["cy@example.com"]
    assert f"http://testserver{entry.patient_path()}" in outbox()[0].body


def test_a_mail_says_nothing_of_health_or_of_who(asked: Appointment, diary: Diary) -> None:
    ask(ADA)
    said = [asked.treatment.name, asked.type.name, asked.practitioner.name, asked.patient.name, "1511234"]
    assert not [(word, text) for word in said for text in texts() if word in text]


def test_it_is_in_the_patients_language(asked: Appointment) -> None:
    Patient.objects.update(language="fa")
    words = {"subject": "Your link", "body": "{links}", "sms": "{links}"}
    MessageText.objects.create(kind="links", language="fa", **words)
    ask(ADA)
    assert f"http://testserver{asked.patient_path().replace('/en/', '/fa/')}" in outbox()[0].body
    assert 'dir="rtl"' in outbox()[0].alternatives[0][0]
