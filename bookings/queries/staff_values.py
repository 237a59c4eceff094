"""What messages say to the clinic's own people."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings.enums import Rule, State
from bookings.moments import moment_at, when_short, zone_at
from bookings.queries.about import About
from bookings.queries.content_reviews import reviews_due
from bookings.queries.known import line_of
from bookings.queries.obstacles import obstacles
from clinic.texts import text_of


def review(about: About) -> str:
    """Whether a clinician has to look at the answers first; not what they are."""
    waits = Rule.REVIEW in obstacles(about.appointment, now=about.now)
    return _("A clinician must review the answers first.") if waits else ""


def since(about: About) -> str:
    asked_at = about.appointment.requested_at or about.now
    return f"{moment_at(asked_at, about.place)}, {zone_at(asked_at, about.place)}"


def change(about: About) -> str:
    """What the line of the log that a message names (“change 12, diary 3”) means for the diary that it names."""
    appointment, step = about.appointment, line_of(about.message)
    if not about.message.event.endswith(f", diary {appointment.practitioner_id}"):
        return _("Now with %(name)s") % {"name": text_of(appointment.practitioner, "name")}
    if step.moved_from:
        return _("Moved from %(time)s") % {"time": when_short(step.moved_from, about.place)}
    return str(State(step.to_state).label)


def pages(about: About) -> str:
    """The signed pages whose review is due, one a line."""
    lines = [
        f"- {text_of(one.treatment, 'name')} ({one.get_language_display()}): {date_format(one.review_due, 'j F Y')}"
        for one in reviews_due(now=about.now)
    ]
    return "\n".join(lines)
