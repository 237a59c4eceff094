"""What a treatment is for: body areas, concerns, and the rows that join them to it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from treatments.models.rows import Row


class BodyArea(models.Model):
    """A part of the body as patients name it."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address of the page"), unique=True)
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences; no claims about benefits."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("body area")
        verbose_name_plural = _("body areas")

    def __str__(self) -> str:
        return self.name or ""

    def get_absolute_url(self) -> str:
        return reverse("treatments:area", args=[self.slug])


class Concern(models.Model):
    """What people come for: an indication in their words."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address of the page"), unique=True)
    medical_name = models.CharField(_("medical name"), max_length=120, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What it is, in plain words; no claims about benefits.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")

    def __str__(self) -> str:
        return self.name or ""

    def get_absolute_url(self) -> str:
        return reverse("treatments:concern", args=[self.slug])


class Indication(Row):
    """A concern this treatment is used for. Its benefit is graded by an Evidence row."""

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="indications", verbose_name=_("concern"))
    text = models.TextField(_("in plain words"), help_text=_("What the treatment is used for. Claim no result here."))

    class Meta(Row.Meta):
        verbose_name = _("indication")
        verbose_name_plural = _("what it is for")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["treatment", "concern"], name="indication_once_a_concern"),
        ]

    def __str__(self) -> str:
        return str(self.concern)
