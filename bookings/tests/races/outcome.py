"""What came of a race: every answer, and what the database holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from bookings.availability.intervals import Interval


@dataclass(frozen=True)
class Answer:
    """What one post was told: `to` is where a redirect leads, `times` the starts that the page's buttons offer."""

    who: str
    status: int
    to: str
    says_lost: bool
    times: list[str]

    @property
    def holds(self) -> bool:
        """The time is held: the next page asks who it is for."""
        return self.status == 302 and self.to.endswith(("/details/", "/check/"))

    @property
    def is_sent(self) -> bool:
        return self.status == 302 and "/appointments/" in self.to

    @property
    def offers_other_times(self) -> bool:
        return self.status == 409 and self.says_lost and bool(self.times)


class Outcome:
    def __init__(
        self,
        *,
        answers: list[dict[str, object]],
        claims: list[tuple[str, str, str]],
        appointments: list[dict[str, object]],
        patients: list[int],
    ) -> None:
        self.answers = [Answer(**answer) for answer in answers]
        self.claims = [
            (who, Interval(datetime.fromisoformat(start), datetime.fromisoformat(end))) for who, start, end in claims
        ]
        self.appointments = appointments
        self.patients = patients

    def of(self, who: str) -> Iterator[Answer]:
        return (answer for answer in self.answers if answer.who == who)

    @property
    def winners(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.holds]

    @property
    def double_bookings(self) -> int:
        """How many pairs of claims overlap; there is one practitioner."""
        return sum(one.overlaps(other) for (_, one), (_, other) in combinations(self.claims, 2))

    @property
    def failures(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.status >= 500]
