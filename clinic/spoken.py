"""Languages that people speak: ISO 639-1 codes, and their names in the reader's language (Babel's CLDR)."""

from collections.abc import Iterable

from babel import Locale

CODES = frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


def language_names(codes: Iterable[str], *, language: str) -> list[str]:
    """The names of `codes` in `language` (fa or pt-br, as Django writes it), in their order; unknown ones left out."""
    names = Locale.parse(language, sep="-").languages
    return [names[code] for code in codes if code in CODES and code in names]


def language_choices(*, language: str) -> list[tuple[str, str]]:
    """Every code with its name in `language`, sorted by name: the choices of a form."""
    names = Locale.parse(language, sep="-").languages
    return sorted(((code, str(names.get(code, code))) for code in CODES), key=lambda pair: pair[1].casefold())
