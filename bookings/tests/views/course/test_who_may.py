"""What stands in the way, and what a stranger or a scanner gets."""

from datetime import timedelta

import pytest
from django.test import Client

from bookings.enums import Reply, State
from bookings.models import Appointment
from bookings.tests.browser import Visitor
from bookings.tests.planned import Planned
from bookings.tests.rows import everything

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


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
