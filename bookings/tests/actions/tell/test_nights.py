"""Nobody is woken up, but for what is about the same day or answers what they did."""

from datetime import timedelta

import pytest

from bookings.actions.cancel import cancel
from bookings.enums import State
from bookings.models import Appointment, Message
from bookings.tests.actions.tell.staff_say import staff_say
from bookings.tests.actions.waiting import open_offers
from bookings.tests.actions.waiting import waiting as on_the_list
from bookings.tests.diary import Diary
from bookings.tests.messages import of
from clinic.models import Clinic

pytestmark = pytest.mark.django_db


def test_what_staff_decide_at_night_is_said_in_the_morning(diary: Diary, asked: Appointment) -> None:
    staff_say(asked, State.CONFIRMED, diary.at(0, 22))
    assert of(asked).get(kind="confirmed").due_at == diary.at(1, 8)


def test_what_is_about_today_is_said_at_once(diary: Diary, asked: Appointment) -> None:
    staff_say(asked, State.CANCELLED, diary.at(3, 6))
    assert of(asked).get(kind="cancelled").due_at == diary.at(3, 6)


def test_what_the_patient_does_at_night_is_answered_at_once(diary: Diary, asked: Appointment) -> None:
    cancel(appointment=asked, now=diary.at(0, 23))
    assert of(asked).get(kind="cancelled").due_at == diary.at(0, 23)


def test_a_place_that_comes_free_at_night_is_held_until_they_can_have_read_of_it(
    diary: Diary, asked: Appointment
) -> None:
    on_the_list(diary)
    cancel(appointment=asked, now=diary.at(0, 23))
    [offer] = open_offers()
    minutes = Clinic.objects.current().offer_minutes
    assert offer.until == diary.at(1, 8) + timedelta(minutes=minutes)
    assert Message.objects.get(offer=offer).due_at == diary.at(1, 8)
