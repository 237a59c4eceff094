"""Words with gaps: `{name}` and its like, filled from a fixed set of values and nothing else.

Staff write these words, so nothing in them is ever evaluated: a gap is a name in braces, and an unknown one is refused.
"""

import re
from collections.abc import Collection, Mapping

GAP = re.compile(r"\{([a-z_]+)\}")
# Any other brace: a gap mistyped, such as {Name} or {name.
BRACE = re.compile(r"\{[^{}\s]*\}?|\}")


def gaps_in(words: str) -> set[str]:
    """The names of the gaps in some words."""
    return set(GAP.findall(words))


def unknown_gaps(words: str, known: Collection[str]) -> list[str]:
    """What looks like a gap and cannot be filled, with its braces, in order of the alphabet."""
    rest = GAP.sub(lambda gap: "" if gap.group(1) in known else gap.group(), words)
    return sorted(set(BRACE.findall(rest)))


def fill(words: str, values: Mapping[str, str]) -> str:
    """The words with their gaps filled; what an empty value leaves empty closes up. KeyError for an unknown gap."""
    filled = GAP.sub(lambda gap: values[gap.group(1)], words)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in filled.splitlines())).strip()


def one_line(words: str) -> str:
    """Words for a subject or a text message: no line breaks, white space folded."""
    return " ".join(words.split())
