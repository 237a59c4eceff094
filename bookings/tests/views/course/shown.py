"""What the lists of sessions show."""

from bookings.tests.browser import Visitor


def days_shown(visitor: Visitor) -> list[str]:
    return [line.all("strong")[0].text for line in visitor.main.all("li", class_="course-line") if line.all("strong")]


def people_shown(visitor: Visitor) -> list[str]:
    return [line.all("bdi")[0].text for line in visitor.main.all("li", class_="course-line")]


FOUR = [f"Tuesday {day} December 2026, 09:00" for day in (8, 15, 22, 29)]
