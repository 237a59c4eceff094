"""What care needs to know of an appointment and of the clinic's wishes."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bookings.availability.intervals import Interval, as_utc
from bookings.availability.offsets import DAY
from bookings.care.quiet import QuietHours
from bookings.enums import State

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment: instants are aware, and kept in UTC; `zone` is the location's.

    `since`: when this time became certain, by confirming or by the last move. `true_end`: when it was really over, once
    staff say so. ValueError if a time is naive or the scheduled end is not after the start.
    """

    state: State
    start: datetime
    end: datetime
    since: datetime
    zone: ZoneInfo
    true_end: datetime | None = None

    def __post_init__(self) -> None:
        start, end = Interval(self.start, self.end)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)
        object.__setattr__(self, "since", as_utc(self.since))
        if self.true_end:
            object.__setattr__(self, "true_end", as_utc(self.true_end))

    @property
    def day(self) -> date:
        """The local day on which it starts."""
        return self.start.astimezone(self.zone).date()

    @property
    def over(self) -> datetime:
        """The end from which aftercare counts: the true one once it is known, until then the scheduled one."""
        return self.true_end or self.end


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before a visit: whole local days on the wall clock ("7d"), or hours that really pass ("3h")."""

    count: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in ("d", "h") or self.count < 1:
            raise ValueError(f"a reminder comes some days or hours before, such as 7d or 3h, not {self}")

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @classmethod
    def read(cls, text: str) -> "Lead":
        """From its text, such as 7d or 3h. Raises ValueError."""
        count, unit = text[:-1], text[-1:]
        if not (count.isascii() and count.isdigit()):
            raise ValueError(f"a reminder comes some days or hours before, such as 7d or 3h, not {text!r}")
        return cls(int(count), unit)

    def before(self, start: datetime, zone: ZoneInfo) -> datetime:
        """That long before `start`, in UTC; a clock time that a change skips is read as the time after it."""
        if self.unit == "h":
            return as_utc(start) - self.count * HOUR
        # Arithmetic on a local time moves the wall clock, whatever happens to the offset in between.
        return as_utc(start.astimezone(zone) - self.count * DAY)


@dataclass(frozen=True, slots=True)
class Rules:
    """The clinic's wishes: which reminders, when not to write, and how many hours after the end to ask how it went.

    `check_in_hours` None: nobody is asked. A session is announced `next_session_days` before its first possible day.
    """

    reminders: tuple[Lead, ...] = (Lead(7, "d"), Lead(2, "d"), Lead(3, "h"))
    quiet: QuietHours = field(default_factory=QuietHours)
    check_in_hours: int | None = 24
    next_session_days: int = 7
