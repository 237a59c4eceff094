"""Moving one session of a course from its own link: the others move along where the plan asks for it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from bookings.actions.courses import move_sessions
from bookings.actions.move import Move, is_late, must_call
from bookings.exceptions import BookingError, Obstructed, SlotTaken, TooLate
from bookings.forms.course import SetForm
from bookings.forms.times import TimeForm
from bookings.models import Appointment
from bookings.queries.course_moves import Moving, effect_of, moving_of, rules_against
from bookings.queries.openings import narrowed, offered
from bookings.views.appointment import is_ahead, too_late
from bookings.views.calendar import calendar_context, is_bookable_time
from bookings.views.link import move_url, token_of, with_appointment
from clinic.current import clinic_of


def with_moving(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view a session that its patient may move now; else the page that says why not."""

    @wraps(view)
    @with_appointment
    def wrapper(request: HttpRequest, appointment: Appointment) -> HttpResponse:
        now, clinic = timezone.now(), clinic_of(request)
        if appointment.course is None or not is_ahead(appointment, now):
            return redirect(appointment.patient_path())
        if is_late(appointment, clinic, now) and must_call(clinic):
            return too_late(request, appointment)
        return view(request, moving_of(appointment, appointment.course, clinic, now=now))

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@with_moving
def choose(request: HttpRequest, moving: Moving) -> HttpResponse:
    """The calendar; a time that is chosen leads to the page that says what it does to the others."""
    if request.method != "POST":
        return calendar(request, moving)
    form = TimeForm(request.POST, practitioners=moving.wish.people)
    if not form.is_valid():
        return calendar(request, moving, form=form, status=422)
    person = form.cleaned_data["practitioner"]
    chosen = {"start": request.POST["start"], **({"practitioner": person.slug} if person else {})}
    return redirect(f"{check_url(moving)}?{urlencode(chosen)}")


@require_http_methods(["GET", "HEAD", "POST"])
@with_moving
def check(request: HttpRequest, moving: Moving) -> HttpResponse:
    """What the new time does, and the button that moves all that has to move."""
    if request.method == "POST":
        return do(request, moving)
    asked = TimeForm(request.GET, practitioners=moving.wish.people)
    if not asked.is_valid():
        return redirect(move_url(moving.appointment))
    return preview(request, moving, asked)


def preview(
    request: HttpRequest, moving: Moving, asked: TimeForm, *, notice: str = "", status: int = 200
) -> HttpResponse:
    start, person = asked.cleaned_data["start"], asked.cleaned_data["practitioner"]
    appointment = moving.appointment
    if start == appointment.starts_at and person in (None, appointment.practitioner):
        return redirect(f"{appointment.patient_path()}?done=same")
    if rules := rules_against(moving, start):
        context = {"appointment": appointment, "rules": rules, "back": move_url(appointment)}
        return render(request, "bookings/move_obstructed.html", context, status=409)
    found = offered(narrowed(moving.wish, people=(person,)) if person else moving.wish, start, now=moving.now)
    if found is None:
        return time_is_gone(request, moving, start)
    stays = appointment.practitioner in found.people
    effect = effect_of(moving, start, appointment.practitioner if stays else found.people[0])
    context = {
        "appointment": appointment,
        "course": moving.course,
        "number": moving.number,
        "effect": effect,
        "here": check_url(moving),
        "back": move_url(appointment),
        "notice": notice,
    }
    return render(request, "bookings/course_move_check.html", context, status=status)


def do(request: HttpRequest, moving: Moving) -> HttpResponse:
    """Move all of them, and say so; or show anew what the time does now."""
    appointment, numbers = moving.appointment, sorted(moving.stands.booked)
    asked = TimeForm(request.POST, practitioners=moving.wish.people)
    form = SetForm(request.POST, numbers=numbers, practitioners=moving.wish.people, with_seen=True)
    if not asked.is_valid() or not form.is_valid() or moving.number not in form.numbers:
        return redirect(move_url(appointment))
    moves = [
        Move(moving.stands.booked[number], start, person, form.seen(number))
        for number, (start, person) in form.sessions.items()
    ]
    try:
        move_sessions(course=moving.course, moves=moves, now=timezone.now())
    except TooLate:
        return too_late(request, appointment)
    except Obstructed as error:
        context = {"appointment": appointment, "rules": error.rules, "back": move_url(appointment)}
        return render(request, "bookings/move_obstructed.html", context, status=409)
    except SlotTaken:
        return preview(request, moving, asked, notice="lost", status=409)
    except BookingError:
        return preview(request, moving, asked, notice="changed", status=409)
    return redirect(f"{appointment.patient_path()}?done=moved")


def check_url(moving: Moving) -> str:
    return reverse("bookings:course_move_check", args=[token_of(moving.appointment)])


def time_is_gone(request: HttpRequest, moving: Moving, start: datetime) -> HttpResponse:
    """The calendar with the nearest free times; without them for a time that could never be booked."""
    if is_bookable_time(start, moving.wish):
        return calendar(request, moving, lost=start, status=409)
    return redirect(move_url(moving.appointment))


def calendar(
    request: HttpRequest,
    moving: Moving,
    *,
    form: TimeForm | None = None,
    lost: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        **calendar_context(request, moving.wish, here=move_url(moving.appointment), now=moving.now, lost=lost),
        "appointment": moving.appointment,
        "course": moving.course,
        "number": moving.number,
        "before": moving.before,
        "form": form,
    }
    return render(request, "bookings/course_move.html", context, status=status)
