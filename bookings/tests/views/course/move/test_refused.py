"""A session that may not be moved, or not there, stays where it is and the page says why."""

import pytest
import time_machine
from django.urls import reverse

from bookings.enums import State
from bookings.models import Appointment
from bookings.templatetags.diary import instant
from bookings.tests.browser import Visitor
from bookings.tests.factories import TimeOffFactory
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings, everything
from bookings.tests.views.course.move.moving import choose, days_of, move_path, session
from bookings.views.link import token_of
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


def test_without_a_way_out_the_phone_is_shown_and_nothing_moves(planned: Planned, visitor: Visitor) -> None:
    TimeOffFactory(
        practitioner=planned.diary.practitioner,
        location=planned.diary.location,
        starts_at=planned.diary.at(16, 0),
        ends_at=planned.diary.at(21, 20),
    )
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    assert visitor.heading == "That would break the plan"
    assert "Session 3 would come 4 days after session 2" in visitor.main.text
    assert visitor.main.all("button") == []
    assert visitor.main.all("a", class_="phone")


def test_a_patient_cannot_break_the_plan_by_sending_less_than_was_shown(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 2, planned.diary.at(11, 10))
    form, _button = visitor.main.form_with("Move all of them")
    sent = {name: value for name, value in form.fields().items() if not name.endswith(("_3", "_4"))}
    before = bookings()
    response = visitor.client.post(form.get("action"), sent)
    assert response.status_code == 409
    assert "Something has changed meanwhile" in response.content.decode()
    assert bookings() == before


def test_late_means_calling(planned: Planned, visitor: Visitor, clock: time_machine.Traveller) -> None:
    path, check = move_path(planned, 1), f"{move_path(planned, 1)}check/"
    clock.move_to(planned.diary.at(0, 11))
    before = bookings()
    for answer in (visitor.client.get(path), visitor.client.post(path, {}), visitor.client.post(check, {})):
        assert answer.status_code == 409
        assert "Please call us" in answer.content.decode()
    assert bookings() == before


def test_it_may_go_to_no_day_before_the_cooling_off_is_over(planned: Planned, visitor: Visitor) -> None:
    Clinic.objects.update(cooling_off_days=5)
    visitor.get(move_path(planned, 1))
    free = [link.text.split()[0] for link in visitor.main.all("a", class_="month__day--free")]
    assert free[0] == "10"
    choose(visitor, planned, 1, planned.diary.at(2, 10))
    assert visitor.heading == "Not at that time"


@pytest.mark.parametrize("state", [State.CANCELLED, State.COMPLETED, State.NO_SHOW, State.DECLINED])
def test_what_is_over_leads_to_its_page(planned: Planned, visitor: Visitor, state: State) -> None:
    one = session(planned, 2)
    path = move_path(planned, 2)
    Appointment.objects.filter(pk=one.pk).update(state=state)
    for address in (path, f"{path}check/"):
        assert visitor.client.get(address).headers["Location"] == one.patient_path()
        assert visitor.client.post(address).headers["Location"] == one.patient_path()


def test_what_is_no_session_has_no_such_page(planned: Planned, visitor: Visitor) -> None:
    alone = planned.diary.request(planned.diary.at(3, 15), visitor="eve")
    path = reverse("bookings:course_move", args=[token_of(alone)])
    assert visitor.client.get(path).headers["Location"] == alone.patient_path()


def test_nonsense_leads_back_to_the_calendar(planned: Planned, visitor: Visitor) -> None:
    check = f"{move_path(planned, 2)}check/"
    before = everything()
    start = instant(planned.diary.at(9, 10))
    for query in ("", "?start=soon", f"?start={start}&practitioner=nobody"):
        assert visitor.client.get(f"{check}{query}").status_code == 302
    for sent in ({}, {"start": start}, {"start": start, "start_2": start, "with_2": "nobody", "seen_2": start}):
        assert visitor.client.post(check, sent).status_code == 302
    assert visitor.client.post(move_path(planned, 2), {"start": "soon"}).status_code == 422
    assert everything() == before


def test_only_sessions_of_this_course_are_moved(planned: Planned, visitor: Visitor) -> None:
    choose(visitor, planned, 4, planned.diary.at(24, 10))
    form, _button = visitor.main.form_with("Move it")
    start = instant(planned.diary.at(30, 10))
    more = {"start_9": start, "with_9": planned.diary.practitioner.slug, "seen_9": start}
    visitor.client.post(form.get("action"), form.fields() | more)
    assert days_of(planned) == [1, 8, 15, 24]


def test_a_wrong_or_revoked_link_opens_nothing(planned: Planned, visitor: Visitor) -> None:
    path = move_path(planned, 2)
    Appointment.objects.update(link_secret="another")
    for address in (path, f"{path}check/"):
        assert visitor.client.get(address).status_code == visitor.client.post(address).status_code == 404
