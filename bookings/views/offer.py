"""What is being booked: what every page of the booking begins with."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from bookings import screening
from bookings.enums import ConsentKind
from bookings.models import AppointmentType, ConsentText
from bookings.queries.offers import bookable_type, locations_for
from clinic.current import clinic_of
from clinic.models import Clinic, Location
from treatments.models import Treatment
from treatments.reading import Reading, readings


@dataclass(frozen=True)
class Offer:
    """A treatment as it is read, the appointment type that visitors book for it, where, and what is agreed to."""

    clinic: Clinic
    reading: Reading
    type: AppointmentType
    locations: list[Location]
    consents: dict[str, ConsentText]

    @property
    def treatment(self) -> Treatment:
        return self.reading.edition.treatment

    @cached_property
    def questions(self) -> list[screening.Question]:
        """What the edition asks before a visit."""
        return screening.questions(self.reading.edition.content)

    @property
    def minimum_age(self) -> int | None:
        return screening.minimum_age(self.reading.edition.content)

    @property
    def age_reason(self) -> str:
        """Why the edition asks for a minimum age; empty where it does not."""
        rows = self.reading.edition.content["contraindications"]
        return next((row["reason"] for row in rows if row.get("minimum_age") == (self.minimum_age or 0)), "")

    def location(self, slug: str) -> Location:
        """The location with this slug. Raises Http404 if the type is not offered there."""
        found = next((location for location in self.locations if location.slug == slug), None)
        if found is None:
            raise Http404
        return found


def texts_to_agree_to(language: str) -> dict[str, ConsentText] | None:
    """The texts in force in `language` by kind; None where one that a booking needs is missing."""
    found = ConsentText.objects.current(language)
    return found if {ConsentKind.DATA, ConsentKind.TERMS} <= found.keys() else None


def find_offer(request: HttpRequest, slug: str) -> Offer | HttpResponse:
    """The offer behind `slug`, or the page that says why it cannot be booked here. Raises Http404."""
    clinic, language = clinic_of(request), get_language()
    found = readings(clinic=clinic, language=language, at=timezone.now())
    reading = next((one for one in found if one.content["slug"] == slug), None)
    if reading is None:
        hidden = not Treatment.objects.listed(prescription_only=clinic.lists_prescription_only).filter(slug=slug)
        if hidden:
            raise Http404
        return render(request, "treatments/not_published.html", status=404)
    type = bookable_type(reading.edition.treatment)
    locations = locations_for(type) if type else []
    consents = None if reading.is_fallback else texts_to_agree_to(language)
    if type is None or not locations or consents is None:
        # Whoever may not be understood is asked nothing.
        untranslated = reading.is_fallback or bool(type and locations)
        return render(request, "bookings/by_phone.html", {"reading": reading, "untranslated": untranslated})
    return Offer(clinic, reading, type, locations, consents)


def with_offer_ungated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the offer behind `slug`, whatever is still to be asked; `steps.with_offer` asks first."""

    @wraps(view)
    @never_cache
    def wrapper(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        found = find_offer(request, slug)
        return view(request, found, **kwargs) if isinstance(found, Offer) else found

    return wrapper
