"""Appointments."""

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bookings import lifecycle, links
from bookings.enums import State
from bookings.models.appointment_type import AppointmentType
from bookings.models.people import Patient
from clinic.models import Location, Practitioner
from clinic.texts import text_of
from treatments.models import Treatment

# Letters and digits that cannot be mistaken for one another when read out on the phone.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Eight random characters, such as K7QM-3XPA: 30⁸ possibilities, and no order to guess."""
    letters = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def new_secret() -> str:
    return secrets.token_urlsafe(16)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def waiting(self) -> "AppointmentQuerySet":
        """Requests that staff have not answered, the oldest first."""
        return self.filter(state__in=lifecycle.WAITING).order_by("requested_at", "pk")

    def upcoming(self, *, at: datetime) -> "AppointmentQuerySet":
        return self.filter(state__in=lifecycle.BOOKED, starts_at__gte=at).order_by("starts_at")

    def expired_holds(self, *, at: datetime) -> "AppointmentQuerySet":
        return self.filter(state=State.HELD, held_until__lte=at)

    def visible_to(self, user: Any) -> "AppointmentQuerySet":
        """All of them to whoever may look up every patient; to others those of their own diary."""
        if user.has_perm("bookings.view_patient"):
            return self
        return self.filter(practitioner__user=user.pk, practitioner__user__isnull=False)

    def held_by(self, visitor: str) -> "AppointmentQuerySet":
        return self.filter(state=State.HELD, visitor=visitor)


class Appointment(models.Model):
    """One visit, from the moment its time is held. Only `actions` change its state."""

    personal_fields: ClassVar[tuple[str, ...]] = ("patient", "visitor", "needs")

    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference, editable=False)
    # What the patient's link is signed with: a new one revokes every link given out before.
    link_secret = models.CharField(max_length=22, default=new_secret, editable=False)
    visitor = models.CharField(max_length=32, editable=False, help_text="The browser session that holds or booked it.")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.HELD, editable=False)
    patient = models.ForeignKey(
        Patient, models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name=_("patient")
    )
    type = models.ForeignKey(AppointmentType, models.PROTECT, related_name="appointments", verbose_name=_("type"))
    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="appointments", verbose_name=_("treatment"))
    practitioner = models.ForeignKey(
        Practitioner, models.PROTECT, related_name="appointments", verbose_name=_("practitioner")
    )
    location = models.ForeignKey(Location, models.PROTECT, related_name="appointments", verbose_name=_("location"))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    course = models.ForeignKey(
        "bookings.Course",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name=_("course of sessions"),
    )
    session_number = models.PositiveSmallIntegerField(_("session"), null=True, blank=True, editable=False)
    needs = models.JSONField(_("needs"), default=list, blank=True, help_text=_("Access, interpreter, chaperone."))
    held_until = models.DateTimeField(_("held until"), null=True, blank=True, editable=False)
    requested_at = models.DateTimeField(_("requested at"), null=True, blank=True, editable=False)
    # When the visit was really over; aftercare counts from here.
    over_at = models.DateTimeField(_("over at"), null=True, blank=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="appointment_state_is_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_start"),
            models.CheckConstraint(
                condition=Q(
                    state=State.HELD,
                    held_until__isnull=False,
                    patient__isnull=True,
                    requested_at__isnull=True,
                )
                | (
                    ~Q(state=State.HELD) & Q(held_until__isnull=True, patient__isnull=False, requested_at__isnull=False)
                ),
                name="appointment_held_or_someones",
            ),
            models.CheckConstraint(
                condition=Q(course__isnull=True, session_number__isnull=True)
                | Q(course__isnull=False, session_number__isnull=False, session_number__gte=1),
                name="appointment_course_with_number",
            ),
            models.UniqueConstraint(
                fields=["course", "session_number"],
                # A hold is not the session yet: somebody may hold the set in two windows.
                condition=Q(state__in=sorted(lifecycle.STANDING)),
                name="appointment_session_once_a_course",
            ),
        ]
        indexes = [
            models.Index(fields=["requested_at"], condition=Q(state=State.REQUESTED), name="appointment_waiting"),
            models.Index(fields=["held_until"], condition=Q(state=State.HELD), name="appointment_held"),
            models.Index(fields=["visitor"], name="appointment_visitor"),
        ]

    def __str__(self) -> str:
        return self.reference

    def patient_path(self) -> str:
        """The patient's link: the signed path of this appointment's page, in the active language.

        Not `get_absolute_url`: the admin would lead every member of staff there, whatever they may see.
        """
        token = links.make_token(reference=self.reference, secret=self.link_secret)
        return reverse("bookings:appointment", args=[token])

    @property
    def local_start(self) -> datetime:
        """The start in the zone of the location, which is the only zone anyone is ever shown."""
        return self.starts_at.astimezone(self.location.zone)

    @property
    def when(self) -> str:
        """The start as staff read it, on the clock of the location: “Tue 8 Dec 2026, 10:00 CET, Berlin”."""
        day, city = date_format(self.local_start, "D j M Y, H:i"), text_of(self.location, "city")
        return f"{day} {self.local_start.tzname()}, {city}"

    def state_at(self, now: datetime) -> State:
        """The state as the patient sees it: a request whose time has come unanswered has lapsed, closed or not."""
        overtaken = self.state in lifecycle.WAITING and self.starts_at <= now
        return State.LAPSED if overtaken else State(self.state)
