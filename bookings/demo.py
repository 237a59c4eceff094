"""The demonstration: the clinic, its content, signed pages and a diary with a few requests in it."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction

from bookings import screening
from bookings.actions.book import request_appointment
from bookings.actions.booking import Agreed, Booking, Contact, Screened
from bookings.actions.change import change_state
from bookings.actions.hold import hold
from bookings.demo_course import plan_a_course
from bookings.enums import Actor, ConsentKind, Reply, State
from bookings.models import AppointmentType, Closure, ConsentText, Resource, ResourceKind, WorkingHours
from bookings.queries.diary import read_diary
from bookings.queries.obstacles import edition_of
from bookings.queries.wish import wish_for
from clinic.demo import load_clinic
from clinic.holidays import public_holidays
from clinic.models import Clinic, Location, Practitioner
from treatments import content_files
from treatments.actions.editions import sign
from treatments.models import Treatment

FILE = Path(__file__).parent / "content" / "demo.toml"
CONSENTS = FILE.with_name("consents.toml")
REVIEWER = "leyla-farrokh"
# Invented people under a domain that can never exist. Who is not sure of an answer waits for a clinician's review.
REQUESTS = [
    ("berlin", "facial-rejuvenation", "Ines Okafor", "+491713920001", date(1988, 4, 17), Reply.NO, 2, False),
    ("berlin", "hair-and-scalp", "Tomasz Lindqvist", "+491713920002", date(1979, 11, 2), Reply.NO, 5, True),
    ("berlin", "pigmentation", "نرگس رضایی", "+491713920003", date(1994, 7, 30), Reply.NOT_SURE, 9, False),
    ("dubai", "dark-circles", "Farah Nasser", "+491713920004", date(1985, 2, 9), Reply.NO, 4, True),
    ("dubai", "pigmentation", "Oliver Hartmann", "+491713920005", date(1970, 9, 21), Reply.NO, 7, False),
]


@transaction.atomic
def load(*, now: datetime) -> None:
    """Fill an empty database with the demonstration; a database with treatments is left alone."""
    if Treatment.objects.exists():
        return
    load_clinic()
    content_files.load()
    sign_all(now=now)
    load_consents(now=now)
    load_diary(now=now)
    ask_for_appointments(now=now)
    treatment = Treatment.objects.get(slug="facial-rejuvenation")
    plan_a_course(treatment, now=now, answers=lambda at: answers(treatment, Reply.NO, at=at, until=now))


def sign_all(*, now: datetime) -> None:
    reviewer = Practitioner.objects.get(slug=REVIEWER)
    for treatment in Treatment.objects.all():
        sign(
            treatment=treatment,
            language=Clinic.objects.current().default_language,
            reviewer=reviewer,
            by=None,
            now=now,
            review_due=(now + timedelta(days=365)).date(),
        )


def load_consents(*, now: datetime) -> None:
    """What patients are asked to agree to."""
    for values in tomllib.loads(CONSENTS.read_text(encoding="utf-8"))["texts"]:
        ConsentText.objects.create(**{**values, "text": values["text"].strip()}, created_at=now - timedelta(days=1))


def give_sign_in(clinician: Practitioner, *, name: str, password: str) -> None:
    """Let a clinician sign in, see their own diary, read answers and sign pages; the roles must exist."""
    clinician.user = User.objects.create_user(name, password=password, is_staff=True)
    clinician.user.groups.set(Group.objects.filter(name__in=("Practitioner", "Clinical reviewer")))
    clinician.save(update_fields=["user"])


def load_diary(*, now: datetime) -> None:
    """Rooms, what can be booked, who works when, and the public holidays of a year from `now`."""
    demo = tomllib.loads(FILE.read_text(encoding="utf-8"))
    people = {person.slug: person for person in Practitioner.objects.all()}
    places = {place.slug: place for place in Location.objects.all()}
    for values in demo["resource_kinds"]:
        kind = ResourceKind.objects.create(name=values["name"])
        for room in values["rooms"]:
            Resource.objects.create(kind=kind, location=places[room["location"]], name=room["name"])
    for position, values in enumerate(demo["appointment_types"], start=1):
        who = [people[slug] for slug in values.pop("practitioners")]
        kinds = ResourceKind.objects.filter(name__in=values.pop("resource_kinds"))
        type = AppointmentType.objects.create(name_en=values.pop("name"), order=position, **values)
        type.practitioners.set(who)
        type.resource_kinds.set(kinds)
    for block in demo["working_hours"]:
        who_and_where = {"practitioner": people[block["practitioner"]], "location": places[block["location"]]}
        WorkingHours.objects.bulk_create(hours for line in block["hours"] for hours in weekly(line, who_and_where))
    for place in places.values():
        today = now.astimezone(place.zone).date()
        found = public_holidays(
            place.country, place.region, first=today, last=today + timedelta(days=365), language="en"
        )
        Closure.objects.bulk_create(
            Closure(location=place, first_day=day, last_day=day, name=name) for day, name in found
        )


def weekly(line: dict[str, Any], who_and_where: dict[str, Any]) -> list[WorkingHours]:
    """The hours of one line of the file, a row for each of its days."""
    values = {name: value for name, value in line.items() if name != "days"}
    return [WorkingHours(weekday=day, **who_and_where, **values) for day in line["days"]]


def ask_for_appointments(*, now: datetime) -> None:
    """A few requests and confirmed appointments in the days to come, made by the same actions as real ones."""
    type = AppointmentType.objects.bookable_for(Treatment.objects.get(slug="facial-rejuvenation")).get()
    texts = ConsentText.objects.current("en")
    for number, (place, slug, name, phone, born, reply, skip, confirmed) in enumerate(REQUESTS):
        location, treatment = Location.objects.get(slug=place), Treatment.objects.get(slug=slug)
        asked_at = now - timedelta(hours=3 * number + 1)
        wish = wish_for(type, location, visitor=f"demonstration-{number}")
        earliest, latest = wish.days(now)
        start = read_diary(wish, first=earliest, last=latest, now=now).starts()[skip * 5]
        held = hold(wish=wish, treatment=treatment, start=start, minutes=10, now=now)
        contact = Contact(name, f"patient{number + 1}@nilufar.example", phone, language="en", birth_date=born)
        asked = request_appointment(
            reference=held.reference,
            visitor=held.visitor,
            booking=Booking(
                contact,
                screened=answers(treatment, reply, at=asked_at, until=now),
                agreed=[Agreed(texts[kind], asked_at) for kind in (ConsentKind.DATA, ConsentKind.TERMS)],
            ),
            now=asked_at,
        )
        if confirmed:
            change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=now)


def answers(treatment: Treatment, reply: Reply, *, at: datetime, until: datetime) -> Screened:
    """The answers of someone who says no to every question but the first, to which they say `reply`."""
    edition = edition_of(treatment, Clinic.objects.current(), at=until)
    if edition is None:
        raise ValueError(f"{treatment.slug} has not been signed")
    asked = screening.questions(edition.content)
    given = {
        question.key: question.answered(reply if number == 0 else Reply.NO) for number, question in enumerate(asked)
    }
    found = screening.result(asked, given, today=at.date())
    return Screened(
        edition,
        {key: answer.to_dict() for key, answer in given.items()},
        needs_review=found.needs_review,
        not_before=found.not_before,
        at=at,
    )
