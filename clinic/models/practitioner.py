"""The people who treat patients."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic.pictures import SafePictureField
from clinic.texts import lines_of, text_of


class Practitioner(models.Model):
    """Someone who treats patients here. Their name is public; a sign-in is optional."""

    personal_fields: ClassVar[tuple[str, ...]] = ("name",)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practitioner",
        verbose_name=_("sign-in"),
    )
    name = models.CharField(_("name"), max_length=120, help_text=_("With the title, as patients should read it."))
    slug = models.SlugField(_("address of the page"), unique=True)
    role = models.CharField(_("role"), max_length=120, help_text=_("Such as: Doctor of dermatology."))
    qualifications = models.TextField(_("qualifications"), blank=True, help_text=_("One on each line."))
    bio = models.TextField(_("about"), blank=True, help_text=_("Two or three plain sentences."))
    languages = models.CharField(
        _("languages spoken"),
        max_length=200,
        blank=True,
        help_text=_("As patients should read it: German, English, Persian."),
    )
    photo = SafePictureField(
        _("photo"),
        upload_to="practitioners",
        blank=True,
        aspect_ratios=[None],
        width_field="photo_width",
        height_field="photo_height",
    )
    photo_width = models.PositiveIntegerField(null=True, editable=False)
    photo_height = models.PositiveIntegerField(null=True, editable=False)
    is_physician = models.BooleanField(_("is a doctor"), default=False)
    is_active = models.BooleanField(_("works here"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")

    def __str__(self) -> str:
        return self.name or ""

    def get_absolute_url(self) -> str:
        return f"{reverse('practitioners')}#{self.slug}"

    @property
    def initials(self) -> str:
        """Two letters that stand in for a missing photo."""
        words = [word for word in text_of(self, "name").split() if not word.endswith(".")]
        return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()

    @property
    def qualification_list(self) -> list[str]:
        return lines_of(self, "qualifications")
