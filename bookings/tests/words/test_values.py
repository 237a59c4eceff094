"""What messages say of a visit: its people, until when it can be changed, and in which language."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from bookings.enums import Kind, MessageKind, State
from bookings.models import Appointment, Message, MessageText
from bookings.moments import when
from bookings.queries.about import About
from bookings.queries.letters import letter_of
from bookings.queries.values import values_of
from bookings.tests.diary import Diary
from bookings.tests.planned import Planned
from bookings.tests.words.said import message
from clinic.enums import LateChanges
from clinic.models import Clinic
from clinic.tests.factories import PractitionerFactory
from treatments.models import Aftercare, Preparation
from treatments.tests.pages import sign_draft, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    return Diary(now=now)


@pytest.fixture
def asked(diary: Diary) -> Appointment:
    """In three days at ten."""
    return diary.request(diary.at(3, 10))


def values(kind: str, appointment: Appointment, now: datetime, **more: Any) -> dict[str, str]:
    return values_of(About(message(kind, appointment, now, **more), Clinic.objects.current(), now))


def test_whoever_booked_is_greeted_and_whom_it_is_for_is_named(asked: Appointment, now: datetime) -> None:
    assert values("confirmed", asked, now)["for_name"] == ""
    patient = asked.patient
    patient.booked_by, patient.name = "Ben Example", "Ada http://evil.example/ Example"
    patient.save()
    found = values("confirmed", asked, now)
    assert (found["name"], found["for_name"]) == ("Ben Example", "For Ada Example")


def test_until_when_it_can_be_changed_online(asked: Appointment, now: datetime) -> None:
    assert values("confirmed", asked, now)["terms_late"] == (
        "You can move or cancel it online until Wednesday 9 December, 10:00. After that, please call."
    )
    late = asked.starts_at - timedelta(hours=24)
    assert values("reminder", asked, late)["terms_late"].endswith("please call us.")
    Clinic.objects.update(late_changes=LateChanges.ALLOWED)
    assert values("confirmed", asked, now)["terms_late"] == ""


def test_a_request_that_was_moved_still_waits_for_an_answer(asked: Appointment, now: datetime) -> None:
    written = message("moved", asked, now)
    assert values_of(About(written, Clinic.objects.current(), now))["reply"] == ""
    Appointment.objects.filter(pk=asked.pk).update(state=State.REQUESTED)
    written.appointment.refresh_from_db()
    found = values_of(About(written, Clinic.objects.current(), now))
    assert found["reply"].startswith("We answer within 1 working day.")
    assert found["advice"] == ""


def test_advice_has_its_own_days_and_hours(diary: Diary, asked: Appointment, now: datetime) -> None:
    diary.treatment.preparation_set.all().delete()
    Preparation.objects.create(treatment=diary.treatment, key="a", text_en="Sleep well", reason_en="It helps.")
    Preparation.objects.create(treatment=diary.treatment, key="b", text_en="No coffee", days_before=2)
    Preparation.objects.create(treatment=diary.treatment, key="c", text_en="Eat", days_before=0)
    Aftercare.objects.create(treatment=diary.treatment, key="d", text_en="Stay inside", until_en="until we say so")
    sign_draft(diary.treatment, now=now)
    diary.type.kind = Kind.SESSION
    diary.type.save()
    asked.type.refresh_from_db()
    keep = "Keep taking every medicine that was prescribed for you. If you wonder about one, ask whoever prescribed it."

    def advice(kind: str, at: datetime = now, **more: Any) -> list[str]:
        return values(kind, asked, at, **more)["advice"].split("\n")

    assert advice("confirmed") == ["Please prepare like this:", "- Sleep well. It helps.", "", keep]
    for days, line in {"2": "- From Tuesday 8 December: No coffee.", "0": "- On the day: Eat."}.items():
        assert advice("preparation", event=f"appointment {asked.pk}, preparation:{days}") == [line, "", keep]
    end = asked.ends_at
    assert advice("aftercare", end)[:2] == [
        "- Until Thursday 10 December, 14:30: Do not wear make-up on the area.",
        "- Stay inside, until we say so.",
    ]
    assert advice("aftercare", end + timedelta(hours=5))[0] == "- Stay inside, until we say so."


def test_signs_to_call_about_are_those_of_the_page(asked: Appointment, now: datetime) -> None:
    found = values("check_in", asked, now)
    assert found["call_clinic"] == "- A lump or pus\n- Anything else that worries you"
    assert found["call_emergency"] == "- Trouble breathing\n- Any other emergency"
    assert found["emergency"] == "112"


def test_staff_learn_what_changed(diary: Diary, asked: Appointment, now: datetime) -> None:
    line = asked.transitions.create(from_state="requested", to_state="confirmed", at=now, actor="staff")
    assert values("staff_diary", asked, now)["change"] == "Confirmed"
    old, was = PractitionerFactory(), {"moved_from": diary.at(2, 9), "moved_to": asked.starts_at}
    asked.transitions.create(from_state="confirmed", to_state="confirmed", at=now, actor="staff", **was)
    assert values("staff_diary", asked, now)["change"] == "Moved from Wed 9 Dec, 09:00 Berlin time"
    assert values("staff_diary", asked, now, practitioner=old)["change"] == f"Now with {asked.practitioner.name_en}"
    of_the_first = {"event": f"change {line.pk}, diary {asked.practitioner.pk}"}
    assert values("staff_diary", asked, now, **of_the_first)["change"] == "Confirmed", "whatever came after it"


def test_a_message_is_whole_in_one_language(diary: Diary, asked: Appointment, now: datetime) -> None:
    clinic = Clinic.objects.current()
    in_persian = {"subject": "س {when_short}", "body": "{advice} {link} {when}", "sms": "س"}
    with translation.override("ar"):
        letter = letter_of(message("confirmed", asked, now, language="fa"), clinic, now=now)
        # Nobody has written Persian words yet.
        assert letter.language == "en"
        assert "Thursday 10 December 2026" in letter.body
        assert "/en/appointments/" in letter.body
        MessageText.objects.create(kind="confirmed", language="fa", **in_persian)
        # Its page is signed in English only: half a Persian mail helps nobody.
        assert letter_of(message("confirmed", asked, now, language="fa"), clinic, now=now).language == "en"
        translate(diary.treatment)
        sign_draft(diary.treatment, now=now, language="fa")
        letter = letter_of(message("confirmed", asked, now, language="fa"), clinic, now=now)
        assert letter.language == "fa"
        assert "/fa/appointments/" in letter.body
        assert "Thursday" not in letter.body
        assert translation.get_language() == "ar"


def test_staffs_words_count_while_their_gaps_exist(asked: Appointment, now: datetime) -> None:
    clinic = Clinic.objects.current()
    words = {"subject": "Off\n: {reference}", "body": "Bye {name}", "sms": "x"}
    own = MessageText.objects.create(kind="cancelled", language="en", **words)
    letter = letter_of(message("cancelled", asked, now), clinic, now=now)
    assert (letter.subject, letter.body) == (f"Off : {asked.reference}", "Bye Ada Example")
    own.body = "Bye {gone}"
    own.save()
    assert letter_of(message("cancelled", asked, now), clinic, now=now).subject.startswith(
        "Your appointment is cancelled"
    )


def test_pages_soon_due_for_review_are_named(diary: Diary, now: datetime) -> None:
    clinic, due = Clinic.objects.current(), now + timedelta(days=364)
    written = Message(kind=MessageKind.STAFF_REVIEW)
    line = "- Facial rejuvenation (English): 6 December 2027"
    assert values_of(About(written, clinic, due))["pages"] == line
    assert values_of(About(written, clinic, due - timedelta(days=15)))["pages"] == ""


def test_a_course_that_was_asked_for_names_all_its_times(now: datetime) -> None:
    planned = Planned(now=now)
    sessions = planned.book()
    told = Message.objects.get(kind="requested", appointment__in=sessions)
    said = values_of(About(told, Clinic.objects.current(), now))["when"]
    assert said.splitlines() == [when(one.starts_at, one.location, one.ends_at) for one in sessions]
