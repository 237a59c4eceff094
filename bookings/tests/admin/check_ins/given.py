"""Check-ins that patients gave, and their pages in the admin."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bookings.actions.check_in import answer_check_in
from bookings.care.check_in import Answers, Sign
from bookings.models import Appointment, CheckIn
from bookings.queries.care_pages import signs_of
from bookings.queries.visits import reading_of
from bookings.tests.after_visit import visited
from bookings.tests.diary import Diary
from clinic.models import Clinic

CHECK_INS = "/admin/bookings/checkin/"


HOUR = timedelta(hours=1)


def signs(diary: Diary, language: str = "en") -> tuple[Sign, ...]:
    reading = reading_of(Appointment(treatment=diary.treatment), Clinic.objects.get(), language=language, at=diary.now)
    return tuple(signs_of(reading.page))


def said(diary: Diary, answers: Answers, *, ago: timedelta = HOUR, **values: Any) -> CheckIn:
    visit = visited(diary, **values)
    return answer_check_in(appointment=visit, answers=answers, now=diary.now - ago)


def page(client: Client, given: CheckIn) -> str:
    return client.get(f"{CHECK_INS}{given.pk}/change/").content.decode()


def called(client: Client, given: CheckIn, seen: str | None = None) -> HttpResponse:
    path = reverse("admin:bookings_checkin_called", args=[given.pk])
    return client.post(path, {"seen": given.fingerprint if seen is None else seen}, follow=True)


def order(client: Client, query: str = "") -> list[int]:
    response = client.get(CHECK_INS + query)
    return [one.pk for one in response.context["cl"].result_list]
