"""What a message is about: its visit, place or address, read when it is written out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.translation import get_language

from bookings import care
from bookings.models import Appointment, Message
from bookings.queries.visits import is_treated, page_of, visit_of
from clinic.models import Clinic, Location, Practitioner
from treatments.page import Page


@dataclass
class About:
    """A message with what it is about, in the active language, as it stands at `now`."""

    message: Message
    clinic: Clinic
    now: datetime

    @cached_property
    def appointment(self) -> Appointment:
        """Raises ValueError for a message about none."""
        if self.message.appointment is None:
            raise ValueError(f"this message has no appointment: {self.message.kind}")
        return self.message.appointment

    @cached_property
    def location(self) -> Location | None:
        """Where it is about; None for what has no place, such as lost links."""
        if self.message.offer:
            return self.message.offer.entry.location
        return self.message.appointment.location if self.message.appointment else None

    @property
    def place(self) -> Location:
        """The location. Raises ValueError for a message about none."""
        if self.location is None:
            raise ValueError(f"this message has no location: {self.message.kind}")
        return self.location

    @property
    def start(self) -> datetime:
        return self.message.offer.starts_at if self.message.offer else self.appointment.starts_at

    @property
    def end(self) -> datetime:
        if offer := self.message.offer:
            return offer.starts_at + timedelta(minutes=offer.entry.type.minutes)
        return self.appointment.ends_at

    @property
    def practitioner(self) -> Practitioner:
        return self.message.offer.practitioner if self.message.offer else self.appointment.practitioner

    @cached_property
    def page(self) -> Page | None:
        """The treatment's signed page in force, in the active language if it is signed in it."""
        code = get_language() or self.clinic.default_language
        return page_of(self.appointment, self.clinic, language=code, at=self.now)

    @cached_property
    def visit(self) -> care.Visit:
        return visit_of(self.appointment)

    @cached_property
    def timeline(self) -> care.Timeline:
        none = {"preparation": (), "aftercare": ()}
        rows = (self.page if is_treated(self.appointment) else None) or none
        return care.timeline(self.visit, preparation=rows["preparation"], aftercare=rows["aftercare"])
