"""Roles see their own diary or everyone's, only who treats reads answers, and nobody makes themselves more."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from bookings.actions.roles import MANAGER, ROLES, make_roles
from bookings.models import AnswersRead, Patient
from bookings.tests.admin.staff import address, answer, signed_in, someone
from bookings.tests.diary import Diary

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(today: datetime) -> Diary:
    make_roles()
    return Diary(now=today, people=2)


@pytest.mark.parametrize(
    ("role", "sees_all"),
    [("Practitioner", False), ("Receptionist", True), ("Clinical reviewer", False), (MANAGER, True)],
)
def test_whose_appointments_a_role_sees(diary: Diary, role: str, sees_all: bool) -> None:
    own, other = (
        diary.request(diary.at(1, 10), practitioner=person, visitor=person.slug) for person in diary.practitioners
    )
    client = signed_in(someone(role, diary))
    shown = set(client.get(reverse("admin:bookings_appointment_changelist")).context["cl"].result_list)
    assert shown == ({own, other} if sees_all else {own})
    status = client.get(address(other, "change")).status_code
    assert status == (200 if sees_all else 302)
    client.post(address(other, "state"), {"to": "declined"})
    other.refresh_from_db()
    assert other.state == ("declined" if sees_all else "requested")


@pytest.mark.parametrize(
    ("role", "treats", "reads"),
    [
        ("Receptionist", True, False),
        ("Practitioner", True, True),
        ("Practitioner", False, False),
        ("Content editor", True, False),
        ("Clinical reviewer", True, True),
        (MANAGER, False, False),
        (MANAGER, True, True),
    ],
)
def test_answers_are_read_by_who_treats_alone(diary: Diary, role: str, treats: bool, reads: bool) -> None:
    asked = diary.request(diary.at(1, 10), practitioner=diary.practitioner)
    answer(asked, diary.now)
    client = signed_in(someone(role, diary if treats else None))
    response = client.get(address(asked, "answers"))
    assert (response.status_code == 200) is reads
    assert AnswersRead.objects.exists() is reads


@pytest.mark.parametrize(("role", "sees"), [("Practitioner", 1), ("Clinical reviewer", 1), (MANAGER, 2)])
def test_whose_readings_of_answers_a_role_sees(diary: Diary, role: str, sees: int) -> None:
    reader = someone(role, diary)
    for person in diary.practitioners:
        asked = diary.request(diary.at(1, 10), practitioner=person, visitor=person.slug)
        AnswersRead.objects.create(screening=answer(asked, diary.now), user=reader, at=diary.now)
    shown = signed_in(reader).get(reverse("admin:bookings_answersread_changelist")).context["cl"].result_list
    assert len(shown) == sees
    assert {line.screening.appointment.practitioner for line in shown} == set(diary.practitioners[:sees])


@pytest.mark.parametrize("role", ["nobody", *ROLES, MANAGER])
def test_only_a_clinical_reviewer_and_the_manager_sign(diary: Diary, role: str) -> None:
    path = reverse("admin:treatments_treatment_sign", args=[diary.treatment.pk])
    signs = role in {"Clinical reviewer", MANAGER}
    assert signed_in(someone(role)).get(path).status_code == (200 if signs else 403)


def test_a_receptionist_merges_nobody(diary: Diary) -> None:
    for number in range(2):
        diary.request(diary.at(1, 10 + number), visitor=f"v{number}")
    client = signed_in(someone("Receptionist"))
    path = reverse("admin:bookings_patient_changelist")
    keys = [patient.pk for patient in Patient.objects.all()]
    client.post(path, {"action": "merge", "_selected_action": keys, "keep": keys[0]})
    assert Patient.objects.count() == 2


def test_a_manager_gives_roles_but_nothing_beyond_them(diary: Diary) -> None:
    manager = someone(MANAGER)
    client = signed_in(manager)
    for user in (manager, someone("nobody", name="new")):
        path = reverse("admin:auth_user_change", args=[user.pk])
        form = client.get(path).context["adminform"].form
        assert {"is_superuser", "user_permissions"}.isdisjoint(form.fields)
        group = Group.objects.get(name="Receptionist")
        typed = {"username": user.username, "is_active": "on", "is_staff": "on", "is_superuser": "on"}
        typed |= {"groups": [group.pk], "user_permissions": [1]}
        typed |= {"date_joined_0": "2026-12-07", "date_joined_1": "09:00"}
        assert client.post(path, typed).status_code == 302
        user.refresh_from_db()
        assert not user.is_superuser
        assert not user.user_permissions.exists()
        assert user.groups.get() == group
        manager.groups.set(Group.objects.filter(name=MANAGER))


def test_a_manager_leaves_superusers_alone(diary: Diary) -> None:
    boss = User.objects.create_superuser("boss", password="x")
    client = signed_in(someone(MANAGER))
    for end in ("change", "delete"):
        path = reverse(f"admin:auth_user_{end}", args=[boss.pk])
        client.post(path, {"username": "mine", "post": "yes"})
    client.post(
        reverse("admin:auth_user_password_change", args=[boss.pk]), {"password1": "y" * 20, "password2": "y" * 20}
    )
    client.post(
        reverse("admin:auth_user_changelist"),
        {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"},
    )
    boss.refresh_from_db()
    assert boss.username == "boss"
    assert boss.check_password("x")
