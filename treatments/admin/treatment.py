"""Editing a treatment's draft, previewing it, and signing it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from clinic.admin.languages import ClinicModelAdmin, offered_languages
from clinic.models import Clinic
from treatments import presentation
from treatments.admin.rows import INLINES
from treatments.admin.sign import SignView
from treatments.models import Edition, Treatment
from treatments.page import build, shown
from treatments.status import Status, status


@admin.register(Treatment)
class TreatmentAdmin(ClinicModelAdmin):
    change_form_template = "admin/treatments/change_form.html"
    list_display = ["name", "parent", "signed", "order"]
    list_editable = ["order"]
    list_filter = ["parent", "areas", "prescription_only"]
    search_fields = ["name", "tagline", "summary"]
    search_help_text = _("Search names and summaries")
    prepopulated_fields = {"slug": ["name_en"]}
    autocomplete_fields = ["references"]
    inlines = INLINES
    save_on_top = True
    is_demo = False
    fieldsets = [
        (None, {"fields": ["name", "slug", ("parent", "is_overview"), "areas", "tagline", "summary"]}),
        (
            _("What it is"),
            {"fields": ["what_it_is", "how_it_works", "references", ("depth_from_mm", "depth_to_mm")]},
        ),
        (_("Results and time"), {"fields": ["results", "downtime", "downtime_short", "visit_minutes"]}),
        (_("Booking"), {"fields": ["needs_consultation", "prescription_only", "order"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        """The list compares each draft with its editions: everything is fetched in a fixed number of queries."""
        editions = Edition.objects.defer("content")
        drafts: Any = super().get_queryset(request)
        return drafts.with_page().prefetch_related(Prefetch("editions", editions))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        self.list_languages = offered_languages(request)
        self.is_demo = Clinic.objects.current().is_demo
        return super().get_changelist(request, **kwargs)

    @admin.display(description=_("signed"))
    def signed(self, treatment: Treatment) -> str:
        languages = getattr(self, "list_languages", ["en"])
        found = [self.status_of(treatment, language) for language in languages]
        return format_html_join(mark_safe("<br>"), "{}", ((in_words(one, len(languages) > 1),) for one in found))

    def status_of(self, treatment: Treatment, language: str) -> Status:
        return status(treatment, language, now=timezone.now(), demo=self.is_demo)

    def get_urls(self) -> list[Any]:
        site = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", site(self.preview), name="treatments_treatment_preview"),
            path("<int:pk>/sign/", site(SignView.as_view(model_admin=self)), name="treatments_treatment_sign"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        self.is_demo = Clinic.objects.current().is_demo
        treatment = self.get_queryset(request).filter(pk=object_id).first() if object_id.isdecimal() else None
        found = [self.status_of(treatment, language) for language in offered_languages(request)] if treatment else []
        may_sign = request.user.has_perm("treatments.sign_edition")
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "statuses": found, "may_sign": may_sign}
        )

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft, through the very templates that show the signed page."""
        treatment = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, treatment):
            raise PermissionDenied
        clinic = Clinic.objects.current()
        language = request.GET.get("language", clinic.default_language)
        if language not in offered_languages(request):
            language = clinic.default_language
        page = shown(
            build(treatment, language),
            prescription_only=clinic.lists_prescription_only,
            before_after=clinic.shows_before_after,
        )
        back = reverse("admin:treatments_treatment_change", args=[pk])
        with override(language):
            context = {**presentation.context(page), "preview": True, "back_url": back}
            return render(request, "treatments/treatment.html", context)


def in_words(found: Status, with_language: bool) -> str:
    """A status in a line: never signed, changed since signed, not shown yet, or signed."""
    name = f"{found.language}: " if with_language else ""
    if found.latest is None:
        return format_html('<span class="status status--never">{}{}</span>', name, _("Never signed"))
    if found.changed:
        return format_html('<span class="status status--changed">{}{}</span>', name, _("Changed since signed"))
    if found.read != found.latest:
        return format_html('<span class="status status--changed">{}{}</span>', name, _("Signed, not shown yet"))
    return format_html('<span class="status status--signed">{}{}</span>', name, _("Signed"))
