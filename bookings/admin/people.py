"""The people who booked."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bookings.models import Appointment, Patient


class AppointmentInline(admin.TabularInline):
    model = Appointment
    fields = ("reference", "type", "when", "practitioner", "state")
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("type", "practitioner", "location")

    @admin.display(description=_("when"))
    def when(self, appointment: Appointment) -> str:
        return appointment.when

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Patient)
class PatientAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "phone", "language", "created_at"]
    search_fields = ["name", "email", "phone", "appointments__reference"]
    readonly_fields = ["created_at"]
    inlines = [AppointmentInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
