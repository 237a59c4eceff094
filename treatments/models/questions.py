"""The questions people ask, and the pictures on a page."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic.pictures import SafePictureField
from treatments.enums import PictureKind
from treatments.models.rows import Row


class Question(Row):
    """A question people ask, with its answer."""

    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("answer"))

    class Meta(Row.Meta):
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")

    def __str__(self) -> str:
        return self.question or ""


class Picture(Row):
    """A picture on the page. Before-and-after pictures show only where the clinic may show them."""

    image = SafePictureField(
        _("picture"), upload_to="treatments", aspect_ratios=[None], width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=PictureKind, default=PictureKind.ILLUSTRATION)
    alt = models.CharField(_("description"), max_length=250, help_text=_("For people who cannot see it."))
    caption = models.CharField(_("caption"), max_length=250, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=PictureKind.values), name="picture_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.alt or ""
