"""What is being booked: the step that every page of the booking begins with."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from bookings.models import AppointmentType
from bookings.queries.offers import bookable_type, locations_for
from clinic.current import clinic_of
from clinic.models import Clinic, Location
from treatments.models import Treatment
from treatments.reading import Reading, readings


@dataclass(frozen=True)
class Offer:
    """A treatment as it is read, the appointment type that visitors book for it, and where."""

    clinic: Clinic
    reading: Reading
    type: AppointmentType
    locations: list[Location]

    @property
    def treatment(self) -> Treatment:
        return self.reading.edition.treatment

    def location(self, slug: str) -> Location:
        """The location with this slug. Raises Http404 if the type is not offered there."""
        found = next((location for location in self.locations if location.slug == slug), None)
        if found is None:
            raise Http404
        return found


def with_offer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the offer behind `slug`. What cannot be booked here gets a page with the phone instead."""

    @wraps(view)
    @never_cache
    def wrapper(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        clinic = clinic_of(request)
        found = readings(clinic=clinic, language=get_language(), at=timezone.now())
        reading = next((one for one in found if one.content["slug"] == slug), None)
        if reading is None:
            hidden = not Treatment.objects.listed(prescription_only=clinic.lists_prescription_only).filter(slug=slug)
            if hidden:
                raise Http404
            return render(request, "treatments/not_published.html", status=404)
        type = bookable_type(reading.edition.treatment)
        locations = locations_for(type) if type else []
        if type is None or not locations or reading.is_fallback:
            return render(request, "bookings/by_phone.html", {"reading": reading, "untranslated": reading.is_fallback})
        return view(request, Offer(clinic, reading, type, locations), **kwargs)

    return wrapper
