"""The day from which a wait counts."""

from bookings.tests.browser import Visitor


def since(visitor: Visitor, day: str, month: str, year: str, **typed: str) -> Visitor:
    return visitor.press("Continue", since_day=day, since_month=month, since_year=year, **typed)
