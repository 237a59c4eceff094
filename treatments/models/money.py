"""What a session costs at a location, and what else there is."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinic.models import Location
from treatments.models.rows import Row


class Price(Row):
    """The price of one session at one location; without amounts, on request."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="prices", verbose_name=_("location"))
    amount_from = models.DecimalField(_("from"), max_digits=10, decimal_places=2, null=True, blank=True)
    amount_to = models.DecimalField(_("to"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, help_text=_("Three letters, such as EUR."))
    as_of = models.DateField(_("as of"))
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("price")
        verbose_name_plural = _("costs")
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["treatment", "location"], name="price_once_a_location"),
            models.CheckConstraint(
                condition=Q(amount_from__isnull=True, amount_to__isnull=True)
                # Without “not null”, one alone would pass: a comparison with NULL refuses nothing.
                | Q(
                    amount_from__isnull=False,
                    amount_to__isnull=False,
                    amount_from__gte=0,
                    amount_to__gte=F("amount_from"),
                ),
                name="price_from_to",
                violation_error_message=_("Give both amounts, the smaller first, or neither for “on request”."),
            ),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_currency_three_letters"),
        ]

    def __str__(self) -> str:
        return f"{self.location}"

    def clean(self) -> None:
        if self.currency and not re.fullmatch(r"[A-Z]{3}", self.currency):
            raise ValidationError({"currency": _("Write three capital letters, such as EUR.")})


class Comparison(Row):
    """How the treatment differs from something else that people consider."""

    alternative = models.CharField(_("compared with"), max_length=120)
    difference = models.TextField(_("what differs"))
    recovery = models.TextField(_("recovery"), blank=True)
    risks = models.TextField(_("risks"), blank=True)
    cost = models.CharField(_("cost"), max_length=250, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("comparison")
        verbose_name_plural = _("compared with")

    def __str__(self) -> str:
        return self.alternative or ""
