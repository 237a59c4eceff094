"""The public holidays of a country and its region, from the package `holidays`."""

from datetime import date

from holidays import country_holidays


def public_holidays(country: str, region: str, *, first: date, last: date, language: str) -> list[tuple[date, str]]:
    """The public holidays from `first` to `last` (both included) with their names, by day.

    `country` (DE) and `region` (BE) are ISO 3166 codes. A country that is not known has none; a region that is not
    known keeps those of the whole country. Names are in `language` where it is known, else in the country's own.
    """
    country, region = country.upper(), region.strip()
    if last < first:
        return []
    years = range(first.year, last.year + 1)
    try:
        whole = country_holidays(country)
    except NotImplementedError:
        return []
    known = whole.subdivisions + tuple(whole.subdivisions_aliases)
    found = country_holidays(
        country,
        subdiv=next((code for code in (region.upper(), region) if code in known), None),
        years=years,
        # Without one, the package follows the LANG of whoever started the server.
        language=known_language(language, whole.supported_languages) or whole.default_language,
    )
    return sorted((day, name) for day, name in found.items() if first <= day <= last)


def known_language(language: str, supported: tuple[str, ...]) -> str | None:
    """The one of `supported` (de, en_US) that is `language` (de, en, pt-br), None if none is."""
    wanted = language.replace("-", "_").casefold()
    exact = [code for code in supported if code.casefold() == wanted]
    related = [code for code in supported if code.split("_")[0].casefold() == wanted.split("_")[0]]
    return next(iter(exact + related), None)
