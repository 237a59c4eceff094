"""The questions that are new, or have changed, since the consultation at which a course was planned."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from bookings.models import Course
from bookings.queries.course_steps import Hurdle, steps
from bookings.screening import Part
from bookings.views.appointment_asked import AppointmentAsked
from bookings.views.course import path_of, with_course
from bookings.views.screening import ask
from clinic.current import clinic_of
from treatments.models import Edition


class CourseAsked(AppointmentAsked):
    """What the course's treatment asks today; the answers are stored with the consultation."""

    def __init__(self, request: HttpRequest, course: Course, edition: Edition) -> None:
        super().__init__(request, course.consultation, edition)
        self.course, self.name = course, f"answers course {course.pk}"

    def url(self, number: int, part: Part) -> str:
        return reverse("bookings:course_question", args=[self.token, self.course.pk, number, part.value])

    def before(self) -> str:
        return path_of(self.course)

    def done(self) -> HttpResponse:
        return redirect(path_of(self.course))


def with_questions(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view what is asked, while that is the next step of the course; else leads to the course."""

    @with_course
    @wraps(view)
    def wrapper(request: HttpRequest, course: Course, **kwargs: Any) -> HttpResponse:
        language, now, clinic = get_language(), timezone.now(), clinic_of(request)
        if steps(course, language=language, now=now).hurdle != Hurdle.QUESTIONS:
            return redirect(path_of(course))
        in_force = Edition.objects.in_force(language=language, at=now, demo=clinic.is_demo, prescription_only=True)
        edition = in_force.filter(treatment=course.treatment_id).first()
        if edition is None:
            # Nobody is asked what is not signed in their language.
            return render(request, "bookings/by_phone.html", {"untranslated": True})
        return view(request, CourseAsked(request, course, edition), **kwargs)

    return wrapper


@require_safe
@with_questions
def questions(request: HttpRequest, subject: CourseAsked) -> HttpResponse:
    return subject.go_on()


@require_http_methods(["GET", "HEAD", "POST"])
@with_questions
def question(request: HttpRequest, subject: CourseAsked, number: int, part: str) -> HttpResponse:
    found = next((one for one in Part if one.value == part), None)
    return ask(subject, number, found) if found else subject.go_on()
