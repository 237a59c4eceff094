"""Sending the links of an address again, in one mail."""

import logging
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from bookings.queries.lost_links import appointments_of, entries_of, language_of
from clinic.models import Clinic

logger = logging.getLogger(__name__)


def send_links(*, email: str, site: str, now: datetime) -> None:
    """Mail the links of what this address has to come, if there is anything; `site` is such as https://clinic.example.

    The mail says when, never what. A failure is logged without the address, and raises nothing.
    """
    appointments, entries = appointments_of(email, now=now), entries_of(email)
    if not appointments and not entries:
        return
    with translation.override(language_of(email)):
        context = {"appointments": appointments, "entries": entries, "site": site, "clinic": Clinic.objects.current()}
        mail = EmailMultiAlternatives(
            _("Your link to the clinic’s page"), render_to_string("emails/lost_link.txt", context), to=[email]
        )
        mail.attach_alternative(render_to_string("emails/lost_link.html", context), "text/html")
    try:
        mail.send()
    except Exception as error:
        # Every backend has exceptions of its own, and their texts name the address.
        logger.error("a mail with a patient's links could not be sent: %s", type(error).__name__)
