"""A place that is offered to someone on the waiting list."""

from datetime import datetime, timedelta
from functools import partial

from django.urls import reverse

from bookings.actions.cancel import cancel
from bookings.actions.change import change_state
from bookings.actions.offers import accept, pass_on_unanswered
from bookings.enums import Actor, OfferState, State
from bookings.links import token_of
from bookings.models import AppointmentType, PlaceOffer, WorkingHours
from bookings.tests.actions.waiting import waiting
from bookings.tests.diary import Diary
from bookings.tests.races.posts import Call, Deeds, Post, choose, halfway_at, morning
from clinic.tests.factories import PractitionerFactory


def accepted_many_times(diary: Diary) -> Deeds:
    """Someone presses the button again and again, while strangers choose the same time."""
    offer = offered(diary)
    return [*[take(offer)] * 12, *(choose(diary, offer.starts_at) for _ in range(8))]


def accepted_or_expired(diary: Diary) -> Deeds:
    """Someone presses the button while the offer runs out, and the next one waits already."""
    offer = offered(diary)
    waiting(diary, "Next")
    late = offer.until + timedelta(seconds=1)
    accepting = Call("accepts", partial(accept_in_time, offer, diary.now))
    expiring = Call("tidies", partial(pass_on_unanswered, now=late))
    return [accepting, expiring, take(offer)] * 5


def freed_at_once(diary: Diary) -> Deeds:
    """Two people give up their times with two practitioners while one person waits for any place."""
    half_hours(diary)
    other = PractitionerFactory()
    diary.type.practitioners.add(other)
    for hours in WorkingHours.objects.filter(practitioner=diary.practitioner):
        hours.pk, hours.practitioner = None, other
        hours.save()
    first = diary.request(morning(diary), visitor="first")
    second = diary.request(morning(diary) + timedelta(hours=2), visitor="second", practitioner=other)
    waiting(diary, "First", since=60)
    halfway_at(PlaceOffer)
    return [
        Call("first", partial(cancel, appointment=first, now=diary.now)),
        Call("second", partial(cancel, appointment=second, now=diary.now), waits=True),
    ]


def half_hours(diary: Diary) -> None:
    """Each half hour is one place: a stretch that is freed does not fit between two of them."""
    AppointmentType.objects.update(step=30)
    diary.type.refresh_from_db()


def offered(diary: Diary) -> PlaceOffer:
    """A time that somebody gave up, offered to whoever waits longest."""
    half_hours(diary)
    waiting(diary, "First", since=60)
    gone = diary.request(morning(diary), visitor="gone")
    change_state(appointment=gone, to=State.CANCELLED, actor=Actor.STAFF, now=diary.now)
    related = PlaceOffer.objects.select_related("entry__appointment", "entry__patient", "entry__screening")
    return related.select_related("practitioner", "hold__type", "hold__location", "hold__practitioner").get(
        state=OfferState.OPEN
    )


def accept_in_time(offer: PlaceOffer, now: datetime) -> object:
    return accept(offer=offer, now=now)


def take(offer: PlaceOffer) -> Post:
    path = reverse("bookings:waiting_take", args=[token_of(offer.entry)])
    return Post("taker", path, {"offer": str(offer.pk)})
