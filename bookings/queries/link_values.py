"""The links in messages: whoever has one can see and change what it opens."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bookings.enums import MessageKind
from bookings.links import token_of
from bookings.models import DataLink
from bookings.moments import when
from bookings.queries.about import About
from bookings.queries.lost_links import appointments_of, entries_of

# Where a message about this leads; any other leads to the page of the appointment.
PAGES: dict[str, str] = {
    MessageKind.PREPARATION: "bookings:care",
    MessageKind.AFTERCARE: "bookings:care",
    MessageKind.CHECK_IN: "bookings:check_in",
}


def link(about: About) -> str:
    """The page on which the patient goes on, in the active language."""
    return f"{settings.SITE_URL}{path(about)}"


def path(about: About) -> str:
    message = about.message
    if message.offer:
        return message.offer.entry.patient_path()
    if message.kind == MessageKind.DATA:
        return reverse("bookings:data_open", args=[data_link(about).secret])
    course = about.appointment.course
    if message.kind == MessageKind.NEXT_SESSION and course:
        return reverse("bookings:course", args=[token_of(course.consultation), course.pk])
    if message.kind in PAGES:
        return reverse(PAGES[message.kind], args=[token_of(about.appointment)])
    return about.appointment.patient_path()


def data_link(about: About) -> DataLink:
    """The newest one-time link that is still good. Raises DataLink.DoesNotExist."""
    return DataLink.objects.open(at=about.now).filter(appointment=about.appointment).latest("created_at", "pk")


def links_of_address(about: About) -> str:
    """Every coming appointment and every entry of the waiting list of the patient's address, one a line."""
    patient = about.message.patient
    email = patient.email if patient else ""
    lines = [
        f"{when(one.starts_at, one.location, one.ends_at)}: {settings.SITE_URL}{one.patient_path()}"
        for one in appointments_of(email, now=about.now)
    ]
    for entry in entries_of(email):
        day = date_format(entry.created_at.astimezone(entry.location.zone), "j F Y")
        lines.append(
            _("On the waiting list since %(day)s") % {"day": day} + f": {settings.SITE_URL}{entry.patient_path()}"
        )
    return "\n".join(lines)


def admin_link(about: About) -> str:
    if about.message.kind == MessageKind.STAFF_REVIEW:
        return f"{settings.SITE_URL}{reverse('admin:treatments_edition_changelist')}"
    return f"{settings.SITE_URL}{reverse('admin:bookings_appointment_change', args=[about.appointment.pk])}"
