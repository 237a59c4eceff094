"""What it is about, and where."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.queries.offers import bookable_treatments
from bookings.views.offer import Offer, texts_to_agree_to
from bookings.views.steps import last_step, result_of, with_offer
from clinic.current import clinic_of
from treatments.reading import readings


@require_safe
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    clinic = clinic_of(request)
    found = readings(clinic=clinic, language=get_language(), at=timezone.now())
    bookable = bookable_treatments(reading.edition.treatment for reading in found)
    choices = [one for one in found if one.edition.treatment_id in bookable and not one.is_fallback]
    # Whoever is not sure yet talks about the whole of it: the overview stands last.
    choices.sort(key=lambda reading: reading.content["is_overview"])
    if not choices or texts_to_agree_to(get_language()) is None:
        untranslated = any(one.edition.treatment_id in bookable for one in found)
        return render(request, "bookings/by_phone.html", {"untranslated": untranslated})
    return render(request, "bookings/choose.html", {"choices": choices})


@require_safe
@with_offer
def where(request: HttpRequest, offer: Offer) -> HttpResponse:
    if len(offer.locations) == 1:
        times = reverse("bookings:times", args=[offer.treatment.slug, offer.locations[0].slug])
        return redirect(f"{times}?ended=1" if "ended" in request.GET else times)
    context = {"offer": offer, "result": result_of(request, offer), "back": last_step(offer)}
    return render(request, "bookings/where.html", context)
