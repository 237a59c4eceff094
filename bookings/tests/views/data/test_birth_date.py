"""It opens with the birth date; what opens nothing is answered alike, and scanners use nothing up."""

from datetime import timedelta

import time_machine
from django.test import Client

from bookings.enums import ConsentKind
from bookings.models import DataLink
from bookings.tests.about_ada import AboutAda
from bookings.tests.browser import Visitor
from bookings.tests.rows import everything
from bookings.tests.views.data.ways import RIGHT, WRONG, YOURS, home, link, opened, withdrawal


def test_a_wrong_date_says_so_at_the_field_and_the_fifth_closes_the_link(about: AboutAda, visitor: Visitor) -> None:
    visitor.get(link(about))
    for left in ("4 more times", "3 more times", "2 more times", "1 more time"):
        visitor.press("Open", **WRONG)
        assert (visitor.status, visitor.title.startswith("Error: ")) == (422, True)
        error = visitor.main.one("div", class_="error-summary").one("a")
        assert error.text == f"This is not the date of birth that we have. You can try {left}"
        assert visitor.main.all("input", id=error.get("href").removeprefix("#"))
    visitor.press("Open", **WRONG)
    assert (visitor.status, visitor.heading) == (404, "This link opens nothing")
    assert visitor.get(link(about)).status == 404
    assert Client().post(link(about), RIGHT).status_code == 404


def test_what_is_no_date_counts_as_no_try(about: AboutAda, visitor: Visitor) -> None:
    visitor.get(link(about))
    for typed in ({}, {**RIGHT, "birth_date_month": "13"}, {**RIGHT, "birth_date_year": "\x00"}):
        assert visitor.press("Open", **typed).status == 422
    assert DataLink.objects.get().tries == 0


def test_links_that_open_nothing_are_answered_alike(about: AboutAda, clock: time_machine.Traveller) -> None:
    used, path = DataLink.objects.get(), link(about)
    opened(Visitor(), about)
    late = DataLink.objects.create(
        appointment=about.consultation, created_at=about.now, expires_at=about.now + timedelta(seconds=1)
    )
    clock.shift(timedelta(seconds=1))
    answers = {Client().get("/en/appointments/wrong/").content}
    for secret in (used.secret, late.secret, "wrong", "\x00", "é", "A" * 3000):
        for response in (Client().get(f"/en/data/{secret}/"), Client().post(f"/en/data/{secret}/", RIGHT)):
            assert response.status_code == 404
            answers.add(response.content)
    assert path == f"/en/data/{used.secret}/"
    assert len(answers) == 1


def test_scanners_use_nothing_up(about: AboutAda) -> None:
    paths = [home(about), f"{home(about)}sent/", link(about), *YOURS, withdrawal(about, ConsentKind.DATA)]
    before = everything()
    for path in paths:
        for method in ("get", "head", "options", "put", "delete"):
            getattr(Client(), method)(path)
    assert everything() == before
    for path in (home(about), link(about), *YOURS, "/en/your-data/end/"):
        assert Client(enforce_csrf_checks=True).post(path, RIGHT).status_code in {403, 405}
    assert everything() == before
