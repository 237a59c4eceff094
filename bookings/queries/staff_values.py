"""What messages say to the clinic's own people."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings.enums import Rule
from bookings.moments import moment_at, when_short, zone_at
from bookings.queries.about import About
from bookings.queries.obstacles import obstacles
from clinic.texts import text_of
from treatments.models import Edition


def review(about: About) -> str:
    """Whether a clinician has to look at the answers first; not what they are."""
    waits = Rule.REVIEW in obstacles(about.appointment, now=about.now)
    return _("A clinician must review the answers first.") if waits else ""


def since(about: About) -> str:
    asked_at = about.appointment.requested_at or about.now
    return f"{moment_at(asked_at, about.place)}, {zone_at(asked_at, about.place)}"


def change(about: About) -> str:
    """What the last line of the log means for the diary of whoever is told."""
    appointment, step = about.appointment, about.appointment.transitions.last()
    if about.message.practitioner and about.message.practitioner != appointment.practitioner:
        return _("Now with %(name)s") % {"name": text_of(appointment.practitioner, "name")}
    if step and step.moved_from:
        return _("Moved from %(time)s") % {"time": when_short(step.moved_from, about.place)}
    return str(appointment.get_state_display())


def pages(about: About) -> str:
    """The signed pages in force whose review is due by now, one a line."""
    lines = []
    for code in about.clinic.languages:
        in_force = Edition.objects.in_force(
            language=code, at=about.now, demo=about.clinic.is_demo, prescription_only=True
        )
        due = in_force.filter(review_due__lte=about.now.date())
        if about.message.practitioner:
            due = due.filter(reviewer=about.message.practitioner)
        lines += [
            f"- {text_of(one.treatment, 'name')} ({one.get_language_display()}): {date_format(one.review_due, 'j F Y')}"
            for one in due.defer("content")
        ]
    return "\n".join(lines)
