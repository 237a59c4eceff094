"""How a course of sessions is said in words."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.enums import State
from bookings.models import Appointment, Course
from bookings.queries import courses
from bookings.queries.courses import Distance, Progress
from treatments.templatetags.content import amount

register = template.Library()
# Where a session stands in the drawing: done, or with a time, or not yet.
DONE, WITH_TIME = {State.COMPLETED}, {State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.HELD}


@register.filter
def gap_words(course: Course) -> str:
    """The distances of the plan: “7–10 days”, “at least 14 days”."""
    return amount(course.gap_from, course.gap_to, course.gap_unit)


@register.filter
def plan_words(course: Course) -> str:
    """“4 sessions, 7–10 days apart”; “1 session”."""
    count = course.sessions
    said = ngettext("%(count)s session", "%(count)s sessions", count) % {"count": count}
    return said if count == 1 else _("%(sessions)s, %(gap)s apart") % {"sessions": said, "gap": gap_words(course)}


@register.filter
def later(days: int) -> str:
    """“10 days later”."""
    return ngettext("%(days)s day later", "%(days)s days later", days) % {"days": days}


@register.filter
def numbers_said(numbers: Sequence[int]) -> str:
    """“Session 3”; “Sessions 3 and 4”; “Sessions 2, 3 and 4”."""
    *first, last = map(str, numbers)
    if not first:
        return _("Session %(number)s") % {"number": last}
    return _("Sessions %(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


@register.simple_tag
def would_lie(distance: Distance, course: Course) -> str:
    """What a new time breaks: “Session 3 would come only 4 days after session 2; the plan says 7–10 days.”"""
    values = {
        "later": distance.later,
        "earlier": distance.earlier,
        "days": distance.days,
        "gap": gap_words(course),
    }
    if distance.days < 1:
        return _("Session %(later)s would not come after session %(earlier)s any more.") % values
    return (
        ngettext(
            "Session %(later)s would come %(days)s day after session %(earlier)s; the plan says %(gap)s.",
            "Session %(later)s would come %(days)s days after session %(earlier)s; the plan says %(gap)s.",
            distance.days,
        )
        % values
    )


@register.simple_tag
def without_it(appointment: Appointment) -> list[str]:
    """What cancelling a session leaves of the plan: a sentence for each distance that it breaks."""
    if appointment.course is None:
        return []
    found = courses.after_cancelling(appointment, now=timezone.now())
    return [left_apart(one, appointment.session_number or 0, appointment.course) for one in found]


def left_apart(distance: Distance, number: int, course: Course) -> str:
    return _(
        "Without session %(number)s, sessions %(earlier)s and %(later)s are %(days)s days apart; the plan says %(gap)s."
    ) % {
        "number": number,
        "earlier": distance.earlier,
        "later": distance.later,
        "days": distance.days,
        "gap": gap_words(course),
    }


@register.simple_tag
def courses_of(appointment: Appointment) -> list[Progress]:
    """How far the courses planned at a completed consultation are, or the one that a session belongs to."""
    if appointment.course_id is None and appointment.state != State.COMPLETED:
        return []
    return courses.courses_of(appointment, now=timezone.now())


@register.simple_tag
def progress_drawing(stands: Progress) -> dict[str, Any]:
    """A course as dots on a line: filled where it is done, ringed with a time, dashed without one."""
    dots = [
        {
            "x": 14 + 34 * place,
            "kind": "done" if session.state in DONE else "booked" if session.state in WITH_TIME else "open",
        }
        for place, session in enumerate(stands.sessions)
    ]
    return {"dots": dots, "end": dots[-1]["x"], "width": 14 + 34 * (len(dots) - 1) + 14}
