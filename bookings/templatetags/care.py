"""How the advice around a visit is dated, and drawn as a timeline."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from bookings.care import Advice, Timeline

register = template.Library()

# The drawing, in its own units: dates stand at the side, and next to them a lane for each line of advice.
WIDTH, TOP, STEP, LANES_FROM, LANES_TO, RULES_TO = 360, 40, 44, 140, 320, 324
WIDEST_LANE = 34


@register.simple_tag
def day_said(moment: datetime, now: datetime) -> str:
    """“today”, “tomorrow”, or “Thursday 10 December”, on the clock that `moment` is in."""
    away = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    return {0: _("today"), 1: _("tomorrow")}.get(away) or date_format(moment, "l j F")


@register.simple_tag
def time_said(moment: datetime, now: datetime) -> str:
    """“18:30 today”, “14:30 tomorrow”, or “14:30 on Friday 11 December”."""
    away = (moment.date() - now.astimezone(moment.tzinfo).date()).days
    words = {0: _("%(time)s today"), 1: _("%(time)s tomorrow")}.get(away) or _("%(time)s on %(day)s")
    return words % {"time": clock(moment), "day": date_format(moment, "l j F")}


def clock(moment: datetime) -> str:
    """“18:30”; with the zone's short name in an hour that a clock change lets happen twice."""
    twice = moment.replace(fold=1 - moment.fold).utcoffset() != moment.utcoffset()
    time = date_format(moment, "H:i")
    return f"{time} {moment.tzname()}" if twice else time


@register.simple_tag
def from_when(advice: Advice, now: datetime) -> str:
    """Since when what is to be done before a visit holds: “from tomorrow”, “at all times”."""
    if advice.starts is None:
        return _("at all times")
    return _("from %(day)s") % {"day": day_said(advice.starts, now)}


@register.simple_tag
def until_when(advice: Advice, now: datetime) -> str:
    """Until when what is to be done after a visit holds: “until 18:30 today”; its own words, or empty."""
    return _("until %(time)s") % {"time": time_said(advice.until, now)} if advice.until else advice.words


@register.filter
def is_over(advice: Advice, now: datetime) -> bool:
    return advice.until is not None and advice.until <= now


@register.simple_tag
def timeline_drawing(timeline: Timeline, now: datetime) -> dict[str, Any]:
    """A visit's advice as bars from top to bottom, by time but not to scale; from right to left where people read so.

    What comes before the visit and what follows it share lanes. A bar without a beginning or an end is open there.
    """
    before, after = [*timeline.before, *timeline.day], timeline.after
    moments = moments_of(timeline)
    height = TOP + STEP * len(moments)
    at = {moment: TOP + STEP * place for place, moment in enumerate(moments)}
    lane = min(WIDEST_LANE, (LANES_TO - LANES_FROM) / max(len(before), len(after), 1))
    bars = []
    for number, advice in enumerate([*before, *after], start=1):
        place = number - 1 if number <= len(before) else number - 1 - len(before)
        top = at[utc(advice.starts)] if advice.starts else 10
        bottom = at[utc(advice.until)] if advice.until else height - 10
        if not advice.starts:
            bottom = at[utc(timeline.start)]
        x = mirrored(round(LANES_FROM + lane * (place + 0.5)))
        bars.append({"number": number, "x": x, "top": top, "bottom": bottom, "advice": advice, "badge": top + 12})
    start, end = at[utc(timeline.start)], at[utc(timeline.end)]
    return {
        "width": WIDTH,
        "height": height,
        "side": mirrored(10),
        "rule": [mirrored(10), mirrored(RULES_TO)],
        "moments": [
            {"y": at[moment], "lines": lines(at[moment], words)} for moment, words in labels(timeline, moments)
        ],
        "visit": {
            "x": min(mirrored(4), mirrored(RULES_TO)),
            "top": min(start, end),
            "width": RULES_TO - 4,
            "height": abs(end - start),
            "middle": (start + end) // 2,
        },
        "lanes": mirrored(LANES_FROM),
        "bars": bars,
        "now": now_at(moments, at, utc(now)),
        "edge": mirrored(WIDTH - 4),
    }


def mirrored(x: int) -> int:
    return WIDTH - x if get_language_bidi() else x


def utc(moment: datetime) -> float:
    """An instant to compare and look up by: wall clocks of one zone are compared without their offsets."""
    return moment.timestamp()


def moments_of(timeline: Timeline) -> list[float]:
    """Every instant at which something begins or ends, in order."""
    advice = [*timeline.before, *timeline.day, *timeline.after]
    times = [timeline.start, timeline.end, *(one.starts for one in advice), *(one.until for one in advice)]
    return sorted({utc(moment) for moment in times if moment})


def lines(y: int, words: Sequence[str]) -> list[dict[str, Any]]:
    """Words one below the other, the last just above `y`."""
    return [{"y": y - 6 - 17 * (len(words) - 1 - place), "words": line} for place, line in enumerate(words)]


def labels(timeline: Timeline, moments: Sequence[float]) -> list[tuple[float, list[str]]]:
    """What stands beside each moment: its day where that is another than before, and its hour unless a day begins."""
    days = {utc(one.starts) for one in [*timeline.before, *timeline.day] if one.starts}
    found, day = [], None
    for moment in moments:
        local = datetime.fromtimestamp(moment, timeline.start.tzinfo)
        parts = [] if local.date() == day else [date_format(local, "D j M")]
        parts += [] if moment in days else [clock(local)]
        found.append((moment, parts))
        day = local.date()
    return found


def now_at(moments: Sequence[float], at: dict[float, int], now: float) -> int | None:
    """Where this moment lies between two others; None before the first and after the last."""
    for one, other in pairwise(moments):
        if one <= now < other:
            return round(at[one] + (at[other] - at[one]) * (now - one) / (other - one))
    return None
