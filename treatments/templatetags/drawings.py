"""Drawings made from the rows of a treatment's page: where their lines and dots lie."""

from typing import Any

from django import template

register = template.Library()

MOST_DOTS = 10


@register.simple_tag
def session_drawing(phase: dict[str, Any]) -> dict[str, Any]:
    """A phase as dots on a line: filled for the least number, hollow up to the most, a dashed end where it is open."""
    low, high = phase["sessions_from"], phase["sessions_to"]
    count = min(high or (low or 0) + 1 or 2, MOST_DOTS) if (low or high) else 2
    dots = [{"x": 14 + 34 * position, "maybe": position >= (low or 0)} for position in range(count)]
    end = dots[-1]["x"]
    is_open = high is None
    return {
        "dots": dots,
        "open": is_open,
        "end": end + 26 if is_open else end,
        "width": end + 40 if is_open else end + 14,
    }


@register.simple_tag
def depth_drawing(depth: dict[str, str]) -> dict[str, Any]:
    """Where the needle's reach lies in a drawing whose surface is at 40 and in which a millimetre is 24 high."""
    top, bottom = (round(40 + 24 * float(depth[end])) for end in ("from", "to"))
    marks = [{"mm": mm, "y": 40 + 24 * mm} for mm in range(0, 7)]
    return {
        "top": top,
        "bottom": bottom,
        "height": bottom - top,
        "middle": (top + bottom) // 2,
        "marks": marks,
    }
