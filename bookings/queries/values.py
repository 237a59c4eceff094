"""What the gaps in a message's words are filled with: how things stand, in the active language."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.enums import MessageKind, State
from bookings.gaps import gaps_of
from bookings.moments import moment_at, when, when_short, zone_at
from bookings.queries import care_values, link_values, staff_values
from bookings.queries.about import About
from bookings.queries.calendar_files import address_of
from bookings.words import one_line
from clinic.context_processors import name_of
from clinic.enums import LateChanges
from clinic.models import Location
from clinic.texts import text_of

# A name is typed by anyone, and a mail programme makes a link of whatever looks like one.
ADDRESS = re.compile(r"\S*(?:://|www\.|/)\S*", re.IGNORECASE)


def values_of(about: About) -> dict[str, str]:
    """The value of each gap that this kind of message has."""
    return {gap: VALUES[gap](about) for gap in gaps_of(about.message.kind)}


def phone(about: About) -> str:
    place = about.location or (None if about.clinic.phone else Location.objects.first())
    return str(place.phone if place else about.clinic.phone)


def name(about: About) -> str:
    """Whoever booked: the mail goes to them."""
    patient = about.message.patient
    return plain_name(patient.booked_by or patient.name) if patient else ""


def for_name(about: About) -> str:
    patient = about.message.patient
    if patient is None or not patient.booked_by:
        return ""
    return _("For %(name)s") % {"name": plain_name(patient.name)}


def plain_name(typed: str) -> str:
    return one_line(ADDRESS.sub(" ", typed))


def reference(about: About) -> str:
    return about.message.offer.entry.reference if about.message.offer else about.appointment.reference


def when_of(about: About) -> str:
    """The day and hours; of a course that was asked for, those of all its sessions that wait, one a line."""
    rows = [(about.start, about.end)]
    course = about.message.appointment.course if about.message.appointment else None
    if course and about.message.kind in {MessageKind.REQUESTED, MessageKind.STAFF_REQUEST}:
        waiting = course.appointments.filter(state=State.REQUESTED).order_by("starts_at")
        rows = list(waiting.values_list("starts_at", "ends_at")) or rows
    return "\n".join(when(start, about.place, end) for start, end in rows)


def reply(about: About) -> str:
    """By when a request is answered; nothing where it was."""
    if about.appointment.state != State.REQUESTED:
        return ""
    days = about.clinic.reply_working_days
    return ngettext(
        "We answer within %(days)s working day. Until then the time stays yours.",
        "We answer within %(days)s working days. Until then the time stays yours.",
        days,
    ) % {"days": days}


def terms_late(about: About) -> str:
    """Until when it can be moved or cancelled online, where that ends before the start."""
    if about.clinic.late_changes != LateChanges.BY_PHONE:
        return ""
    until = about.start - timedelta(hours=about.clinic.late_hours)
    if until <= about.now:
        return _("It is too soon before the start to move or cancel it online: please call us.")
    values = {"until": moment_at(until, about.place)}
    return _("You can move or cancel it online until %(until)s. After that, please call.") % values


def until(about: About) -> str:
    """Until when an offer or a link is good, with the zone."""
    moment = about.message.offer.until if about.message.offer else link_values.data_link(about).expires_at
    return f"{moment_at(moment, about.place)}, {zone_at(moment, about.place)}"


VALUES: dict[str, Callable[[About], str]] = {
    "clinic": lambda about: name_of(about.clinic),
    "phone": phone,
    "name": name,
    "for_name": for_name,
    "reference": reference,
    "when": when_of,
    "when_short": lambda about: when_short(about.start, about.place),
    "where": lambda about: address_of(about.place),
    "practitioner": lambda about: text_of(about.practitioner, "name"),
    "reply": reply,
    "terms_late": terms_late,
    "until": until,
    "link": link_values.link,
    "links": link_values.links_of_address,
    "admin_link": link_values.admin_link,
    "bring": care_values.bring,
    "advice": care_values.advice,
    "call_clinic": care_values.call_clinic,
    "call_emergency": care_values.call_emergency,
    "emergency": lambda about: about.place.emergency_number,
    "from_day": care_values.from_day,
    "review": staff_values.review,
    "since": staff_values.since,
    "change": staff_values.change,
    "pages": staff_values.pages,
}
