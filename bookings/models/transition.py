"""The log of what became of appointments."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import Actor, State
from bookings.models.appointment import Appointment


class Transition(models.Model):
    """One line of the log: who changed an appointment's state, when, from what to what."""

    personal_fields: ClassVar[tuple[str, ...]] = ("reason",)

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="transitions", verbose_name=_("appointment")
    )
    from_state = models.CharField(_("from"), max_length=20, choices=State)
    to_state = models.CharField(_("to"), max_length=20, choices=State)
    at = models.DateTimeField(_("at"))
    actor = models.CharField(_("by"), max_length=10, choices=Actor)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("staff member"),
    )
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    # A move keeps the state: both sides of the line name the same one, and these the times.
    moved_from = models.DateTimeField(_("moved from"), null=True, blank=True)
    moved_to = models.DateTimeField(_("moved to"), null=True, blank=True)
    overrode = models.CharField(
        _("rules overridden"), max_length=120, blank=True, help_text=_("Codes of bookings.enums.Rule, comma-separated.")
    )

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("change")
        verbose_name_plural = _("what happened")
        constraints = [
            models.CheckConstraint(condition=Q(actor__in=Actor.values), name="transition_actor_is_known"),
            models.CheckConstraint(
                condition=Q(from_state__in=State.values, to_state__in=State.values),
                name="transition_states_are_known",
            ),
            models.CheckConstraint(
                condition=Q(moved_from__isnull=True, moved_to__isnull=True)
                | Q(moved_from__isnull=False, moved_to__isnull=False),
                name="transition_moved_from_and_to",
            ),
            models.CheckConstraint(
                condition=Q(overrode="") | ~Q(reason=""),
                name="transition_override_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"
