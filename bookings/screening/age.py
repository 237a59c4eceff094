"""How old someone is, and how old they must be."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def minimum_age(page: Mapping[str, Any]) -> int | None:
    """The age in years an edition's page asks for: the highest of its rows, None where there is none."""
    ages = [row["minimum_age"] for row in page["contraindications"] if row.get("minimum_age") is not None]
    return max(ages, default=None)


def age_on(birth_date: date, day: date) -> int:
    """Whole years on `day`. Who was born on 29 February has the birthday of a common year on 1 March."""
    had_no_birthday_yet = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - had_no_birthday_yet
