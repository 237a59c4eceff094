"""A course of sessions from the link of its consultation: agreeing, holding, booking."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from bookings.actions import courses
from bookings.actions.hold import extend, release
from bookings.exceptions import BookingError, ChangedMeanwhile, HoldExpired, Obstructed, SlotTaken, TooManyOpen
from bookings.forms.course import AgreeForm, SetForm
from bookings.models import Appointment, Course
from bookings.queries.course_steps import steps
from bookings.queries.course_times import wish_of_course
from bookings.queries.courses import key_of
from bookings.views.course_page import said_name, show, stop
from bookings.views.limits import stop_asking, stop_renewing, stop_trying
from bookings.views.link import link_closed, token_of, with_appointment
from clinic.current import clinic_of

View = Callable[..., HttpResponse]


def with_course(view: View) -> View:
    """Gives the view a course that was planned at the appointment behind the link; any other opens nothing."""

    @with_appointment
    @wraps(view)
    def wrapper(request: HttpRequest, consultation: Appointment, pk: int, **kwargs: Any) -> HttpResponse:
        planned = consultation.courses.select_related("treatment", "type")
        course = next((one for one in planned if one.pk == pk), None)
        if course is None:
            return link_closed(request)
        return view(request, course, **kwargs)

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@with_course
def course(request: HttpRequest, course: Course) -> HttpResponse:
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        return step(request, course) if step else redirect(path_of(course))
    said = request.GET.get("said", "")
    return show(request, course, notice=said if said in SAID else "")


# What the page before may say that has just happened.
SAID = {"along", "changed"}


def path_of(course: Course) -> str:
    return reverse("bookings:course", args=[token_of(course.consultation), course.pk])


def agree(request: HttpRequest, course: Course) -> HttpResponse:
    now, language = timezone.now(), get_language()
    texts = steps(course, language=language, now=now).texts
    form = AgreeForm(request.POST, texts=texts, treatment=said_name(course.treatment))
    if texts and not form.saw_all:
        return show(request, course, notice="text_changed", status=409)
    if not form.is_valid():
        return show(request, course, form=form, status=422)
    try:
        courses.agree(course=course, texts=texts, language=language, now=now)
    except ChangedMeanwhile:
        return show(request, course, notice="text_changed", status=409)
    return redirect(path_of(course))


def hold(request: HttpRequest, course: Course) -> HttpResponse:
    clinic = clinic_of(request)
    if full := stop_trying(request, clinic, back=path_of(course)):
        return full
    people = wish_of_course(course, None).people
    form = SetForm(request.POST, numbers=range(1, course.sessions + 1), practitioners=people)
    if not form.is_valid() or not form.numbers:
        return show(request, course, notice="unreadable", anew=True, status=422)
    try:
        courses.hold_course(
            course=course,
            sessions=form.sessions,
            language=get_language(),
            minutes=clinic.hold_minutes,
            now=timezone.now(),
        )
    except SlotTaken:
        return show(request, course, notice="lost", anew=True, status=409)
    except BookingError:
        return show(request, course, notice="changed", status=409)
    return redirect(path_of(course))


def keep(request: HttpRequest, course: Course) -> HttpResponse:
    clinic = clinic_of(request)
    if full := stop_renewing(request, clinic, back=path_of(course)):
        return full
    try:
        extend(visitor=key_of(course), minutes=clinic.hold_minutes, now=timezone.now())
    except BookingError:
        return show(request, course, notice="lost", anew=True, status=409)
    # Of holds that ran out, some may be gone: the rest is held on, and the page finds times for those.
    return redirect(path_of(course))


def free(request: HttpRequest, course: Course) -> HttpResponse:
    release(visitor=key_of(course))
    return redirect(course.consultation.patient_path())


def book(request: HttpRequest, course: Course) -> HttpResponse:
    clinic, back = clinic_of(request), path_of(course)
    full = stop_trying(request, clinic, back=back) or stop_asking(
        request, clinic, courses.contact_of(course), back=back
    )
    if full:
        return full
    seen = [reference.replace("\x00", "") for reference in request.POST.getlist("seen")[: course.sessions]]
    try:
        courses.book_course(course=course, seen=seen, language=get_language(), now=timezone.now())
    except (SlotTaken, HoldExpired):
        return show(request, course, notice="lost", anew=True, status=409)
    except TooManyOpen:
        return stop(request, course, "many", status=409)
    except Obstructed as error:
        if steps(course, language=get_language(), now=timezone.now()).hurdle:
            return redirect(back)
        return stop(request, course, "rules", rules=error.rules, status=409)
    except BookingError:
        return show(request, course, notice="changed", status=409)
    return redirect(back)


STEPS = {"agree": agree, "hold": hold, "keep": keep, "free": free, "book": book}
