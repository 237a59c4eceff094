"""Opening hours as people say them: neighbouring days with the same hours in one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

Spans = tuple[tuple[time, time], ...]


@dataclass(frozen=True)
class HoursLine:
    """The weekdays `first` to `last` (0 Monday … 6 Sunday), open in `spans`; closed where there are none."""

    first: int
    last: int
    spans: Spans


def hours_lines(rows: Iterable[tuple[int, time, time]], *, week_starts_on: int) -> Sequence[HoursLine]:
    """A week of (weekday, opens, closes) rows as lines, from the week's first day, closed days included."""
    by_day: dict[int, list[tuple[time, time]]] = {day: [] for day in range(7)}
    for weekday, opens, closes in rows:
        by_day[weekday].append((opens, closes))
    lines: list[HoursLine] = []
    for day in [(week_starts_on + offset) % 7 for offset in range(7)]:
        spans = tuple(sorted(by_day[day]))
        if lines and lines[-1].spans == spans:
            lines[-1] = HoursLine(lines[-1].first, day, spans)
        else:
            lines.append(HoursLine(day, day, spans))
    return lines
