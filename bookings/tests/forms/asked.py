"""The details form as a place asks it."""

from datetime import date
from typing import Any

from bookings.forms.details import DetailsForm
from bookings.tests.browser import TYPED

TODAY = date(2026, 12, 7)


def form(*, region: str = "DE", languages: tuple[str, ...] = ("en",), **typed: Any) -> DetailsForm:
    """Filled in as it should be, but for what is `typed`."""
    return DetailsForm({**TYPED, **typed}, region=region, languages=languages, today=TODAY)
