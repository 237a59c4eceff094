"""What can be booked."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bookings.admin.choices import ChoicesOnly
from bookings.models import AppointmentType
from clinic.admin.languages import ClinicModelAdmin

# Few enough to be ticked.
TICKED = ("practitioners", "locations", "resource_kinds")


@admin.register(AppointmentType)
class AppointmentTypeAdmin(ChoicesOnly, ClinicModelAdmin):
    list_display = ["name", "kind", "minutes", "auto_confirm", "is_active", "order"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]
    filter_horizontal = ["treatments"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "is_active", "order"]}),
        (_("Who, what and where"), {"fields": ["practitioners", "treatments", "locations"]}),
        (
            _("Rooms and devices"),
            {
                "fields": ["resource_kinds"],
                "description": _(
                    "A time is offered only if one of each kind ticked is free at the location, and that one is taken "
                    "with the appointment. At a location without any of a kind, nothing can be booked."
                ),
            },
        ),
        (_("How long"), {"fields": ["minutes", ("buffer_before", "buffer_after"), "step"]}),
        (_("How soon and how far ahead"), {"fields": ["least_notice_hours", "furthest_days"]}),
        (
            _("Answering requests"),
            {
                "fields": ["auto_confirm"],
                "description": _(
                    "The rules of age, waiting time, consultation and consent hold either way: what breaks one is "
                    "never confirmed by itself."
                ),
            },
        ),
    ]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in TICKED:
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)
