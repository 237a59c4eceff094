"""Who treats reviews what has to be looked at first."""

import pytest
from django.test import Client

from bookings.enums import State
from bookings.models import Appointment
from bookings.tests.admin.staff import answer, page, press
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


def test_a_review_lets_the_request_be_confirmed(client: Client, diary: Diary, asked: Appointment) -> None:
    given = answer(asked, diary.now, reply="not_sure", needs_review=True)
    assert "A clinician has not reviewed the answers yet." in page(client, asked)
    assert "Reviewed: suitable" in page(client, asked, "answers")
    assert "Reviewed." in press(client, asked, "review", screening=given.pk).content.decode()
    given.refresh_from_db()
    assert (given.reviewed_by.username, given.reviewed_at) == ("doctor", diary.now)
    assert "Reviewed: suitable" not in page(client, asked, "answers")
    press(client, asked, "state", to="confirmed")
    asked.refresh_from_db()
    assert asked.state == State.CONFIRMED


@pytest.mark.parametrize("key", ["", "x", "999"])
def test_only_answers_of_this_appointment_are_reviewed(
    client: Client, diary: Diary, asked: Appointment, key: str
) -> None:
    other = answer(diary.request(diary.at(2, 10), visitor="b"), diary.now, needs_review=True)
    for wanted in (key, other.pk):
        assert press(client, asked, "review", screening=wanted).status_code == 404
    other.refresh_from_db()
    assert not other.reviewed_at
