"""The buttons of an appointment: each calls the one action behind it, and says what came of it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.actions.change import change_state
from bookings.actions.renew_link import renew_link
from bookings.actions.undo import undo
from bookings.admin.page import AppointmentPage
from bookings.enums import Actor, Channel, State
from bookings.exceptions import BookingError, Obstructed, SlotTaken, TransitionNotAllowed
from bookings.models import Appointment
from bookings.queries.known import TELLS
from bookings.queries.obstacles import obstacles

# What a button says, and whether it is the one that staff most often want.
BUTTONS = {
    State.CONFIRMED: (gettext_lazy("Confirm"), True),
    State.ARRIVED: (gettext_lazy("Has arrived"), True),
    State.COMPLETED: (gettext_lazy("Completed"), False),
    State.NO_SHOW: (gettext_lazy("Did not come"), False),
    State.DECLINED: (gettext_lazy("Decline"), False),
    State.CANCELLED: (gettext_lazy("Cancel the appointment"), False),
    State.LAPSED: (gettext_lazy("Close it: not answered in time"), True),
}
# Before its time no visit can be over, and no request can be too late; afterwards none can be confirmed.
AFTER_START = {State.COMPLETED, State.NO_SHOW, State.LAPSED}
BEFORE_START = {State.CONFIRMED, State.DECLINED}
REASON_LENGTH = 250


def buttons_for(appointment: Appointment) -> list[tuple[State, Any, bool]]:
    """The buttons that may follow the appointment's state now: state, label, whether it is the first choice."""
    out_of_time = impossible(appointment, now=timezone.now())
    return [
        (state, *BUTTONS[state])
        for state in BUTTONS
        if lifecycle.may_follow(State(appointment.state), state) and state not in out_of_time
    ]


def impossible(appointment: Appointment, *, now: datetime) -> set[State]:
    """The states that cannot be true at `now`. Who comes early has arrived, on the day of the visit where it is."""
    if appointment.starts_at <= now:
        return BEFORE_START
    is_today = appointment.local_start.date() == now.astimezone(appointment.location.zone).date()
    return AFTER_START if is_today else AFTER_START | {State.ARRIVED}


class ChangeState(AppointmentPage):
    """A button changes the state. Confirming against rules takes a reason, and only the rules that were shown."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        wanted = request.POST.get("to", "")
        if wanted not in {state for state, *_rest in buttons_for(self.appointment)}:
            messages.error(request, no_longer())
            return self.back()
        now, reason = timezone.now(), reason_in(request)
        shown = request.POST.get("rules", "").split(",")
        try:
            change_state(
                appointment=self.appointment,
                to=State(wanted),
                actor=Actor.STAFF,
                now=now,
                by=self.staff,
                reason=reason,
                override=set(obstacles(self.appointment, now=now)) <= set(shown),
            )
        except Obstructed as error:
            rules = " ".join(str(rule.label) for rule in error.rules)
            hint = "" if reason else _("To do it all the same, give a reason.")
            messages.error(request, " ".join([_("It cannot be confirmed yet."), rules, hint]))
        except BookingError:
            messages.error(request, no_longer())
        else:
            messages.success(request, done(self.appointment, now=now))
        return self.back()


class Undo(AppointmentPage):
    """Takes the last step back, with a reason."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        reason = reason_in(request)
        if not reason:
            messages.error(request, _("Say why the last step is taken back."))
            return self.back()
        now = timezone.now()
        try:
            undo(appointment=self.appointment, now=now, by=self.staff, reason=reason)
        except SlotTaken:
            messages.error(request, _("Its time has been given to someone else. Book another time for this patient."))
        except TransitionNotAllowed:
            messages.error(request, no_longer())
        else:
            messages.success(request, done(self.appointment, now=now))
        return self.back()


class NewLink(AppointmentPage):
    """Closes every link to the appointment that was given out, and makes a new one."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        renew_link(appointment=self.appointment, by=self.staff)
        messages.success(request, _("The old link is closed. The new one is that of “The patient’s page”."))
        return self.back()


def done(appointment: Appointment, *, now: datetime) -> str:
    """What happens next to what was done at `now`, as the outbox has it: a message, a call by staff, or nothing."""
    written = appointment.messages.filter(kind__in=TELLS, created_at=now).first()
    if written is None:
        return _("Done.")
    if written.channel == Channel.PHONE:
        return _("Done. This patient wishes for calls: please tell them.")
    return _("Done. The patient is told by a message.")


def no_longer() -> str:
    return _("This is no longer possible: someone may have answered it meanwhile.")


def reason_in(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\x00", "").strip()[:REASON_LENGTH]
