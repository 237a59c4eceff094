"""The reading pages. Each shows signed editions only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clinic.context_processors import name_of
from clinic.current import clinic_of
from clinic.models import Practitioner
from treatments import presentation, structured_data
from treatments.models import BodyArea, Concern, Treatment
from treatments.page import Page
from treatments.reading import Reading, readings


def all_readings(request: HttpRequest) -> list[Reading]:
    return readings(clinic=clinic_of(request), language=get_language(), at=timezone.now())


def about(found: list[Reading], relation: Callable[[Reading], list[str]], slug: str) -> list[Reading]:
    return [reading for reading in found if slug in relation(reading)]


def area_slugs(reading: Reading) -> list[str]:
    return [area["slug"] for area in reading.content["areas"]]


def concern_slugs(reading: Reading) -> list[str]:
    """The concerns of the rows that visitors see."""
    rows = reading.content["indications"]
    return [row["concern"]["slug"] for row in rows if reading.prescription_only or not row["prescription_only"]]


def parent_slug(reading: Reading) -> str | None:
    return (reading.content["parent"] or {}).get("slug")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found = all_readings(request)
    areas = {slug for reading in found for slug in area_slugs(reading)}
    concerns = {slug for reading in found for slug in concern_slugs(reading)}
    return render(
        request,
        "treatments/home.html",
        {
            "readings": found,
            "areas": BodyArea.objects.filter(slug__in=areas),
            "concerns": Concern.objects.filter(slug__in=concerns),
            "practitioners": Practitioner.objects.filter(is_active=True),
        },
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = all_readings(request)
    published = {reading.content["slug"] for reading in found}
    # A treatment whose overview is not published stands alone.
    families = [
        (reading, [child for child in found if parent_slug(child) == reading.content["slug"]])
        for reading in found
        if parent_slug(reading) not in published
    ]
    return render(request, "treatments/index.html", {"families": families, "readings": found})


def reads_a_treatment(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the edition in force, and the others; without one, a page that says what to do instead (404)."""

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str) -> HttpResponse:
        treatment = get_object_or_404(
            Treatment.objects.listed(prescription_only=clinic_of(request).lists_prescription_only),
            slug=slug,
        )
        found = all_readings(request)
        reading = next((one for one in found if one.edition.treatment_id == treatment.pk), None)
        if reading is None:
            return render(request, "treatments/not_published.html", {"readings": found}, status=404)
        return view(request, reading, found)

    return wrapper


def reading_context(reading: Reading, found: list[Reading]) -> dict[str, Any]:
    slug = reading.content["slug"]
    return {
        **presentation.context(reading.page),
        "reading": reading,
        "edition": reading.edition,
        "children": [one for one in found if parent_slug(one) == slug],
    }


@require_safe
@reads_a_treatment
def treatment(request: HttpRequest, reading: Reading, found: list[Reading]) -> HttpResponse:
    data = structured_data.treatment_page(
        reading.page,
        reading.edition,
        url=request.build_absolute_uri(request.path),
        clinic_name=name_of(clinic_of(request)),
        steps=[(name, request.build_absolute_uri(url)) for name, url in breadcrumb_steps(reading.page)],
    )
    return render(request, "treatments/treatment.html", {**reading_context(reading, found), "structured_data": data})


def breadcrumb_steps(page: Page) -> list[tuple[str, str]]:
    """The names and paths from the home page down to a treatment, as its breadcrumbs show them."""
    steps = [(_("Home"), reverse("treatments:home")), (_("Treatments"), reverse("treatments:index"))]
    for step in (page["parent"], page):
        if step:
            steps.append((step["name"], reverse("treatments:treatment", args=[step["slug"]])))
    return steps


@require_safe
@reads_a_treatment
def aftercare(request: HttpRequest, reading: Reading, found: list[Reading]) -> HttpResponse:
    """The aftercare on one printed page."""
    return render(request, "treatments/aftercare.html", reading_context(reading, found))


@require_safe
def area(request: HttpRequest, slug: str) -> HttpResponse:
    subject = get_object_or_404(BodyArea, slug=slug)
    found = about(all_readings(request), area_slugs, slug)
    return render(request, "treatments/subject.html", {"subject": subject, "readings": found, "is_area": True})


@require_safe
def concern(request: HttpRequest, slug: str) -> HttpResponse:
    subject = get_object_or_404(Concern, slug=slug)
    found = about(all_readings(request), concern_slugs, slug)
    return render(
        request,
        "treatments/subject.html",
        {"subject": subject, "readings": found, "evidence": evidence_for(found, slug)},
    )


def evidence_for(found: list[Reading], slug: str) -> list[tuple[Reading, dict[str, Any]]]:
    """What is known of each treatment's benefit for one concern."""
    return [
        (reading, row)
        for reading in found
        for row in reading.page["evidence"]
        if slug in [concern["slug"] for concern in row["concerns"]]
    ]
