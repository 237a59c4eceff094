"""`manage.py deliver`: sends the messages that are due, once or again and again."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from bookings.actions.deliver import deliver
from bookings.actions.post import post

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Send the messages that are due: mails by EMAIL_URL, text messages by SMS_URL. Several may run at once. "
        "A message whose worker died is taken up again after five minutes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="stay, and look again and again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["every"] is None:
            return empty()
        while True:
            try:
                empty()
            except DatabaseError:
                # A database that is away for a minute is there again in the next.
                logger.exception("delivering failed, and is tried again")
            close_old_connections()
            time.sleep(options["every"])


def empty() -> None:
    """Until nothing is due any more."""
    while deliver(send=post, clock=timezone.now):
        pass
