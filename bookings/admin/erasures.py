"""Wishes to be forgotten of patients who were here: staff carry each out, or decline it with a reason."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.actions.privacy import decide
from bookings.admin.buttons import no_longer, reason_in
from bookings.admin.opening import OpeningFilter
from bookings.admin.page import StaffPage
from bookings.enums import ErasureOutcome
from bookings.exceptions import ChangedMeanwhile
from bookings.models import ErasureRequest, Patient


class UndecidedFilter(OpeningFilter):
    """The list opens with what waits for a decision."""

    title = gettext_lazy("which")
    parameter_name = "which"
    opens_with = gettext_lazy("Erasure asked for")

    def narrowed(self, queryset: Any) -> Any:
        return queryset.undecided()


class ErasurePage(StaffPage):
    """Says what erasing would delete, and what took place."""

    title = gettext_lazy("Erase this patient?")
    http_method_names = ["get", "post"]
    patient: Patient
    wish: ErasureRequest | None = None

    def page(self, **more: Any) -> HttpResponse:
        visits = self.patient.appointments.select_related("location", "type").order_by("starts_at")
        context = {"patient": self.patient, "wish": self.wish, "visits": visits}
        return render(self.request, "admin/bookings/erasure.html", {**self.get_context_data(), **context, **more})

    def not_ticked(self) -> HttpResponse:
        return self.page(error=_("Tick the box first: what is erased does not come back."))


class Decide(ErasurePage):
    """POST carries a wish out, or declines it with a reason."""

    wish: ErasureRequest

    def find(self, **kwargs: Any) -> None:
        found = self.model_admin.get_queryset(self.request).select_related("patient")
        self.wish = get_object_or_404(found, pk=kwargs["pk"])
        self.patient = self.wish.patient

    def may_open(self) -> bool:
        return bool(self.model_admin.has_change_permission(self.request, self.wish))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.wish.decided_at:
            messages.error(request, no_longer())
            return self.back()
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        erases, reason = "erase" in request.POST, reason_in(request)
        if erases and "sure" not in request.POST:
            return self.not_ticked()
        if not erases and not reason:
            return self.page(error=_("Say why it is not erased: the patient reads it."))
        outcome = ErasureOutcome.ERASED if erases else ErasureOutcome.DECLINED
        try:
            decide(wish=self.wish, outcome=outcome, by=self.staff, now=timezone.now(), reason=reason)
        except ChangedMeanwhile:
            messages.error(request, no_longer())
            return self.back()
        self.model_admin.log_change(request, self.wish, outcome.label)
        if erases:
            messages.success(request, _("Erased. If the patient is to hear of it, you still have to tell them."))
        else:
            messages.success(request, _("Declined. The patient reads it under “Your data”; tell them, too."))
        return self.back()

    def back(self) -> HttpResponse:
        return redirect("admin:bookings_erasurerequest_changelist")


@admin.register(ErasureRequest)
class ErasureRequestAdmin(admin.ModelAdmin):
    change_form_template = "admin/bookings/erasure_request.html"
    list_display = ["patient", "asked_at", "outcome", "decided_at", "decided_by"]
    list_filter = [UndecidedFilter]
    list_select_related = ["patient", "decided_by"]
    search_fields = ["patient__name", "patient__email", "patient__phone"]
    search_help_text = gettext_lazy("Search by name, email or phone")
    fields = ("patient", "asked_at", "outcome", "reason", "decided_at", "decided_by")
    readonly_fields = fields
    actions = None

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(Decide.as_view(model_admin=self))
        return [path("<int:pk>/decide/", view, name="bookings_erasurerequest_decide"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        shown = {"show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})
