"""What every page shows: the clinic's name, locations and switches."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from clinic.models import Clinic, Location


def clinic(request: HttpRequest) -> dict[str, Any]:
    """The clinic and its locations, read once a page and only by templates that show them."""
    return {
        "clinic": SimpleLazyObject(Clinic.objects.current),
        "locations": SimpleLazyObject(lambda: list(Location.objects.prefetch_related("opening_hours"))),
    }
