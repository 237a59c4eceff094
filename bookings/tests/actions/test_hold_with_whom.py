"""With whom a time is held."""

from datetime import datetime

import pytest

from bookings.exceptions import SlotTaken
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(now: datetime) -> Diary:
    diary = Diary(now=now, signed=False, people=3)
    # The clinic's order is not that of the keys.
    for order, person in enumerate(reversed(diary.practitioners)):
        person.order = order
        person.save()
    return diary


def test_whoever_is_chosen_is_held(diary: Diary) -> None:
    for person in diary.practitioners:
        held = diary.hold(diary.at(1, 10), visitor=f"visitor of {person.pk}", practitioner=person)
        assert held.practitioner == person
        assert held.claims.get().practitioner == person


def test_a_chosen_practitioner_who_is_taken_is_not_replaced(diary: Diary) -> None:
    chosen = diary.practitioners[0]
    diary.hold(diary.at(1, 10), visitor="first", practitioner=chosen)
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), visitor="second", practitioner=chosen)


def test_with_anyone_equals_are_taken_in_the_clinics_order(diary: Diary) -> None:
    last, middle, first = diary.practitioners
    who = [diary.hold(diary.at(1, 10), visitor=f"visitor {number}").practitioner for number in range(3)]
    assert who == [first, middle, last]
    with pytest.raises(SlotTaken):
        diary.hold(diary.at(1, 10), visitor="one too many")


def test_with_anyone_it_is_who_has_the_fewest_appointments_that_day(diary: Diary) -> None:
    last, middle, first = diary.practitioners
    for hour, person in [(9, first), (11, first), (9, middle), (11, last), (12, last)]:
        diary.request(diary.at(1, hour), visitor=f"{hour} {person.pk}", practitioner=person)
    assert diary.hold(diary.at(1, 14)).practitioner == middle


def test_appointments_of_other_days_do_not_count(diary: Diary) -> None:
    _last, _middle, first = diary.practitioners
    for days in (0, 2):
        for hour in (12, 13, 14):
            diary.request(diary.at(days, hour), visitor=f"{days} {hour}", practitioner=first)
    assert diary.hold(diary.at(1, 14)).practitioner == first


def test_with_anyone_the_least_booked_counts_among_the_free_only(diary: Diary) -> None:
    last, middle, first = diary.practitioners
    TimeOffFactory(practitioner=first, starts_at=diary.at(1, 14), ends_at=diary.at(1, 15))
    diary.request(diary.at(1, 9), visitor="other", practitioner=middle)
    assert diary.hold(diary.at(1, 14)).practitioner == last
