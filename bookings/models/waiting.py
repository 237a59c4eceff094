"""The waiting list: who would like which place, and what was offered to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bookings import links
from bookings.enums import EntryState, OfferState
from bookings.models.appointment import Appointment, new_reference, new_secret
from bookings.models.appointment_type import AppointmentType
from bookings.models.people import Patient
from bookings.models.screening import Screening
from clinic.models import Location, Practitioner
from treatments.models import Treatment


class WaitingEntryQuerySet(models.QuerySet["WaitingEntry"]):
    def waiting(self) -> "WaitingEntryQuerySet":
        """Those who still wait, the longest first."""
        return self.filter(state=EntryState.WAITING).order_by("created_at", "pk")


class WaitingEntry(models.Model):
    """Someone who would take a place that becomes free. With an appointment, the place would take its stead."""

    personal_fields: ClassVar[tuple[str, ...]] = ("patient", "appointment", "screening")

    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference, editable=False)
    link_secret = models.CharField(max_length=22, default=new_secret, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.WAITING, editable=False)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="waiting_entries", verbose_name=_("patient"))
    appointment = models.ForeignKey(
        Appointment,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="waiting_entries",
        verbose_name=_("instead of"),
    )
    screening = models.ForeignKey(
        Screening, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("screening")
    )
    type = models.ForeignKey(AppointmentType, models.PROTECT, related_name="+", verbose_name=_("type"))
    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="+", verbose_name=_("treatment"))
    location = models.ForeignKey(Location, models.PROTECT, related_name="+", verbose_name=_("location"))
    practitioner = models.ForeignKey(
        Practitioner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("with"),
        help_text=_("Empty: anyone."),
    )
    weekdays = models.JSONField(_("days"), default=list, blank=True, help_text=_("Empty: any day."))
    parts = models.JSONField(_("parts of the day"), default=list, blank=True, help_text=_("Empty: any time."))
    needs = models.JSONField(_("needs"), default=list, blank=True)
    last_day = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(_("since"))

    objects = WaitingEntryQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("waiting list entry")
        verbose_name_plural = _("waiting list")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="waiting_entry_state_is_known"),
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(state=EntryState.WAITING, appointment__isnull=False),
                name="waiting_entry_once_an_appointment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["location", "created_at"], condition=Q(state=EntryState.WAITING), name="waiting_entry_next"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def patient_path(self) -> str:
        """The link to this entry's own page, in the active language."""
        token = links.make_token(reference=self.reference, secret=self.link_secret)
        return reverse("bookings:waiting", args=[token])


class PlaceOffer(models.Model):
    """One place held for one entry until a time; neither it nor a part of that time is offered to it again."""

    personal_fields: ClassVar[tuple[str, ...]] = ("entry",)

    entry = models.ForeignKey(WaitingEntry, models.CASCADE, related_name="offers", verbose_name=_("entry"))
    # The appointment in the state *held* that keeps the place; gone when the place was passed on.
    hold = models.OneToOneField(
        Appointment, models.SET_NULL, null=True, blank=True, related_name="place_offer", verbose_name=_("hold")
    )
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", verbose_name=_("with"))
    starts_at = models.DateTimeField(_("starts at"))
    state = models.CharField(_("state"), max_length=10, choices=OfferState, default=OfferState.OPEN)
    offered_at = models.DateTimeField(_("offered at"))
    until = models.DateTimeField(_("held until"))

    class Meta:
        ordering = ["-offered_at", "-pk"]
        verbose_name = _("offered place")
        verbose_name_plural = _("offered places")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="place_offer_state_is_known"),
            models.CheckConstraint(condition=Q(until__gt=F("offered_at")), name="place_offer_ends_after_start"),
            models.UniqueConstraint(fields=["entry", "practitioner", "starts_at"], name="place_offer_once_an_entry"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state=OfferState.OPEN), name="place_offer_one_open_an_entry"
            ),
        ]
        indexes = [models.Index(fields=["until"], condition=Q(state=OfferState.OPEN), name="place_offer_open")]

    def __str__(self) -> str:
        return f"{self.entry}, {self.starts_at:%Y-%m-%d %H:%M}"
