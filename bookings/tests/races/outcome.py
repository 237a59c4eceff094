"""What came of a race: every answer, and what the database holds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from bookings import lifecycle
from bookings.availability.intervals import Interval
from bookings.enums import State


@dataclass(frozen=True)
class Answer:
    """What one post was told: `to` is where a redirect leads, `times` the starts that the page's buttons offer.

    A call has a status, too, and the name of the `refusal` it raised.
    """

    who: str
    status: int
    to: str = ""
    says_lost: bool = False
    times: tuple[str, ...] | list[str] = ()
    refusal: str = ""

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
        log: list[tuple[str, str, str, str | None]],
        offers: list[dict[str, str]],
        time_off: int,
    ) -> None:
        self.answers = [Answer(**answer) for answer in answers]
        self.claims = [
            (who, Interval(datetime.fromisoformat(start), datetime.fromisoformat(end))) for who, start, end in claims
        ]
        self.appointments = appointments
        self.patients = patients
        self.log = log
        self.offers = offers
        self.time_off = time_off

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

    @property
    def with_wrong_claims(self) -> list[str]:
        """Whose appointments do not claim what their states say: once from their start, or nothing at all."""
        claimed = Counter((who, span.start) for who, span in self.claims)
        wanted = Counter(
            (str(one["visitor"]), datetime.fromisoformat(str(one["starts_at"])))
            for one in self.appointments
            if one["state"] in lifecycle.LIVE
        )
        return sorted({who for who, _start in (claimed - wanted) + (wanted - claimed)})

    @property
    def broken_steps(self) -> list[tuple[str, str, str]]:
        """The lines of the log that no rule allows, or that do not go on from where the line before ended."""
        broken, states = [], {}
        for which, before, after, moved in self.log:
            follows = moved or lifecycle.may_follow(State(before), State(after))
            if not follows or states.get(which, before) != before:
                broken.append((which, before, after))
            states[which] = after
        return broken

    @property
    def damage(self) -> bool:
        """Whether two have one time, an appointment's claims or its log are not what they should be."""
        return bool(self.double_bookings or self.with_wrong_claims or self.broken_steps)
