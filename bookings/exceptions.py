"""What can go wrong with a booking, as values that views turn into pages."""


class BookingError(Exception):
    """A booking that cannot go on; nothing was changed."""


class SlotTaken(BookingError):
    """The time was taken by someone else, or is no longer offered."""


class HoldExpired(BookingError):
    """There is no held time to book: it ran out, was freed, or never was."""


class TransitionNotAllowed(BookingError):
    """The appointment is in a state from which this change is not possible."""

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__(f"{current} → {wanted}")
        self.current = current
        self.wanted = wanted
