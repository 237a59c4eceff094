"""What the desk opens and types."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from bookings.templatetags.diary import instant
from bookings.tests.admin.staff import LIST
from bookings.tests.diary import Diary

ADD = f"{LIST}add/"
NEW = {
    "name": "Zoe Test",
    "birth_date": "1990-05-01",
    "phone": "0151 99999999",
    "email": "zoe@example.com",
    "channel": "phone",
    "language": "en",
}


def chosen(diary: Diary, **more: Any) -> dict[str, Any]:
    values = {"treatment": diary.treatment.pk, "type": diary.type.pk, "location": diary.location.pk}
    return {**values, "start": instant(diary.at(1, 10)), **more}


def show(client: Client, diary: Diary, **more: Any) -> str:
    return client.get(ADD, chosen(diary, **more)).content.decode()


def book(client: Client, diary: Diary, typed: dict[str, Any], **more: Any) -> str:
    response: HttpResponse = client.post(ADD, typed, query_params=chosen(diary, **more), follow=True)
    return response.content.decode()
