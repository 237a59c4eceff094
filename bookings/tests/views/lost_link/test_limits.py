"""How often links may be asked for, and how often a mailbox gets them."""

import time_machine

from bookings.models import Appointment
from bookings.tests.browser import Visitor
from bookings.tests.views.lost_link.asking import ADA, ask, outbox


def test_one_mailbox_gets_three_mails_an_hour_and_the_answer_does_not_say_so(
    asked: Appointment, clock: time_machine.Traveller
) -> None:
    contacts = [ADA, asked.reference, ADA.upper(), ADA, asked.reference]
    answers = {ask(one, REMOTE_ADDR=f"192.0.2.{number}").content for number, one in enumerate(contacts)}
    assert len(outbox()) == 3
    assert len(answers) == 1
    ask("nobody@example.com", REMOTE_ADDR="192.0.2.9")
    assert len(outbox()) == 3


def test_one_address_asks_ten_times_an_hour(asked: Appointment, visitor: Visitor) -> None:
    statuses = [ask(f"n{number}@example.com", REMOTE_ADDR="192.0.2.1").status_code for number in range(11)]
    assert statuses == [302] * 10 + [429]
    assert ask(ADA, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert not outbox()
    ask(ADA, REMOTE_ADDR="192.0.2.2")
    assert len(outbox()) == 1
