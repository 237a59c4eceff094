"""A visitor with a browser that has cookies and no JavaScript."""

from typing import Any
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client

from bookings.tests.page import Element, read

TYPED = {"name": "Ada Example", "email": "ada@example.com", "phone": "0151 12345678"}


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
