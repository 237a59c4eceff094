"""What happened to an appointment, as staff read it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.enums import Rule, State
from bookings.models import Transition


class TransitionInline(admin.TabularInline):
    model = Transition
    fields = ("there", "what", "actor", "user", "reason", "overridden")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("appointment__location", "user")

    @admin.display(description=gettext_lazy("at"))
    def there(self, line: Transition) -> str:
        return on_the_clock(line, line.at)

    @admin.display(description=gettext_lazy("what"))
    def what(self, line: Transition) -> str:
        if line.moved_from and line.moved_to:
            old, new = on_the_clock(line, line.moved_from), on_the_clock(line, line.moved_to)
            return _("Moved from %(old)s to %(new)s") % {"old": old, "new": new}
        if not lifecycle.may_follow(State(line.from_state), State(line.to_state)):
            step = f"{line.get_to_state_display()} → {line.get_from_state_display()}"
            return _("Taken back: %(step)s") % {"step": step}
        return str(line)

    @admin.display(description=gettext_lazy("rules overridden"))
    def overridden(self, line: Transition) -> str:
        known = [Rule(code).label for code in line.overrode.split(",") if code in Rule.values]
        return format_html_join(mark_safe("<br>"), "{}", ((label,) for label in known)) or "–"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def on_the_clock(line: Transition, moment: Any) -> str:
    """A moment on the clock of the appointment's location, with its zone: “Tue 8 Dec 2026, 10:00 CET”."""
    local = moment.astimezone(line.appointment.location.zone)
    return f"{date_format(local, 'D j M Y, H:i')} {local.tzname()}"
