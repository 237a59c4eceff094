"""What was answered to one question, and how it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from bookings.enums import Reply


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to the question with this `fingerprint`; made by `Question.answered`.

    `since` is the day from which a wait counts; `no_date`: they said that it is not over yet, or not known.
    """

    reply: Reply
    follow_up: Reply | None = None
    since: date | None = None
    no_date: bool = False
    fingerprint: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "reply": self.reply.value,
            "follow_up": self.follow_up.value if self.follow_up else None,
            "since": self.since.isoformat() if self.since else None,
            "no_date": self.no_date,
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """What `to_dict` made. Raises ValueError for anything else."""
        try:
            return cls(
                reply=Reply(values["reply"]),
                follow_up=Reply(values["follow_up"]) if values["follow_up"] else None,
                since=date.fromisoformat(values["since"]) if values["since"] else None,
                no_date=bool(values["no_date"]),
                fingerprint=str(values["fingerprint"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not a stored answer") from error
