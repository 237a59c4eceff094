"""A message's plain text as paragraphs, lists and links, for its HTML."""

from itertools import groupby
from typing import NamedTuple

BULLET = "- "


class Line(NamedTuple):
    """Words, and where they lead, if anywhere."""

    text: str
    link: str = ""


class Block(NamedTuple):
    """Lines that stand together: a list, a way on (one line that is a link), or a paragraph."""

    kind: str
    lines: list[Line]


def blocks(text: str, *, site: str) -> list[Block]:
    """The blocks of a text. “See it: https://…” becomes words with a link, but only to `site`, such as https://a.example.

    A name could be typed like an address: nothing else in a text ever becomes a link.
    """
    found = []
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.splitlines() if line.strip()]
        for is_list, group in groupby(lines, key=lambda line: line.startswith(BULLET)):
            together = [read(line.removeprefix(BULLET), site) for line in group]
            is_way_on = len(lines) == 1 and bool(together[0].link)
            found.append(Block("list" if is_list else "link" if is_way_on else "text", together))
    return found


def read(line: str, site: str) -> Line:
    words, found, rest = line.rpartition(f": {site}/")
    if found and words and " " not in rest:
        return Line(words, f"{site}/{rest}")
    return Line(line)
