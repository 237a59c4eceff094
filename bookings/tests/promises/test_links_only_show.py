"""Promise 15: a scanner that opens the addresses in a mail confirms, cancels and changes nothing."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from bookings.tests.promises.linked import LEAD_ON, PATTERNS, STANDS, TAKE_POSTS_ONLY, Link, three_requests
from bookings.tests.rows import everything

pytestmark = pytest.mark.django_db


def scan(link: Link) -> set[str]:
    """Open every address behind a link as mail scanners do; the names of those that show a page."""
    shown, client = set(), Client()
    for name, path in link.addresses():
        opened = client.get(f"{path}?{link.query}"), client.head(path)
        statuses = {one.status_code for one in opened}
        assert statuses <= ({405} if name in TAKE_POSTS_ONLY else {200, 302}), (name, statuses)
        assert client.options(path).status_code in {200, 302, 405}, name
        assert "session" not in client.cookies, name
        if 200 in statuses:
            shown.add(name)
    return shown


@pytest.mark.parametrize("stand", STANDS, ids=lambda stand: stand.__name__)
def test_promise_15_opening_every_address_of_a_link_changes_nothing(
    now: datetime, clock: time_machine.Traveller, stand: Callable[[datetime], list[Link]]
) -> None:
    links = stand(now)
    before = everything()
    shown = set().union(*(scan(link) for link in links))
    assert everything() == before
    assert shown >= STANDS[stand]


def test_promise_15_no_address_that_a_link_opens_is_left_out() -> None:
    assert set().union(*STANDS.values()) | TAKE_POSTS_ONLY | LEAD_ON == set(PATTERNS)


def test_promise_15_a_change_would_be_noticed(now: datetime, clock: time_machine.Traveller) -> None:
    """The negative control: what a button does."""
    link = three_requests(now)[0]
    before = everything()
    path = dict(link.addresses())["cancel"]
    assert Client().post(path).status_code == 302
    assert everything() != before
