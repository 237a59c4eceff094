"""Moving an appointment: staff choose from the free times, without notice or horizon."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import lifecycle
from bookings.actions.move import Move, move, wish_of
from bookings.admin.buttons import done, no_longer, reason_in
from bookings.admin.free_times import free_times
from bookings.admin.page import AppointmentPage
from bookings.enums import Actor
from bookings.exceptions import BookingError, SlotTaken
from bookings.forms.staff_times import WhenForm
from bookings.forms.times import StartField
from bookings.queries.obstacles import ANSWERED_LATER, obstacles
from bookings.queries.openings import narrowed


class MoveAppointment(AppointmentPage):
    """GET shows free times from a day on; POST moves. A reason overrides only the rules that were shown before."""

    title = gettext_lazy("Move the appointment")
    http_method_names = ["get", "post"]

    def may_open(self) -> bool:
        return super().may_open() and self.appointment.state in lifecycle.BOOKED

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()

    def page(self, **more: Any) -> HttpResponse:
        now, place = timezone.now(), self.appointment.location
        wish = wish_of(self.appointment, by_staff=True)
        # Whoever asks for nothing yet is shown the days around the present time.
        around = max(self.appointment.local_start.date(), now.astimezone(place.zone).date())
        form = WhenForm(self.request.GET or None, people=wish.people, initial={"day": around})
        chosen = form.cleaned_data if form.is_valid() else {}
        if person := chosen.get("practitioner"):
            wish = narrowed(wish, people=(person,))
        context = {
            **self.get_context_data(),
            "form": form,
            "person": chosen.get("practitioner"),
            "free": free_times(wish, chosen.get("day") or around, now=now),
            **more,
        }
        return render(self.request, "admin/bookings/move.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        wanted = self.wanted()
        if wanted is None:
            messages.error(request, _("Choose one of the times below."))
            return self.page()
        now, reason = timezone.now(), reason_in(request)
        broken = obstacles(self.appointment, now=now, start=wanted.start, alone=True)
        rules = [rule for rule in broken if rule not in ANSWERED_LATER]
        if rules and not (reason and set(rules) <= set(request.POST.get("rules", "").split(","))):
            return self.page(rules=rules, rule_codes=",".join(rules), wanted=wanted, new=self.words(wanted))
        try:
            move(moves=[wanted], actor=Actor.STAFF, now=now, by=self.staff, reason=reason)
        except SlotTaken:
            messages.error(request, _("This time was taken meanwhile. Choose another one."))
            return self.page()
        except BookingError:
            messages.error(request, no_longer())
        else:
            messages.success(request, done(self.appointment, now=now))
        return self.back()

    def wanted(self) -> Move | None:
        """The move that was sent; None where it names no time."""
        sent = self.request.POST
        try:
            start, seen = (StartField().clean(sent.get(name, "")) for name in ("start", "seen"))
        except ValidationError:
            return None
        people = wish_of(self.appointment, by_staff=True).people
        person = next((one for one in people if str(one.pk) == sent.get("practitioner")), None)
        return Move(self.appointment, start, person, seen)

    def words(self, wanted: Move) -> str:
        local = wanted.start.astimezone(self.appointment.location.zone)
        return f"{date_format(local, 'D j M Y, H:i')} {local.tzname()}"
