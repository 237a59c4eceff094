"""Signed editions: what patients read."""

import hashlib
import json
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from clinic.models import Practitioner
from treatments.models.treatment import Treatment


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256 over the content's canonical JSON: 64 hexadecimal digits."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_force(self, *, language: str, at: datetime, demo: bool, prescription_only: bool) -> "EditionQuerySet":
        """For each treatment the edition that visitors read at `at`, in the order of the treatments.

        Editions signed for a demonstration count only in a demonstration (`demo`); prescription-only treatments
        only where the clinic lists them.
        """
        published = Edition.objects.filter(treatment=OuterRef("treatment"), language=language, publish_from__lte=at)
        treatments = Treatment.objects.listed(prescription_only=prescription_only)
        if not demo:
            published = published.filter(is_demo=False)
        # The last one signed of those due: a correction is never overtaken by an older page that was scheduled.
        latest = published.order_by("-number").values("pk")[:1]
        return (
            self.filter(pk=Subquery(latest), treatment__in=treatments)
            .select_related("treatment")
            .order_by("treatment__order", "treatment__pk")
        )

    def update(self, **values: Any) -> int:
        """Only the sign-in behind a signature may be forgotten (when its account is deleted)."""
        if set(values) != {"signed_by"}:
            raise TypeError("An edition is immutable: sign a new one.")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("An edition is kept for good: sign a new one.")


class Edition(models.Model):
    """An immutable snapshot of a treatment's page in one language, with the clinician's signature."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    treatment = models.ForeignKey(Treatment, models.PROTECT, related_name="editions", verbose_name=_("treatment"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    hash = models.CharField(_("fingerprint"), max_length=64)
    reviewer = models.ForeignKey(Practitioner, models.PROTECT, related_name="+", verbose_name=_("reviewed by"))
    # As it stood on the day of signing: a new surname or role changes no page that was signed before.
    reviewer_name = models.CharField(_("reviewer's name"), max_length=120)
    reviewer_role = models.CharField(_("reviewer's role"), max_length=120)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
    )
    signed_at = models.DateTimeField(_("signed at"))
    publish_from = models.DateTimeField(_("published from"))
    review_due = models.DateField(_("next review"))
    is_demo = models.BooleanField(_("signed for a demonstration"), default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["treatment", "language", "-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["treatment", "language", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_1"),
        ]
        indexes = [models.Index(fields=["treatment", "language", "publish_from"], name="edition_in_force")]

    def __str__(self) -> str:
        return f"{self.treatment} · {self.get_language_display()} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An edition is immutable: sign a new one.")
        self.hash = content_hash(self.content)
        # Never an UPDATE: an edition made with the key of a stored one must not replace it.
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("An edition is kept for good: sign a new one.")

    @property
    def is_intact(self) -> bool:
        """Whether the content is still the content that was signed."""
        return content_hash(self.content) == self.hash
