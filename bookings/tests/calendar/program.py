"""A calendar program that subscribes to a feed."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from bookings.models import CalendarFeed
from bookings.tests.ics.reader import read


def get(feed: CalendarFeed, **headers: str) -> HttpResponse:
    return Client(headers=headers).get(feed.path())


def events(response: HttpResponse) -> list[dict[str, Any]]:
    """What it shows; starting node takes a tenth of a second."""
    return read(response.content)[0]["events"]
