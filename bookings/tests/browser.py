"""A visitor with a browser that has cookies and no JavaScript."""

from typing import Any
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client

from bookings.tests.page import Element, read

TYPED = {
    "whose": "me",
    "name": "Ada Example",
    "birth_date_day": "10",
    "birth_date_month": "12",
    "birth_date_year": "1985",
    "phone": "0151 12345678",
    "email": "ada@example.com",
    "channel": "email",
}
# What of it tells who someone is.
PERSONAL = [TYPED["name"], TYPED["phone"], TYPED["email"]]


class Visitor:
    """Goes from page to page by links and buttons only; `page`, `path` and `status` say where it has arrived."""

    def __init__(self, **client: Any) -> None:
        self.client = Client(**client)
        self.path = "/"
        self.response = HttpResponse()
        self.page = Element("", {})

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def title(self) -> str:
        return self.page.one("title").text

    @property
    def heading(self) -> str:
        return self.page.one("h1").text

    @property
    def main(self) -> Element:
        return self.page.one("main")

    def get(self, path: str, **headers: Any) -> "Visitor":
        return self.arrive(self.client.get(path, follow=True, **headers), path)

    def arrive(self, response: Any, path: str) -> "Visitor":
        chain = getattr(response, "redirect_chain", [])
        self.path = chain[-1][0] if chain else path
        self.response = response
        self.page = read(response.content.decode())
        return self

    def follow(self, text: str) -> "Visitor":
        """Click the link with this text in the page's main part."""
        return self.get(urljoin(self.path, self.main.link(text).partition("#")[0] or self.path))

    def passes_the_questions(self, reply: str = "no") -> "Visitor":
        """Answer whatever is asked before a place and a time: old enough, agreed, and `reply` to every question."""
        while names := self.asks & {"answer", "agree", "reply"}:
            answers = {"answer": "yes", "agree": "on", "reply": reply}
            self.press("Continue", **{name: answers[name] for name in names})
            assert self.status == 200
        return self

    @property
    def asks(self) -> set[str]:
        """The names of all that the forms of the page's main part ask."""
        return set().union(*(form.names() for form in self.main.all("form")))

    def press(self, button: str, **typed: str) -> "Visitor":
        """Type into the form that has this button, and press it."""
        form, pressed = self.main.form_with(button)
        assert form.get("method") == "post"
        if any(field.get("type") != "hidden" for field in form.all("input")):
            assert "novalidate" in form.attributes
        assert set(typed) <= form.names(), f"the form has {form.names()} only"
        sent: dict[str, Any] = {**form.fields(), **typed}
        if pressed.get("name"):
            sent[pressed.get("name")] = pressed.get("value")
        path = urljoin(self.path, form.get("action") or self.path)
        return self.arrive(self.client.post(path, sent, follow=True), path)
