"""The check-in after a visit: two answers, what they call for, and how long they may be given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from bookings.care.due import TAKES_PLACE
from bookings.care.visit import Visit
from bookings.enums import Feeling
from treatments.enums import SeekHelp

OPEN_FOR = timedelta(days=14)
WORST_LAST = [None, *Feeling]


class Window(StrEnum):
    """Whether somebody may be asked how they are."""

    NO_VISIT = "no_visit"
    TOO_EARLY = "too_early"
    OPEN = "open"
    CLOSED = "closed"


class Urgency(IntEnum):
    """What answers call for, the most urgent last."""

    NONE = 0
    WORSE = 1
    CLINIC = 2
    EMERGENCY = 3


@dataclass(frozen=True, slots=True)
class Sign:
    """A warning sign of a page, in the words that somebody ticked."""

    key: str
    words: str
    seek_help: SeekHelp


@dataclass(frozen=True, slots=True)
class Answers:
    """The signs that somebody has, and how it is otherwise; None: not said, as signs are enough."""

    signs: tuple[Sign, ...] = ()
    feeling: Feeling | None = None

    @property
    def urgency(self) -> Urgency:
        if any(sign.seek_help == SeekHelp.EMERGENCY for sign in self.signs):
            return Urgency.EMERGENCY
        if self.signs:
            return Urgency.CLINIC
        return Urgency.WORSE if self.feeling == Feeling.WORSE else Urgency.NONE

    @property
    def needs_call(self) -> bool:
        return bool(self.signs)

    def and_then(self, later: "Answers") -> "Answers":
        """With what was answered later: it may add a sign or be worse, and takes nothing away."""
        known = {sign.key for sign in self.signs}
        return Answers(
            self.signs + tuple(sign for sign in later.signs if sign.key not in known),
            max(self.feeling, later.feeling, key=WORST_LAST.index),
        )

    def to_dict(self) -> dict[str, Any]:
        signs = [{"key": sign.key, "words": sign.words, "seek_help": sign.seek_help.value} for sign in self.signs]
        return {"signs": signs, "feeling": self.feeling.value if self.feeling else None}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Answers":
        """The answers that `to_dict` gave."""
        signs = (Sign(one["key"], one["words"], SeekHelp(one["seek_help"])) for one in values["signs"])
        return cls(tuple(signs), Feeling(values["feeling"]) if values["feeling"] else None)


def window(visit: Visit, now: datetime) -> Window:
    """Whether `now` is the time to ask: from the end of a visit that takes place, for two weeks."""
    if visit.state not in TAKES_PLACE:
        return Window.NO_VISIT
    if now < visit.over:
        return Window.TOO_EARLY
    return Window.OPEN if now < visit.over + OPEN_FOR else Window.CLOSED
