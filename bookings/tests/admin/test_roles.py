"""What each role can do in the admin: the table is the whole truth, and what it does not name is refused."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse

from bookings.actions.roles import MANAGER, ROLES, make_roles
from bookings.care.check_in import Answers
from bookings.models import AnswersRead, CalendarFeed, CheckIn, ErasureRequest, MessageText
from bookings.sealed import seal
from bookings.tests.actions.waiting import waiting
from bookings.tests.admin.staff import answer, signed_in, someone
from bookings.tests.diary import Diary
from bookings.tests.factories import ClosureFactory, ResourceFactory, TimeOffFactory
from treatments.tests.factories import BodyAreaFactory, ConcernFactory, ReferenceFactory

pytestmark = pytest.mark.django_db

CONTENT = {
    "treatments.treatment": "vacd",
    "treatments.bodyarea": "vacd",
    "treatments.concern": "vacd",
    "treatments.reference": "vacd",
    "treatments.edition": "v",
}
# By role and model of the admin: view, add, change, delete. Whatever is not here can do nothing.
TABLE: dict[str, dict[str, str]] = {
    "nobody": {},
    "Receptionist": {
        "bookings.appointment": "vac",
        "bookings.patient": "vc",
        "bookings.checkin": "vc",
        "bookings.waitingentry": "vc",
        "bookings.message": "v",
        "bookings.timeoff": "v",
        "bookings.closure": "v",
        "bookings.calendarfeed": "vacd",
    },
    "Practitioner": {
        "bookings.appointment": "vc",
        "bookings.checkin": "vc",
        "bookings.timeoff": "v",
        "bookings.closure": "v",
        "bookings.answersread": "v",
        "bookings.calendarfeed": "vacd",
    },
    "Content editor": CONTENT,
    "Clinical reviewer": {**CONTENT, "bookings.appointment": "v", "bookings.answersread": "v"},
    "Manager": {
        **CONTENT,
        "bookings.appointment": "vac",
        "bookings.patient": "vc",
        "bookings.checkin": "vc",
        "bookings.waitingentry": "vc",
        "bookings.timeoff": "vacd",
        "bookings.closure": "vacd",
        "bookings.appointmenttype": "vacd",
        "bookings.resourcekind": "vacd",
        "bookings.consenttext": "va",
        "bookings.message": "v",
        "bookings.messagetext": "vc",
        "bookings.calendarfeed": "vacd",
        "bookings.answersread": "v",
        "bookings.erasurerequest": "vc",
        "clinic.clinic": "vc",
        "clinic.location": "vacd",
        "clinic.practitioner": "vacd",
        "auth.user": "vacd",
        "auth.group": "vacd",
    },
}
ACTIONS = {"v": "view", "a": "add", "c": "change", "d": "delete"}


@pytest.fixture
def diary(today: datetime) -> Diary:
    make_roles()
    return Diary(now=today, people=2)


@pytest.fixture
def rows(diary: Diary) -> dict[str, models.Model]:
    """One row of each model that the admin knows, and of the first practitioner where it has one."""
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    waiting(diary)
    TimeOffFactory(
        practitioner=diary.practitioner,
        location=diary.location,
        starts_at=diary.at(2, 9),
        ends_at=diary.at(2, 9) + timedelta(hours=1),
    )
    ClosureFactory(location=diary.location)
    MessageText.objects.create(kind="reminder", language="en", subject="See you", body="{when} {link}", sms="See you")
    CalendarFeed.objects.create(practitioner=diary.practitioner, created_at=diary.now)
    ResourceFactory(location=diary.location)
    for factory in (BodyAreaFactory, ConcernFactory, ReferenceFactory):
        factory()
    user = User.objects.create_user("other")
    ErasureRequest.objects.create(patient=asked.patient, asked_at=diary.now)
    CheckIn.objects.create(appointment=asked, answered_at=diary.now, answers=seal(Answers().to_dict()))
    AnswersRead.objects.create(screening=answer(asked, diary.now), user=user, at=diary.now)
    found = {model._meta.label_lower: model._default_manager.first() for model in admin.site._registry}
    found["bookings.appointment"] = asked
    found["auth.user"] = user
    assert all(found.values())
    return found


def may(client: Client, row: models.Model, action: str) -> bool:
    """Whether the page opens; to change is to send something, which may well be refused as incomplete."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    if action == "change":
        response = client.post(reverse(f"{name}_change", args=[row.pk]), {})
    elif action == "delete":
        response = client.get(reverse(f"{name}_delete", args=[row.pk]))
    else:
        response = client.get(reverse(f"{name}_{'changelist' if action == 'view' else 'add'}"))
    assert response.status_code in {200, 302, 403}
    assert response.status_code == 403 or "/login/" not in response.headers.get("Location", "")
    return response.status_code != 403


@pytest.mark.parametrize("role", TABLE)
def test_a_role_can_do_what_the_table_says_and_nothing_else(
    diary: Diary, rows: dict[str, models.Model], role: str
) -> None:
    client = signed_in(someone(role, diary))
    found = {
        label: "".join(letter for letter, action in ACTIONS.items() if may(client, row, action))
        for label, row in rows.items()
    }
    assert {label: letters for label, letters in found.items() if letters} == TABLE[role]


def test_the_table_names_every_role() -> None:
    assert set(TABLE) - {"nobody"} == {*ROLES, MANAGER}


def test_without_a_sign_in_nothing_opens(client: Client, rows: dict[str, models.Model]) -> None:
    for row in rows.values():
        path = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
        assert client.get(path)["Location"].startswith("/admin/login/")


def test_a_command_makes_them(db: None) -> None:
    call_command("roles")
    assert {group.name for group in Group.objects.all()} == {*ROLES, MANAGER}


def test_what_a_clinic_changed_in_a_role_stays(diary: Diary) -> None:
    group = Group.objects.get(name="Receptionist")
    group.permissions.clear()
    Group.objects.get(name=MANAGER).delete()
    own = Group.objects.create(name="Cleaning")
    make_roles()
    assert not group.permissions.exists()
    assert Group.objects.get(name=MANAGER).permissions.exists()
    assert not own.permissions.exists()
    assert Group.objects.count() == len(ROLES) + 2


def test_a_manager_has_every_permission_of_our_models() -> None:
    make_roles()
    manager = someone(MANAGER)
    for app in ("bookings", "clinic", "treatments"):
        for model in apps.get_app_config(app).get_models():
            names = [*(f"{action}_{model._meta.model_name}" for action in ACTIONS.values())]
            names += [codename for codename, _name in model._meta.permissions]
            assert manager.has_perms([f"{app}.{name}" for name in names])
    assert not manager.has_perm("admin.delete_logentry")
