"""What every row of a treatment's content has in common."""

import secrets
from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


def new_key() -> str:
    return f"row-{secrets.token_hex(4)}"


class Row(models.Model):
    """One row of a treatment's page. Treatments below it inherit the row, unless `areas` leaves them out."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    treatment = models.ForeignKey("treatments.Treatment", models.CASCADE, verbose_name=_("treatment"))
    # The name of the row in the content files: a row that staff reworded is still known, and left alone.
    key = models.SlugField(_("key"), max_length=80, default=new_key, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    areas = models.ManyToManyField(
        "treatments.BodyArea",
        blank=True,
        verbose_name=_("only for these body areas"),
        help_text=_("A treatment below this one inherits the row only if it treats one of these. Empty: always."),
    )
    references = models.ManyToManyField("treatments.Reference", blank=True, verbose_name=_("references"))
    prescription_only = models.BooleanField(
        _("names a prescription medicine"),
        default=False,
        help_text=_("Shown only where the clinic lists prescription-only treatments."),
    )

    class Meta:
        abstract = True
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["treatment", "key"], name="%(class)s_key_once_a_treatment")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the default language in the columns that the constraints see, whatever language staff read."""
        with override(settings.MODELTRANSLATION_DEFAULT_LANGUAGE):
            super().save(*args, **kwargs)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Leaves translated fields to `clean`: here they would answer in the language that staff read."""
        translated = {field.translated_field.name for field in self._meta.fields if hasattr(field, "translated_field")}
        super().validate_constraints({*(exclude or ()), *translated})

    def in_default_language(self, field: str) -> str:
        """The text of a translated field in the language that the database's constraints see."""
        return getattr(self, f"{field}_{settings.MODELTRANSLATION_DEFAULT_LANGUAGE}") or ""
