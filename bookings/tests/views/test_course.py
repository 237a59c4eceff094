"""A course from the link of its consultation: consent, the proposal, the held set, and the booking."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from bookings.enums import ConsentKind, Reply, State
from bookings.models import Appointment, Consent, ConsentText
from bookings.queries.courses import key_of
from bookings.tests.browser import Visitor
from bookings.tests.factories import ConsentTextFactory, TimeOffFactory
from bookings.tests.planned import Planned
from bookings.tests.rows import everything
from clinic.models import Clinic

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def planned(now: datetime, clock: time_machine.Traveller) -> Planned:
    return Planned(now=now)


@pytest.fixture
def unsigned(now: datetime, clock: time_machine.Traveller) -> Planned:
    return Planned(now=now, consented=False)


@pytest.fixture
def visitor() -> Visitor:
    """Whoever has opened the link."""
    return Visitor()


def days_shown(visitor: Visitor) -> list[str]:
    return [line.all("strong")[0].text for line in visitor.main.all("li", class_="course-line") if line.all("strong")]


def people_shown(visitor: Visitor) -> list[str]:
    return [line.all("bdi")[0].text for line in visitor.main.all("li", class_="course-line")]


FOUR = [f"Tuesday {day} December 2026, 09:00" for day in (8, 15, 22, 29)]


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


def test_the_set_is_proposed_with_whom_the_patient_knows(now: datetime, clock: object, visitor: Visitor) -> None:
    planned = Planned(now=now, people=2)
    known, other = planned.diary.practitioners
    assert planned.consultation.practitioner == known
    assert people_shown(visitor.get(planned.path())) == [known.name] * 4
    visitor.follow(other.name)
    assert people_shown(visitor) == [other.name] * 4
    TimeOffFactory(
        practitioner=known,
        location=planned.diary.location,
        starts_at=planned.diary.at(1, 8),
        ends_at=planned.diary.at(5, 18),
    )
    visitor.follow("anyone")
    assert people_shown(visitor) == [other.name] * 4, "who is free first"


def test_the_time_of_day_is_kept_where_it_can_be(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).follow("Afternoon")
    assert {day.rpartition(" ")[2] for day in days_shown(visitor)} == {"12:00"}
    visitor.follow("Evening")
    assert {day.rpartition(" ")[2] for day in days_shown(visitor)} == {"16:30"}, "nobody works then: the nearest"


def test_what_is_shown_is_what_is_held(planned: Planned, visitor: Visitor) -> None:
    shown = days_shown(visitor.get(f"{planned.path()}?part=afternoon"))
    visitor.press("Hold these times")
    assert days_shown(visitor) == shown


def test_a_course_has_one_set_of_holds_in_whatever_browser(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).press("Hold these times")
    other = Visitor().get(planned.path())
    assert other.heading == "Do these times suit you?"
    assert days_shown(other) == days_shown(visitor) == FOUR
    other.press("Hold them for longer")
    assert Appointment.objects.held_by(key_of(planned.course)).count() == 4


def test_a_time_that_was_taken_meanwhile_gives_another_set(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path())
    planned.diary.hold(planned.diary.at(8, 9), visitor="rival")
    visitor.press("Hold these times")
    assert visitor.status == 409
    assert "One of these times is no longer free" in visitor.main.text
    assert days_shown(visitor)[1] != FOUR[1]
    assert not Appointment.objects.held_by(key_of(planned.course)).exists()
    visitor.press("Hold these times")
    assert visitor.heading == "Do these times suit you?"


def test_holds_are_held_for_longer_and_freed_by_a_button(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    visitor.get(planned.path()).press("Hold these times")
    clock.shift(4 * MINUTE)
    visitor.press("Hold them for longer")
    assert "until 09:14, Berlin time" in visitor.main.text
    clock.shift(30 * MINUTE)
    visitor.get(visitor.path)
    assert "they are no longer held" in visitor.main.text
    visitor.press("Hold them again")
    assert "until 09:44, Berlin time" in visitor.main.text
    visitor.press("Stop, and free the times")
    assert visitor.path == planned.consultation.patient_path()
    assert not planned.course.appointments.exists()


def test_a_set_that_ran_out_is_booked_while_it_is_free(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    visitor.get(planned.path()).press("Hold these times")
    clock.shift(30 * MINUTE)
    visitor.press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"


@pytest.mark.parametrize("button", ["Book these 4 sessions", "Hold them for longer"])
def test_a_set_that_ran_out_and_lost_a_time_is_proposed_anew(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller, button: str
) -> None:
    visitor.get(planned.path()).press("Hold these times")
    clock.shift(30 * MINUTE)
    planned.diary.hold(planned.diary.at(8, 9), visitor="rival", now=planned.now + 30 * MINUTE)
    visitor.press(button)
    assert visitor.status == (409 if "Book" in button else 200)
    assert "One of these times is no longer free" in visitor.main.text
    assert not Appointment.objects.filter(course=planned.course).exclude(state=State.HELD).exists()
    # Coming back later, whatever is still held keeps its time, and the lost session gets another.
    visitor.get(planned.path())
    assert days_shown(visitor)[0] == FOUR[0]
    assert days_shown(visitor)[1] not in FOUR
    visitor.press("Hold these times").press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"


def test_a_set_lost_to_time_off_is_proposed_anew(
    planned: Planned, visitor: Visitor, clock: time_machine.Traveller
) -> None:
    visitor.get(planned.path()).press("Hold these times")
    clock.shift(30 * MINUTE)
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(8, 8),
        ends_at=planned.diary.at(8, 18),
    )
    visitor.press("Book these 4 sessions")
    assert visitor.status == 409
    assert days_shown(visitor)[1] not in FOUR
    visitor.press("Hold these times").press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"


def test_booking_twice_books_once(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).press("Hold these times")
    form, _button = visitor.main.form_with("Book these 4 sessions")
    sent = {"step": "book", "seen": [one.get("value") for one in form.all("input", name="seen")]}
    for _ in range(2):
        assert visitor.client.post(planned.path(), sent).status_code == 302
        assert planned.course.appointments.filter(state=State.REQUESTED).count() == 4


def test_nobody_books_a_set_they_have_not_seen(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).press("Hold these times")
    planned.hold(planned.on({1: 2, 2: 9, 3: 16, 4: 23}))
    visitor.press("Book these 4 sessions")
    assert visitor.status == 409
    assert "Something has changed meanwhile" in visitor.main.text
    assert days_shown(visitor)[0] == "Wednesday 9 December 2026, 10:00"
    visitor.press("Book these 4 sessions")
    assert visitor.heading == "We have your request for these sessions"


def test_too_many_open_requests_get_a_kind_page_and_the_times_stay_held(planned: Planned, visitor: Visitor) -> None:
    Clinic.objects.update(open_requests_per_contact=1)
    planned.diary.request(planned.diary.at(3, 15), visitor="ada")
    visitor.get(planned.path()).press("Hold these times").press("Book these 4 sessions")
    assert visitor.status == 409
    assert visitor.heading == "Some requests are still open"
    assert planned.course.appointments.filter(state=State.HELD).count() == 4


def test_a_screening_that_waits_for_review_stops_the_booking_kindly(planned: Planned, visitor: Visitor) -> None:
    screening = planned.answer(at=planned.now - MINUTE)
    screening.needs_review = True
    screening.save()
    visitor.get(planned.path())
    assert visitor.heading == "A clinician reads your answers first"
    assert visitor.main.all("form") == []
    response = visitor.client.post(planned.path(), {"step": "hold", "start_1": "20261207T1000Z", "with_1": "person-0"})
    assert response.status_code in (409, 422)
    assert not planned.course.appointments.exists()


def test_answers_that_speak_against_the_treatment_lead_to_the_phone(planned: Planned, visitor: Visitor) -> None:
    key = planned.diary.treatment.contraindication_set.get().key
    planned.answer(at=planned.now - MINUTE, **{key: Reply.YES})
    visitor.get(planned.path())
    assert "speaks against this treatment" in visitor.main.text
    assert visitor.main.all("form") == []


def test_no_free_times_say_so_with_the_phone(planned: Planned, visitor: Visitor) -> None:
    planned.course.type.practitioners.clear()
    visitor.get(planned.path())
    assert "There are no free times that keep the plan" in visitor.main.text
    assert visitor.main.all("a", class_="phone")
    assert visitor.main.all("button") == []


@pytest.mark.parametrize("state", sorted(set(State) - {State.COMPLETED, State.HELD}))
def test_before_the_consultation_is_completed_nothing_is_booked(
    planned: Planned, visitor: Visitor, state: State
) -> None:
    Appointment.objects.filter(pk=planned.consultation.pk).update(state=state)
    visitor.get(planned.path())
    assert visitor.status == 200
    assert visitor.main.all("form") == []


def test_only_the_courses_of_this_consultation_are_behind_its_link(planned: Planned, visitor: Visitor) -> None:
    other = planned.of_someone_else()
    for number in (other.pk, 10**30):
        path = planned.path().replace(f"/{planned.course.pk}/", f"/{number}/")
        for ask in (visitor.client.get, visitor.client.post):
            response = ask(path)
            assert response.status_code == 404
            assert planned.course.treatment.name_en not in response.content.decode()


def test_the_link_of_a_session_or_of_another_patient_opens_no_course(planned: Planned, visitor: Visitor) -> None:
    [first, *_rest] = planned.book()
    stranger = planned.diary.request(planned.diary.at(3, 15), visitor="eve")
    for one in (first, stranger):
        path = f"{one.patient_path()}course/{planned.course.pk}/"
        assert visitor.client.get(path).status_code == 404
        assert visitor.client.post(path, {"step": "free"}).status_code == 404


def test_scanners_change_nothing(planned: Planned, visitor: Visitor) -> None:
    visitor.get(planned.path()).press("Hold these times")
    paths = [planned.path(), f"{planned.path()}?step=book", f"{planned.path()}?said=along&session=9x&along=1,,ü"]
    paths += [planned.path(2), planned.path("questions"), f"{planned.path(2)}?day=2026-12-15"]
    before = everything()
    for path in paths:
        for ask in (Client().get, Client().head):
            assert ask(path).status_code < 400
    assert everything() == before


def test_an_unknown_step_does_nothing(planned: Planned, visitor: Visitor) -> None:
    before = everything()
    unreadable = {"step": "hold", "start_1": "x", "with_1": "y"}
    for sent in ({}, {"step": "pay"}, {"step": "hold"}, unreadable, {"step": "book"}):
        assert visitor.client.post(planned.path(), sent).status_code in (302, 409, 422)
    assert everything() == before


def test_a_cancelled_session_is_booked_again_between_the_others(planned: Planned, visitor: Visitor) -> None:
    sessions = planned.book()
    planned.cancel(sessions[1])
    visitor.get(planned.path())
    assert visitor.heading == "Times for your sessions"
    assert days_shown(visitor) == FOUR
    assert "Proposed" in visitor.main.text
    visitor.press("Hold this time")
    visitor.press("Book this session")
    assert visitor.heading == "We have your request for these sessions"
    assert planned.course.appointments.filter(session_number=2, state=State.REQUESTED).count() == 1


def test_a_missing_session_that_finds_no_time_says_so(planned: Planned, visitor: Visitor) -> None:
    sessions = planned.book()
    planned.cancel(sessions[1])
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(4, 8),
        ends_at=planned.diary.at(14, 18),
    )
    visitor.get(planned.path())
    assert "There is no free time for it that keeps the plan" in visitor.main.text
    assert visitor.main.all("button") == []
    assert len(days_shown(visitor)) == 3
