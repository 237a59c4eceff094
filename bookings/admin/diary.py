"""When practitioners work, when they are away, and what can be booked."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from bookings.forms.time_off import TimeOffForm
from bookings.models import AppointmentType, TimeOff, WorkingHours
from clinic.admin.languages import ClinicModelAdmin
from clinic.admin.practitioners import PractitionerAdmin
from clinic.models import Practitioner


class WorkingHoursInline(admin.TabularInline):
    model = WorkingHours
    extra = 0


# The same page of a practitioner, with the hours that the diary adds to it.
admin.site.unregister(Practitioner)


@admin.register(Practitioner)
class PractitionerWithHoursAdmin(PractitionerAdmin):
    inlines = [WorkingHoursInline]


@admin.register(TimeOff)
class TimeOffAdmin(admin.ModelAdmin):
    form = TimeOffForm
    list_display = ["practitioner", "span", "note"]
    list_select_related = ["practitioner", "location"]
    list_filter = ["practitioner"]
    date_hierarchy = "starts_at"


@admin.register(AppointmentType)
class AppointmentTypeAdmin(ClinicModelAdmin):
    list_display = ["name", "kind", "minutes", "is_active", "order"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name"]
    filter_horizontal = ["practitioners"]
    fieldsets = [
        (None, {"fields": ["name", "kind", "is_active", "order"]}),
        (_("Who, what and where"), {"fields": ["practitioners", "treatments", "locations"]}),
        (_("How long"), {"fields": ["minutes", ("buffer_before", "buffer_after"), "step"]}),
        (_("How soon and how far ahead"), {"fields": ["least_notice_hours", "furthest_days"]}),
    ]
