"""What every page shows: the clinic's name, locations and switches."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, lazy
from django.utils.translation import gettext as _

from clinic.current import clinic_of
from clinic.models import Location
from clinic.texts import text_of


def clinic(request: HttpRequest) -> dict[str, Any]:
    """The clinic and its locations, read once a page and only by templates that show them."""
    current = SimpleLazyObject(lambda: clinic_of(request))
    return {
        "clinic": current,
        "clinic_name": lazy(lambda: name_of(current), str)(),
        "locations": SimpleLazyObject(lambda: list(Location.objects.prefetch_related("opening_hours"))),
    }


def name_of(current: Any) -> str:
    """The clinic's name in the page's language, else in its own, else just “Clinic”."""
    return text_of(current, "name") or _("Clinic")
