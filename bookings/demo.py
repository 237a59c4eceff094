"""The demonstration: the clinic, its content, signed pages and a diary with a few requests in it."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from bookings.actions.book import request_appointment
from bookings.actions.booking import Booking, Contact
from bookings.actions.change import change_state
from bookings.actions.hold import hold
from bookings.enums import Actor, State
from bookings.models import AppointmentType, WorkingHours
from bookings.queries.diary import read_diary
from bookings.queries.wish import wish_for
from clinic.demo import load_clinic
from clinic.models import Clinic, Location, Practitioner
from treatments import content_files
from treatments.actions.editions import sign
from treatments.models import Treatment

FILE = Path(__file__).parent / "content" / "demo.toml"
REVIEWER = "leyla-farrokh"
# Invented people under a domain that can never exist.
REQUESTS = [
    ("berlin", "facial-rejuvenation", "Ines Okafor", "+491713920001", 2, False),
    ("berlin", "hair-and-scalp", "Tomasz Lindqvist", "+491713920002", 5, True),
    ("berlin", "pigmentation", "نرگس رضایی", "+491713920003", 9, False),
    ("dubai", "dark-circles", "Farah Nasser", "+491713920004", 4, True),
    ("dubai", "pigmentation", "Oliver Hartmann", "+491713920005", 7, False),
]


@transaction.atomic
def load(*, now: datetime) -> None:
    """Fill an empty database with the demonstration; a database with treatments is left alone."""
    if Treatment.objects.exists():
        return
    load_clinic()
    content_files.load()
    sign_all(now=now)
    load_diary()
    ask_for_appointments(now=now)


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


def load_diary() -> None:
    demo = tomllib.loads(FILE.read_text(encoding="utf-8"))
    people = {person.slug: person for person in Practitioner.objects.all()}
    places = {place.slug: place for place in Location.objects.all()}
    for position, values in enumerate(demo["appointment_types"], start=1):
        who = [people[slug] for slug in values.pop("practitioners")]
        type = AppointmentType.objects.create(name_en=values.pop("name"), order=position, **values)
        type.practitioners.set(who)
    for block in demo["working_hours"]:
        WorkingHours.objects.bulk_create(
            WorkingHours(
                practitioner=people[block["practitioner"]],
                location=places[block["location"]],
                weekday=day,
                starts=line["starts"],
                ends=line["ends"],
            )
            for line in block["hours"]
            for day in line["days"]
        )


def ask_for_appointments(*, now: datetime) -> None:
    """A few requests and confirmed appointments in the days to come, made by the same actions as real ones."""
    type = AppointmentType.objects.bookable_for(Treatment.objects.get(slug="facial-rejuvenation")).get()
    for number, (place, treatment, name, phone, skip, confirmed) in enumerate(REQUESTS):
        location = Location.objects.get(slug=place)
        wish = wish_for(type, location, visitor=f"demonstration-{number}")
        earliest, latest = wish.days(now)
        start = read_diary(wish, first=earliest, last=latest, now=now).starts()[skip * 5]
        held = hold(wish=wish, treatment=Treatment.objects.get(slug=treatment), start=start, minutes=10, now=now)
        contact = Contact(name=name, email=f"patient{number + 1}@nilufar.example", phone=phone, language="en")
        asked = request_appointment(
            reference=held.reference,
            visitor=held.visitor,
            booking=Booking(contact),
            now=now - timedelta(hours=3 * number + 1),
        )
        if confirmed:
            change_state(appointment=asked, to=State.CONFIRMED, actor=Actor.STAFF, now=now)
