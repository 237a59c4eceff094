"""What can go wrong with a booking, as values that views turn into pages."""

from collections.abc import Iterable

from bookings.enums import Rule


class BookingError(Exception):
    """A booking that cannot go on; nothing was changed."""


class SlotTaken(BookingError):
    """The time was taken by someone else, or is no longer offered."""


class HoldExpired(BookingError):
    """There is no held time to book: it ran out, was freed, or never was."""


class TooManyOpen(BookingError):
    """This contact has as many open requests as the clinic lets one have."""


class TooLate(BookingError):
    """It is too late to change this online: the patient must call."""


class ChangedMeanwhile(BookingError):
    """The appointment is no longer as it was when the page was shown."""


class OutOfPlan(BookingError):
    """The sessions of a course would not keep the distances of its plan, or not all of them have a time."""


class OfferGone(BookingError):
    """The offered place was taken, passed on or withdrawn."""


class Undecided(BookingError):
    """Time off or a closure would hit an appointment that nobody has decided about."""


class BeingBooked(BookingError):
    """A visitor holds a time at this moment; in some minutes it is either booked or free."""


class TransitionNotAllowed(BookingError):
    """The appointment is in a state from which this change is not possible."""

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__(f"{current} → {wanted}")
        self.current = current
        self.wanted = wanted


class Obstructed(BookingError):
    """Rules stand in the way; staff may override them with a reason."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = list(rules)
        super().__init__(", ".join(self.rules))
