"""Whose appointments and time off someone who is signed in may see."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User

from bookings.models import Appointment, TimeOff
from bookings.tests.diary import Diary
from bookings.tests.factories import TimeOffFactory

pytestmark = pytest.mark.django_db
MODELS = [Appointment, TimeOff]


@pytest.fixture
def diary(now: datetime) -> Diary:
    """Two practitioners, the first with a sign-in; each has an appointment and is away."""
    diary = Diary(now=now, signed=False, people=2)
    diary.practitioner.user = User.objects.create_user("leyla", is_staff=True)
    diary.practitioner.save()
    for person in diary.practitioners:
        diary.request(diary.at(1, 10), practitioner=person, visitor=person.slug)
        away = {"starts_at": diary.at(2, 9), "ends_at": diary.at(2, 9) + timedelta(hours=1)}
        TimeOffFactory(practitioner=person, location=diary.location, **away)
    return diary


@pytest.mark.parametrize("model", MODELS)
def test_who_treats_sees_their_own(diary: Diary, model: Any) -> None:
    [own] = model.objects.visible_to(diary.practitioner.user)
    assert own.practitioner == diary.practitioner


@pytest.mark.parametrize("model", MODELS)
def test_who_may_look_up_every_patient_sees_all(diary: Diary, model: Any) -> None:
    diary.practitioner.user.user_permissions.add(Permission.objects.get(codename="view_patient"))
    assert model.objects.visible_to(User.objects.get(username="leyla")).count() == 2
    assert model.objects.visible_to(User(is_superuser=True)).count() == 2


@pytest.mark.parametrize("model", MODELS)
def test_who_treats_nobody_sees_none_not_those_of_people_without_a_sign_in(diary: Diary, model: Any) -> None:
    for nobody in (User.objects.create_user("desk", is_staff=True), AnonymousUser()):
        assert not model.objects.visible_to(nobody)


def test_a_room_out_of_use_is_nobodys_own(diary: Diary) -> None:
    [room] = diary.add_rooms(1)
    away = {"starts_at": diary.at(2, 9), "ends_at": diary.at(2, 10)}
    TimeOffFactory(practitioner=None, resource=room, location=diary.location, **away)
    assert TimeOff.objects.visible_to(diary.practitioner.user).count() == 1
