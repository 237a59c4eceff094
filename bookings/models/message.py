"""The outbox: what is to be said to whom, and what became of it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import Channel, MessageKind, MessageState
from bookings.models.appointment import Appointment
from bookings.models.people import Patient
from bookings.models.waiting import PlaceOffer, WaitingEntry
from clinic.models import Practitioner


def new_message_id() -> str:
    """What stays the same in every copy of a message: the part of its Message-ID before the @."""
    return uuid4().hex


class MessageQuerySet(models.QuerySet["Message"]):
    def live(self) -> "MessageQuerySet":
        """Those that may still be sent."""
        return self.filter(state__in=Message.LIVE)

    def said(self) -> "MessageQuerySet":
        """Those that went out or were told by phone, and those that are going out in this moment."""
        return self.filter(state__in=[MessageState.SENT, MessageState.TOLD, MessageState.LEASED])

    def visible_to(self, user: Any) -> "MessageQuerySet":
        """All of them to whoever may look up every patient; to others those about their own diary."""
        if user.has_perm("bookings.view_patient"):
            return self
        own = Q(appointment__in=Appointment.objects.visible_to(user))
        return self.filter(own | Q(practitioner__user=user.pk, practitioner__user__isnull=False))

    def to_call(self, *, at: datetime) -> "MessageQuerySet":
        """What is still to be told by phone: to patients who want calls, and to those whom a message did not reach.

        Not what is past: nobody is called about a visit that is over.
        """
        is_news = Q(not_after=None) | Q(not_after__gt=at)
        wants_calls = Q(state=MessageState.WAITING, channel=Channel.PHONE)
        unreached = Q(state=MessageState.FAILED, patient__isnull=False)
        return self.filter(is_news & (wants_calls | unreached)).order_by("due_at", "pk")

    def ready(self, *, at: datetime) -> "MessageQuerySet":
        """Due ones, and those whose worker died: its lease has run out."""
        # Calls are made by people.
        due = Q(state=MessageState.WAITING, due_at__lte=at) & ~Q(channel=Channel.PHONE)
        abandoned = Q(state=MessageState.LEASED, leased_until__lte=at)
        return self.filter(due | abandoned).order_by("due_at", "pk")


class Message(models.Model):
    """One message for one event, written in the transaction that causes it. A worker sends it, once.

    To a patient, to a practitioner, or, with neither, to the clinic's own address. `event` names what it is about,
    such as “appointment 7, reminder 3h”: of one event there is one live row. Subject and body are what was really sent.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("patient", "sent_to", "subject", "body")
    LIVE: ClassVar[tuple[str, ...]] = (MessageState.WAITING, MessageState.LEASED)

    kind = models.CharField(_("kind"), max_length=30, choices=MessageKind)
    event = models.CharField(_("event"), max_length=120)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    appointment = models.ForeignKey(
        Appointment, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("appointment")
    )
    entry = models.ForeignKey(
        WaitingEntry, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("waiting entry")
    )
    offer = models.ForeignKey(
        PlaceOffer, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("offered place")
    )
    patient = models.ForeignKey(
        Patient, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("patient")
    )
    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("practitioner")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    due_at = models.DateTimeField(_("due"))
    not_after = models.DateTimeField(_("not after"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # Who has it, and until when: a worker that lost its lease must not write what it no longer knows.
    lease = models.CharField(max_length=32, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    message_id = models.CharField(max_length=32, default=new_message_id, unique=True, editable=False)
    created_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_to = models.CharField(_("sent to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    problem = models.CharField(_("problem"), max_length=250, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_is_known"),
            models.CheckConstraint(
                condition=Q(state=MessageState.LEASED, leased_until__isnull=False)
                | (~Q(state=MessageState.LEASED) & Q(leased_until__isnull=True)),
                name="message_leased_until",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "told"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "told"]) & Q(sent_at__isnull=True)),
                name="message_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(not_after__isnull=True) | Q(not_after__gte=F("due_at")), name="message_not_after_due"
            ),
            # A moved to B and back to A: a row that was sent or cancelled is no longer in the way.
            models.UniqueConstraint(
                fields=["event"], condition=Q(state__in=["waiting", "leased"]), name="message_once_an_event"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "leased"]), name="message_ready"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
