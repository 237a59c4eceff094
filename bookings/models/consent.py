"""What patients are asked to agree to, and what they agreed to, word for word."""

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from bookings.enums import ConsentKind
from bookings.models.appointment import Appointment
from bookings.models.people import Patient
from treatments.models import Treatment


def text_hash(text: str) -> str:
    """SHA-256 of a text: 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def current(self, language: str) -> dict[str, "ConsentText"]:
        """The newest text of each kind in `language`, by kind: one query."""
        newest = ConsentText.objects.filter(kind=OuterRef("kind"), language=language).order_by("-version")
        found = self.filter(language=language, pk=Subquery(newest.values("pk")[:1]))
        return {text.kind: text for text in found}

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("A consent text is kept for good: write a new version.")

    def update(self, **values: Any) -> int:
        raise TypeError("A consent text is immutable: write a new version.")


class ConsentText(models.Model):
    """One version of a text that patients agree to, in one language. Immutable; a new version asks everyone again."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    kind = models.CharField(_("about"), max_length=20, choices=ConsentKind)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(_("version"), editable=False)
    text = models.TextField(_("text"), help_text=_("Plain sentences; leave an empty line between paragraphs."))
    hash = models.CharField(_("fingerprint"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("in force from"), editable=False)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "language", "-version"]
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="consent_text_version_once"),
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="consent_text_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="consent_text_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_language_display()} · {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A consent text is immutable: write a new version.")
        self.hash = text_hash(self.text)
        others = ConsentText.objects.filter(kind=self.kind, language=self.language)
        self.version = (others.aggregate(last=Max("version"))["last"] or 0) + 1
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A consent text is kept for good: write a new version.")


class Consent(models.Model):
    """What one patient agreed to: the exact text, its version and fingerprint, the language and the time."""

    personal_fields: ClassVar[tuple[str, ...]] = ("patient",)

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="consents", verbose_name=_("patient"))
    appointment = models.ForeignKey(
        Appointment, models.CASCADE, null=True, blank=True, related_name="consents", verbose_name=_("appointment")
    )
    kind = models.CharField(_("about"), max_length=20, choices=ConsentKind)
    treatment = models.ForeignKey(
        Treatment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("treatment"),
        help_text=_("Empty: whatever the appointment is about."),
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    hash = models.CharField(_("fingerprint"), max_length=64)
    given_at = models.DateTimeField(_("given at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="consent_kind_is_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.given_at:%Y-%m-%d}"
