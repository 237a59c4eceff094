"""People who work with appointments in the admin, and what they press."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bookings.models import Appointment, Screening
from bookings.screening import questions
from bookings.sealed import seal
from bookings.tests.diary import Diary
from treatments.models import Edition

LIST = "/admin/bookings/appointment/"
READS = "/admin/bookings/answersread/"


def member(*permissions: str, name: str = "vera") -> User:
    """A member of staff with these permissions of `bookings`, such as `change_appointment`, and no others."""
    user = User.objects.create_user(name, password="x", is_staff=True)
    wanted = Permission.objects.filter(content_type__app_label="bookings", codename__in=permissions)
    assert wanted.count() == len(permissions)
    user.user_permissions.set(wanted)
    return user


def looker() -> User:
    """Someone who may look at every appointment and change none."""
    return member("view_appointment", "view_patient", name="looker")


def reception() -> User:
    """Someone at the desk: appointments and patients, and no answers."""
    return member("view_appointment", "change_appointment", "add_appointment", "view_patient", name="desk")


def doctor(diary: Diary) -> User:
    """Someone who treats, with a sign-in of their own."""
    user = member("view_appointment", "change_appointment", "read_answers", name="doctor")
    diary.practitioner.user = user
    diary.practitioner.save()
    return user


def someone(role: str, treats: Diary | None = None, name: str = "vera") -> User:
    """A member of staff in this role, who may be the first practitioner of a diary."""
    user = User.objects.create_user(name, password="x", is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    if treats:
        treats.practitioner.user = user
        treats.practitioner.save()
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(appointment: Appointment, end: str, **more: Any) -> str:
    return reverse(f"admin:bookings_appointment_{end}", args=[appointment.pk, *more.values()])


def page(client: Client, appointment: Appointment, end: str = "change") -> str:
    return client.get(address(appointment, end)).content.decode()


def press(client: Client, appointment: Appointment, end: str, **typed: Any) -> HttpResponse:
    return client.post(address(appointment, end), typed, follow=True)


def answer(appointment: Appointment, at: datetime, *, reply: str = "no", needs_review: bool = False) -> Screening:
    """Answers to every question of the treatment's page, sealed as the patient's are."""
    edition = Edition.objects.latest("pk")
    given = {
        question.key: {
            "reply": reply,
            "follow_up": None,
            "since": None,
            "no_date": False,
            "fingerprint": question.fingerprint,
        }
        for question in questions(edition.content)
    }
    return Screening.objects.create(
        patient=appointment.patient,
        appointment=appointment,
        edition=edition,
        answers=seal(given),
        needs_review=needs_review,
        answered_at=at,
    )
