"""The page on which staff take over the public holidays of a location."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin

from bookings.actions.holidays import add_holidays
from bookings.admin.page import StaffPage
from bookings.models import Closure
from bookings.queries.holidays import Holiday, coming_holidays
from clinic.holidays import known_country, known_region
from clinic.models import Location


class HolidaysForm(forms.Form):
    """The days that staff tick; other days than those listed are refused."""

    days = forms.MultipleChoiceField(error_messages={"required": gettext_lazy("Choose at least one day.")})

    def __init__(self, *args: Any, found: list[Holiday], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(one.day.isoformat(), one.closure.name) for one in found]  # type: ignore[attr-defined]


class AddHolidays(TemplateResponseMixin, StaffPage):
    """Lists what is known for a location, with the region it is known for, and adds what staff tick."""

    template_name = "admin/bookings/holidays.html"
    title = gettext_lazy("Add public holidays")

    def find(self, **kwargs: Any) -> None:
        self.locations = list(Location.objects.all())
        chosen = self.request.GET.get("location")
        if chosen is None:
            self.location = next(iter(self.locations), None)
        else:
            keys = Location.objects.filter(pk=chosen) if chosen.isdecimal() else Location.objects.none()
            self.location = get_object_or_404(keys)

    def may_open(self) -> bool:
        return bool(self.model_admin.has_add_permission(self.request))

    @cached_property
    def found(self) -> list[Holiday]:
        if self.location is None:
            return []
        return coming_holidays(self.location, now=timezone.now(), language=get_language() or "")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=HolidaysForm(found=self.found)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = HolidaysForm(request.POST, found=self.found)
        if self.location is None or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        made, left = add_holidays(
            location=self.location,
            days=[one.day for one in self.found if one.day.isoformat() in form.cleaned_data["days"]],
            language=get_language() or "",
            now=timezone.now(),
            by=self.staff,
        )
        for closure in made:
            self.model_admin.log_addition(request, closure, [{"added": {}}])
        words = ngettext("%(count)s closure was added.", "%(count)s closures were added.", len(made))
        messages.success(request, words % {"count": len(made)})
        for closure in left:
            day = date_format(closure.first_day, "j F Y")
            messages.warning(
                request, _("%(day)s was not added: there are appointments to decide about.") % {"day": day}
            )
        return redirect(request.get_full_path() if left else "admin:bookings_closure_changelist")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.location
        return {
            **super().get_context_data(**kwargs),
            "locations": self.locations,
            "location": place,
            "found": [(one, decide_path(one.closure)) for one in self.found],
            "any_open": any(not one.is_closed and not one.hits for one in self.found),
            "is_known": place is not None and known_country(place.country) is not None,
            "region": known_region(place.country, place.region) if place else None,
        }


def decide_path(closure: Closure) -> str:
    """The form that adds this closure, filled in: it asks about each appointment."""
    values = {"location": closure.location_id, "name": closure.name, "first_day": closure.first_day.isoformat()}
    return f"{reverse('admin:bookings_closure_add')}?{urlencode(values)}"
