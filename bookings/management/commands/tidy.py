"""What the clock does by itself: to be run each minute, or with `--every 60` as a process that stays."""

import logging
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from bookings.actions.content_reviews import remind_of_reviews
from bookings.actions.hold import forget_holds
from bookings.actions.lapse import lapse_unanswered
from bookings.actions.offers import pass_on_unanswered
from bookings.actions.outbox import end_calls
from bookings.actions.plan_all import plan_all

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Offer places that nobody answered to the next on the waiting list, close requests whose time came unanswered, "
        "delete expired sessions (with what was typed into them) and holds that ran out a day ago, and tell the clinic "
        "of pages whose review is due; in the course of an hour, plan the messages of every visit anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="stay, and do it again and again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["every"] is None:
            return tidy()
        while True:
            try:
                tidy()
            except DatabaseError:
                # A database that is away for a minute is there again in the next.
                logger.exception("tidying failed, and is tried again")
            close_old_connections()
            # To the next full turn, however long this one took: each minute has its share of the visits.
            time.sleep(options["every"] - time.time() % options["every"])


def tidy() -> None:
    now = timezone.now()
    pass_on_unanswered(now=now)
    lapse_unanswered(now=now)
    forget_holds(now=now)
    remind_of_reviews(now=now)
    end_calls(now=now)
    plan_all(now=now, turn=now.minute)
    call_command("clearsessions")
