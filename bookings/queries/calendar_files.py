"""One appointment as a calendar file for its patient."""

from datetime import datetime
from email.utils import parseaddr
from types import MappingProxyType
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max
from django.utils import translation
from django.utils.translation import gettext as _

from bookings.enums import State
from bookings.ics import Event, Method, Person, Status, event
from bookings.models import Appointment
from clinic.context_processors import name_of
from clinic.models import Clinic, Location
from clinic.texts import text_of

STATUSES = MappingProxyType(
    {
        State.REQUESTED: Status.TENTATIVE,
        State.CONFIRMED: Status.CONFIRMED,
        State.ARRIVED: Status.CONFIRMED,
        State.COMPLETED: Status.CONFIRMED,
        # It stood in the calendar, and it was the patient's.
        State.NO_SHOW: Status.CONFIRMED,
        State.DECLINED: Status.CANCELLED,
        State.CANCELLED: Status.CANCELLED,
        State.LAPSED: Status.CANCELLED,
    }
)


def calendar_file(appointment: Appointment, *, now: datetime) -> tuple[bytes, str]:
    """For a mail to the patient, in their language: the file, and the METHOD that the mail has to name too.

    REQUEST while the visit stands, CANCEL once it does not, PUBLISH for a patient without an email address. Two
    queries. Raises ValueError for a hold.
    """
    patient = appointment.patient
    guest = Person(patient.name, patient.email) if patient and patient.email else None
    return _written(appointment, guest, now=now)


def calendar_download(appointment: Appointment, *, now: datetime) -> bytes:
    """For the patient to open in their own calendar: it invites nobody. Otherwise as `calendar_file`."""
    return _written(appointment, None, now=now)[0]


def _written(appointment: Appointment, guest: Person | None, *, now: datetime) -> tuple[bytes, str]:
    if appointment.patient is None:
        raise ValueError("a hold is in nobody's calendar")
    with translation.override(appointment.patient.language):
        clinic = name_of(Clinic.objects.current())
        visit = visit_in_calendar(appointment, clinic, now=now)
    method = Method.PUBLISH
    if guest:
        method = Method.CANCEL if visit.status == Status.CANCELLED else Method.REQUEST
    # Programs believe a change only from whoever sent the mail.
    desk = Person(clinic, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    return event(visit, method, organizer=desk, attendee=guest), method.value


def visit_in_calendar(appointment: Appointment, clinic: str, *, now: datetime) -> Event:
    """What the patient's calendar shows, in the active language: where and when, and never what for."""
    changes = appointment.transitions.aggregate(count=Count("pk"), last=Max("at"))
    state = appointment.state_at(now)
    # A request whose time has come has lapsed, and the log will say so in its next line.
    unwritten = state != appointment.state
    place = appointment.location
    return Event(
        uid=uid(appointment.reference),
        sequence=changes["count"] + unwritten,
        stamp=appointment.starts_at if unwritten else changes["last"] or appointment.requested_at or now,
        start=appointment.starts_at,
        end=appointment.ends_at,
        zone=place.zone,
        summary=_("Appointment at %(clinic)s") % {"clinic": clinic},
        status=STATUSES[state],
        location=address_of(place),
        note=note_of(appointment.reference, STATUSES[state]),
        phone=str(place.phone),
        link=f"{settings.SITE_URL}{appointment.patient_path()}",
    )


def note_of(reference: str, status: Status) -> str:
    """What stands above phone and link."""
    lines = [_("Reference: %(code)s") % {"code": reference}]
    if status == Status.TENTATIVE:
        lines.append(_("We have not confirmed it yet."))
    if status != Status.CANCELLED:
        lines.append(_("To move or cancel it, open your page or call us."))
    return "\n".join(lines)


def uid(name: str) -> str:
    """A name that is this site's alone, such as K7QM-3XPA@clinic.example: calendars know a visit by it for ever."""
    return f"{name}@{urlsplit(settings.SITE_URL).hostname}"


def address_of(place: Location) -> str:
    """Such as “Berlin Mitte, Teststr. 1, 10115 Berlin”, in the active language."""
    town = f"{place.postcode} {text_of(place, 'city')}".strip()
    return ", ".join(part for part in (text_of(place, "name"), text_of(place, "street"), town) if part)
