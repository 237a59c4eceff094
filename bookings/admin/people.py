"""The people who booked."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bookings.actions.plan_all import plan_patient
from bookings.admin.merge import merge_page
from bookings.admin.patient_data import DownloadData, EraseNow, may_download, may_erase
from bookings.forms.contact import RecordForm
from bookings.models import Appointment, Consent, Patient, WaitingEntry


class ReadOnlyInline(admin.TabularInline):
    """Rows that belong to a patient, to look at."""

    extra = 0
    can_delete = False
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*self.related)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AppointmentInline(ReadOnlyInline):
    model = Appointment
    fields = ("type", "treatment", "when", "practitioner", "state")
    readonly_fields = fields
    related = ("type", "treatment", "practitioner", "location")
    show_change_link = True

    @admin.display(description=_("when"))
    def when(self, appointment: Appointment) -> str:
        return appointment.when


class ConsentInline(ReadOnlyInline):
    model = Consent
    fields = ("kind", "treatment", "version", "language", "given_at", "withdrawn_at")
    readonly_fields = fields
    related = ("treatment",)


class WaitingInline(ReadOnlyInline):
    model = WaitingEntry
    fk_name = "patient"
    fields = ("type", "treatment", "location", "practitioner", "last_day", "state")
    readonly_fields = fields
    related = ("type", "treatment", "location", "practitioner")
    show_change_link = True


@admin.register(Patient)
class PatientAdmin(admin.ModelAdmin):
    form = RecordForm
    change_form_template = "admin/bookings/patient.html"
    list_display = ["name", "birth_date", "email", "phone", "language", "created_at"]
    search_fields = ["name", "email", "phone", "appointments__reference"]
    search_help_text = _("Search by name, email, phone or reference")
    fields = ("name", "birth_date", "phone", "email", "channel", "language", "booked_by", "created_at")
    readonly_fields = ["created_at"]
    inlines = [AppointmentInline, WaitingInline, ConsentInline]
    actions = ["merge"]

    def get_urls(self) -> list[Any]:
        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view.as_view(model_admin=self))

        return [
            path("<int:pk>/data/", page(DownloadData), name="bookings_patient_data"),
            path("<int:pk>/erase/", page(EraseNow), name="bookings_patient_erase"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        shown = {"may_download": may_download(request.user), "may_erase": may_erase(request.user)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def save_model(self, request: HttpRequest, obj: Patient, form: Any, change: bool) -> None:
        """What waits goes the way that was chosen, once the record is saved: visits are locked before patients."""
        super().save_model(request, obj, form, change)
        transaction.on_commit(partial(plan_patient, patient=obj, now=timezone.now()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is written any more about whoever was erased."""
        return super().has_change_permission(request, obj) and not (obj and obj.erased_at)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Merging takes records away for good: it needs both rights, though nobody deletes a record by itself."""
        return request.user.has_perms(["bookings.change_patient", "bookings.delete_patient"])

    @admin.action(description=_("Merge: these are one person"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return merge_page(self, request, queryset)
