"""The public holidays of a country and its region, from the package `holidays`."""

from datetime import date

from holidays import HolidayBase, country_holidays


def public_holidays(country: str, region: str, *, first: date, last: date, language: str) -> list[tuple[date, str]]:
    """The public holidays from `first` to `last` (both included) with their names, by day.

    `country` (DE) and `region` (BE) are ISO 3166 codes. A country that is not known has none; a region that is not
    known keeps those of the whole country. Names are in `language` where it is known, else in the country's own.
    """
    whole = known_country(country)
    if whole is None or last < first:
        return []
    found = country_holidays(
        country.upper(),
        subdiv=known_region(country, region),
        years=range(first.year, last.year + 1),
        # Without one, the package follows the LANG of whoever started the server.
        language=known_language(language, whole.supported_languages) or whole.default_language,
    )
    return sorted((day, name) for day, name in found.items() if first <= day <= last)


def known_country(country: str) -> HolidayBase | None:
    """The country with this code, without its days; None where it is not known."""
    try:
        return country_holidays(country.upper())
    except NotImplementedError:
        return None


def known_region(country: str, region: str) -> str | None:
    """The code or name by which a region of the country is known; None where it is not, or the country is not."""
    whole = known_country(country)
    # Not its truth: a country without any days is an empty dictionary.
    known = () if whole is None else whole.subdivisions + tuple(whole.subdivisions_aliases)
    return next((code for code in (region.strip().upper(), region.strip()) if code in known), None)


def known_language(language: str, supported: tuple[str, ...]) -> str | None:
    """The one of `supported` (de, en_US) that is `language` (de, en, pt-br), None if none is."""
    wanted = language.replace("-", "_").casefold()
    exact = [code for code in supported if code.casefold() == wanted]
    related = [code for code in supported if code.split("_")[0].casefold() == wanted.split("_")[0]]
    return next(iter(exact + related), None)
