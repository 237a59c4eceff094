"""Moving an appointment from its link: the calendar, a page that asks once more, and a button."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from bookings.actions.move import Move, is_late, must_call, wish_of
from bookings.actions.move import move as move_appointments
from bookings.enums import Actor, Rule
from bookings.exceptions import BookingError, ChangedMeanwhile, Obstructed, SlotTaken
from bookings.forms.move import MoveForm
from bookings.forms.times import TimeForm
from bookings.models import Appointment
from bookings.queries.obstacles import ANSWERED_LATER, first_day_of_sessions, latest_screening, obstacles
from bookings.queries.openings import narrowed, offered
from bookings.queries.wish import Wish
from bookings.views.appointment import is_ahead, show, too_late
from bookings.views.calendar import calendar_context, is_bookable_time
from bookings.views.link import appointment_of, move_url, token_of, with_appointment
from clinic.current import clinic_of


def with_movable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view an appointment that its patient may move now; else the page that says why not."""

    @wraps(view)
    @with_appointment
    def wrapper(request: HttpRequest, appointment: Appointment) -> HttpResponse:
        now, clinic = timezone.now(), clinic_of(request)
        if not is_ahead(appointment, now):
            return redirect(appointment.patient_path())
        if is_late(appointment, clinic, now) and must_call(clinic):
            return too_late(request, appointment)
        if appointment.course:
            return redirect(move_url(appointment))
        return view(request, appointment)

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@with_movable
def move(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """The calendar; a time that is chosen leads to the page that asks once more."""
    if request.method != "POST":
        return calendar(request, appointment)
    wish = wish_to_move(request, appointment)
    form = TimeForm(request.POST, practitioners=wish.people)
    if not form.is_valid():
        return calendar(request, appointment, form=form, status=422)
    person = form.cleaned_data["practitioner"]
    chosen = {"start": form["start"].value(), **({"practitioner": person.slug} if person else {})}
    return redirect(f"{reverse('bookings:move_check', args=[token_of(appointment)])}?{urlencode(chosen)}")


@require_http_methods(["GET", "HEAD", "POST"])
@with_movable
def check(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """From when to when, and the button that moves it."""
    wish = wish_to_move(request, appointment)
    if request.method == "POST":
        form = MoveForm(request.POST, practitioners=wish.people)
        return do(request, appointment, form) if form.is_valid() else redirect(move_url(appointment))
    asked = TimeForm(request.GET, practitioners=wish.people)
    if not asked.is_valid():
        return redirect(move_url(appointment))
    start, person = asked.cleaned_data["start"], asked.cleaned_data["practitioner"]
    if start == appointment.starts_at and person in (None, appointment.practitioner):
        return redirect(f"{appointment.patient_path()}?done=same")
    now = timezone.now()
    if rules := [rule for rule in obstacles(appointment, now=now, start=start) if rule not in ANSWERED_LATER]:
        return obstructed(request, appointment, rules)
    found = offered(narrowed(wish, people=(person,)) if person else wish, start, now=now)
    if found is None:
        return time_is_gone(request, appointment, start)
    stays = appointment.practitioner in found.people
    context = {
        "appointment": appointment,
        "start": start,
        "practitioner": appointment.practitioner if stays else found.people[0],
        "here": request.path,
        "back": move_url(appointment),
    }
    return render(request, "bookings/move_check.html", context)


def do(request: HttpRequest, appointment: Appointment, form: MoveForm) -> HttpResponse:
    """Move it, and say so; or say why it stays."""
    wanted = Move(appointment, form.cleaned_data["start"], form.cleaned_data["practitioner"], form.cleaned_data["seen"])
    try:
        move_appointments(moves=[wanted], actor=Actor.PATIENT, now=timezone.now())
    except SlotTaken:
        return time_is_gone(request, appointment, wanted.start)
    except Obstructed as error:
        return obstructed(request, appointment, error.rules)
    except ChangedMeanwhile:
        return show(request, appointment_of(token_of(appointment)), notice="changed", status=409)
    except BookingError:
        # Answered, cancelled or begun in this moment: its page shows how it stands.
        return redirect(appointment.patient_path())
    return redirect(f"{appointment.patient_path()}?done=moved")


def wish_to_move(request: HttpRequest, appointment: Appointment) -> Wish:
    """What it can be moved to, from the first day that the answers and the course allow."""
    latest = latest_screening(appointment)
    days = [latest.not_before if latest else None]
    if appointment.course:
        days.append(first_day_of_sessions(appointment.course, clinic_of(request)))
    return narrowed(wish_of(appointment), not_before=max((day for day in days if day), default=None))


def calendar(
    request: HttpRequest,
    appointment: Appointment,
    *,
    form: TimeForm | None = None,
    lost: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    """The month and the day's times; `lost` is a time that someone else took."""
    wish, here, now = wish_to_move(request, appointment), move_url(appointment), timezone.now()
    today = now.astimezone(appointment.location.zone).date()
    context: dict[str, Any] = {
        **calendar_context(request, wish, here=here, now=now, lost=lost),
        "appointment": appointment,
        "not_before": wish.not_before if wish.not_before and wish.not_before > today else None,
        "form": form,
    }
    return render(request, "bookings/move.html", context, status=status)


def time_is_gone(request: HttpRequest, appointment: Appointment, start: datetime) -> HttpResponse:
    """The calendar with the nearest free times; without them for a time that could never be booked."""
    if is_bookable_time(start, wish_to_move(request, appointment)):
        return calendar(request, appointment, lost=start, status=409)
    return redirect(move_url(appointment))


def obstructed(request: HttpRequest, appointment: Appointment, rules: Sequence[Rule]) -> HttpResponse:
    context = {"appointment": appointment, "rules": rules, "back": move_url(appointment)}
    return render(request, "bookings/move_obstructed.html", context, status=409)
