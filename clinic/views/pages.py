"""The pages about the clinic itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from clinic.context_processors import name_of
from clinic.current import clinic_of
from clinic.models import Location, Practitioner
from clinic.structured_data import medical_clinic


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """`/`: to the first of the visitor's languages that the clinic offers, else to the clinic's own."""
    clinic = clinic_of(request)
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    codes = [tag.partition("-")[0] for tag, _quality in wanted]
    language = next((code for code in codes if code in clinic.languages), clinic.default_language)
    response = redirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def practitioners(request: HttpRequest) -> HttpResponse:
    return render(request, "clinic/practitioners.html", {"practitioners": Practitioner.objects.filter(is_active=True)})


@require_safe
def locations(request: HttpRequest) -> HttpResponse:
    return render(request, "clinic/locations.html")


@require_safe
def location(request: HttpRequest, slug: str) -> HttpResponse:
    place: Location = get_object_or_404(Location.objects.prefetch_related("opening_hours"), slug=slug)
    data = medical_clinic(place, clinic_name=name_of(clinic_of(request)), url=request.build_absolute_uri(request.path))
    context = {"location": place, "call_phone": place.phone, "structured_data": data}
    return render(request, "clinic/location.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "clinic/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "clinic/accessibility.html")


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "clinic/imprint.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain")
