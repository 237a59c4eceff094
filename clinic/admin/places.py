"""The clinic and its locations."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic.admin.languages import ClinicModelAdmin
from clinic.models import WEEKDAYS, Clinic, Location, OpeningHours
from clinic.models.location import default_weekend


class ClinicForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages offered"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=Clinic._meta.get_field("languages").help_text,
    )

    class Meta:
        model = Clinic
        fields = "__all__"


@admin.register(Clinic)
class ClinicAdmin(ClinicModelAdmin):
    form = ClinicForm
    fieldsets = [
        (_("Who we are"), {"fields": ["name", "tagline", "about", "phone", "email"]}),
        (_("Languages"), {"fields": ["languages", "default_language"]}),
        (
            _("Booking"),
            {"fields": ["hold_minutes", "reply_working_days", "open_requests_per_contact", "requests_per_hour"]},
        ),
        (_("From consultation to treatment"), {"fields": ["cooling_off_days"]}),
        (_("Moving and cancelling"), {"fields": ["late_hours", "late_changes"]}),
        (_("Waiting list"), {"fields": ["offer_minutes"]}),
        (
            _("Messages"),
            {"fields": ["reminders", ("quiet_from", "quiet_until"), "check_in_hours", "next_session_days"]},
        ),
        (_("What may be shown"), {"fields": ["lists_prescription_only", "shows_before_after", "is_demo"]}),
        (_("Imprint"), {"fields": ["legal_name", "legal_details"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one clinic: its list is its page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        Clinic.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:clinic_clinic_change", args=[1]))


class OpeningHoursInline(admin.TabularInline):
    model = OpeningHours
    extra = 0
    # The browser's own control: Django's asks what the time is where the server stands.
    formfield_overrides: ClassVar[Any] = {
        models.TimeField: {"widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"})}
    }


class LocationForm(forms.ModelForm):
    weekend = forms.TypedMultipleChoiceField(
        label=_("Weekend"),
        choices=WEEKDAYS,
        coerce=int,
        initial=default_weekend,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Location._meta.get_field("weekend").help_text,
    )

    class Meta:
        model = Location
        fields = "__all__"


@admin.register(Location)
class LocationAdmin(ClinicModelAdmin):
    form = LocationForm
    list_display = ["name", "city", "phone", "time_zone"]
    search_fields = ["name", "city"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [OpeningHoursInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "order"]}),
        (_("Address"), {"fields": ["street", ("postcode", "city"), ("country", "region"), ("latitude", "longitude")]}),
        (_("Reaching us"), {"fields": ["phone", "email", "emergency_number"]}),
        (_("Time"), {"fields": ["time_zone", "week_starts_on", "weekend"]}),
        (_("For visitors"), {"fields": ["getting_there", "step_free_access", "what_to_bring"]}),
    ]
