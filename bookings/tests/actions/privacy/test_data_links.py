"""A link to one's own data is good once, for an hour, with the birth date."""

from datetime import timedelta

import pytest

from bookings.actions.data_links import send_data_link, try_birth_date
from bookings.enums import Channel, MessageKind, MessageState
from bookings.models import Appointment, DataLink, Message, Patient
from bookings.tests.about_ada import BORN, AboutAda

pytestmark = pytest.mark.django_db


def test_a_link_is_mailed_whatever_the_channel_and_replaces_those_before(about: AboutAda) -> None:
    Patient.objects.filter(pk=about.ada.pk).update(channel=Channel.PHONE)
    consultation = Appointment.objects.get(pk=about.consultation.pk)
    first = send_data_link(appointment=consultation, now=about.now)
    second = send_data_link(appointment=consultation, now=about.now)
    assert list(DataLink.objects.all()) == [second]
    told = list(Message.objects.filter(kind=MessageKind.DATA).order_by("pk").values_list("event", "state", "channel"))
    assert told == [
        (f"data link {first.pk}", MessageState.CANCELLED, Channel.EMAIL),
        (f"data link {second.pk}", MessageState.WAITING, Channel.EMAIL),
    ]
    assert Message.objects.get(event=f"data link {second.pk}").not_after == second.expires_at


def test_the_birth_date_opens_a_link_once_and_five_others_close_it(about: AboutAda) -> None:
    wrong, secret = BORN + timedelta(days=1), about.link.secret
    for tries in range(1, 5):
        tried = try_birth_date(secret=secret, birth_date=wrong, now=about.now)
        assert tried
        assert (tried.tries, tried.used_at) == (tries, None)
    opened = try_birth_date(secret=secret, birth_date=BORN, now=about.now)
    assert opened
    assert opened.used_at == about.now
    assert try_birth_date(secret=secret, birth_date=BORN, now=about.now) is None
    DataLink.objects.update(used_at=None)
    try_birth_date(secret=secret, birth_date=wrong, now=about.now)
    assert try_birth_date(secret=secret, birth_date=BORN, now=about.now) is None


def test_a_link_opens_nothing_after_its_hour_or_without_a_birth_date(about: AboutAda) -> None:
    late = about.now + timedelta(hours=1)
    assert try_birth_date(secret=about.link.secret, birth_date=BORN, now=late) is None
    Patient.objects.update(birth_date=None)
    assert try_birth_date(secret=about.link.secret, birth_date=BORN, now=about.now) is None
