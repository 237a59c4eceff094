"""Patients' records, and merging them."""

from django.test import Client

from bookings.models import Patient
from bookings.tests.diary import Diary

LIST = "/admin/bookings/patient/"


def patients(diary: Diary, count: int) -> list[Patient]:
    asked = [diary.request(diary.at(1, 9 + number), visitor=f"v{number}") for number in range(count)]
    for number, one in enumerate(asked):
        Patient.objects.filter(pk=one.patient_id).update(name=f"Ada {number}")
    return list(Patient.objects.order_by("pk"))


def merge(client: Client, chosen: list[Patient], **typed: object) -> str:
    sent = {"action": "merge", "_selected_action": [one.pk for one in chosen], **typed}
    return client.post(LIST, sent, follow=True).content.decode()
