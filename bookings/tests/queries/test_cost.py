"""Reading the diary costs the same for a small clinic and for a full one."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from bookings.enums import State
from bookings.models import Appointment, Claim, Patient
from bookings.queries.diary import read_diary
from bookings.queries.openings import next_free
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory
from bookings.tests.prepared import sit_down

pytestmark = pytest.mark.django_db


def fill(diary: Diary, count: int) -> None:
    """That many requests, spread over the practitioners, from tomorrow on."""
    patient = Patient.objects.create(
        name="Ada Example", email="ada@example.com", phone="+4915112345678", language="en", created_at=diary.now
    )
    half_hour, people = timedelta(minutes=30), diary.practitioners
    first = diary.at(1, 0)
    made = Appointment.objects.bulk_create(
        Appointment(
            visitor="someone",
            state=State.REQUESTED,
            patient=patient,
            requested_at=diary.now,
            type=diary.type,
            treatment=diary.treatment,
            practitioner=people[number % len(people)],
            location=diary.location,
            starts_at=first + number // len(people) * half_hour,
            ends_at=first + (number // len(people) + 1) * half_hour,
        )
        for number in range(count)
    )
    Claim.objects.bulk_create(
        Claim(appointment=one, practitioner=one.practitioner, starts_at=one.starts_at, ends_at=one.ends_at)
        for one in made
    )


@pytest.mark.parametrize("people", [1, 20])
@pytest.mark.parametrize("count", [0, 500])
@pytest.mark.parametrize("rooms", [0, 3])
def test_the_diary_and_the_next_free_time_take_a_fixed_number_of_queries(
    now: datetime, people: int, count: int, rooms: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    diary = Diary(now=now, signed=False, people=people)
    fill(diary, count)
    if rooms:
        diary.add_rooms(rooms)
    with django_assert_num_queries(1):
        wish = diary.wish()
    assert len(wish.people) == people
    today, queries = now.date(), 9 if rooms else 6
    with django_assert_num_queries(queries):
        read = read_diary(wish, first=today, last=today + timedelta(days=45), now=now)
        assert read.offers()
    assert sum(map(len, read.booked.values())) == count
    with django_assert_num_queries(queries):
        assert next_free(wish, now=now)


def queries_of_the_page(now: datetime, *, people: int, count: int) -> int:
    diary = Diary(now=now, people=people)
    fill(diary, count)
    for person in diary.practitioners:
        TimeOffFactory(practitioner=person, starts_at=diary.at(9, 9), ends_at=diary.at(9, 12))
    client = Client()
    with time_machine.travel(now, tick=False):
        sit_down(client, diary)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/en/book/{diary.treatment.slug}/at/{diary.location.slug}/")
    assert response.status_code == 200
    assert b'class="slot"' in response.content
    return len(queries)


def test_the_page_of_times_takes_the_same_queries_however_full_the_diary(now: datetime) -> None:
    counts = []
    for people, count in ((1, 0), (1, 500), (20, 0), (20, 500)):
        savepoint = transaction.savepoint()
        counts.append(queries_of_the_page(now, people=people, count=count))
        transaction.savepoint_rollback(savepoint)
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 16
