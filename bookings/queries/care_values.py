"""What messages say about preparing, healing, and when to call."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings.enums import MessageKind
from bookings.queries.about import About
from bookings.queries.advice import after_visit, before_visit, signs
from bookings.queries.visits import due_messages, next_session
from treatments.enums import SeekHelp


def bring(about: About) -> str:
    lines = about.place.bring_list
    return "\n".join([_("Please bring:"), *(f"- {line}" for line in lines)]) if lines else ""


def advice(about: About) -> str:
    """What this message tells of the page's advice; nothing for a visit that does not take place."""
    line = about.timeline
    if about.message.kind == MessageKind.AFTERCARE:
        return after_visit(line.after, about.place, now=about.now)
    told = keys(about)
    rows = [row for row in (*line.before, *line.day) if row.key in told]
    said = before_visit(rows, about.place, now=about.now)
    # Beside other news it may be missing, and its heading with it.
    heads = said and about.message.kind != MessageKind.PREPARATION
    return "\n".join([_("Please prepare like this:"), said]) if heads else said


def keys(about: About) -> set[str]:
    """Which advice: what its event names (“appointment 7, preparation:2”), else what goes with a confirmation."""
    if about.message.kind == MessageKind.PREPARATION:
        return {about.message.event.partition(", ")[2]}
    due = due_messages(about.appointment, about.visit, about.clinic, now=about.now)
    return {one.key for one in due if one.with_confirmation}


def call_clinic(about: About) -> str:
    return signs(about.page, SeekHelp.CLINIC)


def call_emergency(about: About) -> str:
    return signs(about.page, SeekHelp.EMERGENCY)


def from_day(about: About) -> str:
    """The first day on which the next session of the course keeps its plan."""
    found = next_session(about.appointment, now=about.now)
    return date_format(found[0], "l j F") if found else ""
