"""When someone is away, a room is out of use, or a location is closed."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.actions.absences import close, take_time_off
from bookings.admin.choices import ChoicesOnly
from bookings.admin.filters import NamedFilter
from bookings.admin.holidays import AddHolidays
from bookings.admin.opening import OpeningFilter
from bookings.exceptions import BookingError
from bookings.forms.closure import ClosureForm
from bookings.forms.time_off import TimeOffForm
from bookings.models import Closure, TimeOff

# How often a page that came out of date while it was saved is read again.
TRIES = 2


class ComingFilter(OpeningFilter):
    """The list opens with what is still to come."""

    title = gettext_lazy("when")
    parameter_name = "when"
    opens_with = gettext_lazy("Now and later")

    def narrowed(self, queryset: Any) -> Any:
        now = timezone.now()
        if queryset.model is TimeOff:
            return queryset.filter(ends_at__gt=now)
        # A day of grace: where the location is, it may still be yesterday.
        return queryset.filter(last_day__gte=now.date() - timedelta(days=1))


class DecidedAdmin(ChoicesOnly, admin.ModelAdmin):
    """Saves by an action, and only what staff have decided about: see `DecidedForm`."""

    change_form_template = "admin/bookings/absence.html"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.now = timezone.now()
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What came out of date between reading and saving is shown as it is now."""
        for _try in range(TRIES):
            try:
                return super().changeform_view(request, *args, **kwargs)
            except BookingError:
                continue
        messages.error(request, _("The diary is changing at this moment, and nothing was saved. Try again."))
        return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if isinstance(obj, TimeOff):
            take_time_off(time_off=obj, decisions=form.decisions, now=form.now, by=request.user)  # type: ignore[arg-type]
        else:
            close(closure=obj, decisions=form.decisions, now=form.now, by=request.user)  # type: ignore[arg-type]
        changed = [one.appointment.reference for one in form.asked if one.changes_something]
        if changed:
            words = ngettext(
                "The patient of %(which)s is told by a message; please call them if they wish for calls.",
                "The patients of %(which)s are told by messages; please call those who wish for calls.",
                len(changed),
            )
            messages.success(request, words % {"which": ", ".join(changed)})

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The admin's log says what was decided about each appointment."""
        said: list[Any] = super().construct_change_message(request, form, formsets, add)
        return said + [
            {"changed": {"name": one.appointment.reference, "object": one.words, "fields": ["decision"]}}
            for one in form.asked
        ]


@admin.register(TimeOff)
class TimeOffAdmin(DecidedAdmin):
    form = TimeOffForm
    list_display = ["owner", "span", "note"]
    list_select_related = ["practitioner", "resource", "location"]
    list_filter = [ComingFilter, "practitioner", ("resource", NamedFilter)]
    date_hierarchy = "starts_at"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Whoever sees only their own appointments sees only their own time off."""
        found: Any = super().get_queryset(request)
        return found.visible_to(request.user)

    @admin.display(description=gettext_lazy("who or what"), ordering="practitioner")
    def owner(self, time_off: TimeOff) -> str:
        return str(time_off.practitioner or time_off.resource)


@admin.register(Closure)
class ClosureAdmin(DecidedAdmin):
    form = ClosureForm
    change_list_template = "admin/bookings/closures.html"
    list_display = ["name", "location", "days", "times"]
    list_select_related = ["location"]
    list_filter = [ComingFilter, "location"]
    date_hierarchy = "first_day"
    ordering = ["location", "first_day", "starts"]

    def get_urls(self) -> list[Any]:
        holidays = self.admin_site.admin_view(AddHolidays.as_view(model_admin=self))
        return [path("holidays/", holidays, name="bookings_closure_holidays"), *super().get_urls()]

    @admin.display(description=gettext_lazy("days"), ordering="first_day")
    def days(self, closure: Closure) -> str:
        first, last = (date_format(day, "D j M Y") for day in (closure.first_day, closure.last_day))
        return first if first == last else f"{first} – {last}"

    @admin.display(description=gettext_lazy("times"))
    def times(self, closure: Closure) -> str:
        if closure.starts is None or closure.ends is None:
            return _("whole day")
        return f"{time_format(closure.starts, 'H:i')}–{time_format(closure.ends, 'H:i')}"
