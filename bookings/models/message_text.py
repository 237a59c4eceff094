"""The clinic's own words for a message, where staff wrote some."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.enums import MessageKind


class MessageText(models.Model):
    """Subject and text of one kind of message in one language, in place of those that come with the program."""

    personal_fields: ClassVar[tuple[str, ...]] = ()

    kind = models.CharField(_("kind"), max_length=30, choices=MessageKind)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"))
    sms = models.CharField(_("text message"), max_length=300)

    class Meta:
        ordering = ["kind", "language"]
        verbose_name = _("words of a message")
        verbose_name_plural = _("words of messages")
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="message_text_once_a_language"),
            models.CheckConstraint(condition=models.Q(kind__in=MessageKind.values), name="message_text_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_language_display()}"
