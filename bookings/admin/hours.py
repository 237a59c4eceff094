"""When practitioners work: their weekly hours, and the hours of single days."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.admin.choices import ChoicesOnly
from bookings.forms.wall_clock import DayField, DayInput, TimeInput
from bookings.models import SpecialHours, WorkingHours
from clinic.admin.practitioners import PractitionerAdmin
from clinic.models import Practitioner


class HoursInline(ChoicesOnly, admin.StackedInline):
    """Rows of hours, with the browser's own controls for days and times."""

    extra = 0
    classes = ("hours",)
    formfield_overrides: ClassVar[Any] = {
        models.DateField: {"form_class": DayField, "widget": DayInput},
        models.TimeField: {"widget": TimeInput},
    }


class WorkingHoursInline(HoursInline):
    model = WorkingHours
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("location", "weekday", "starts", "ends"),
                    ("break_starts", "break_ends", "every", "valid_from", "valid_to"),
                ]
            },
        )
    ]
    verbose_name_plural = _("Weekly hours")


class SpecialHoursInline(HoursInline):
    model = SpecialHours
    fieldsets = [(None, {"fields": [("location", "day", "starts", "ends")]})]
    verbose_name_plural = _("Hours of single days, in place of the weekly ones at that location")


# The same page of a practitioner, with the hours that the diary adds to it.
admin.site.unregister(Practitioner)


@admin.register(Practitioner)
class PractitionerWithHoursAdmin(PractitionerAdmin):
    inlines = [WorkingHoursInline, SpecialHoursInline]
