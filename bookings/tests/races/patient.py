"""A patient who takes whatever time the pages still offer, over HTTP."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings

PATIENCE = 60  # seconds, for one page


@dataclass
class Patient:
    """Number `nth` of a crowd, at the server on `port`, with a session in which all but the time is answered.

    `told` is what they know in the end: the reference of their appointment, or that no time is free.
    """

    nth: int
    port: int
    session: str
    told: str = ""
    is_kind: bool = False
    statuses: list[int] = field(default_factory=list)
    csrf: str = ""

    def book(self, path: str) -> "Patient":
        _, page = self.ask(path)
        while times := re.findall(r'<button [^>]*name="start" value="(\w+)"', page):
            to, page = self.ask(path, start=times[self.nth % len(times)], **hidden(page))
            if to:
                return self.send(to)
        self.is_kind = "There is no free time at the moment" in page and "Join the waiting list" in page
        self.told = "none"
        return self

    def send(self, path: str) -> "Patient":
        """The time is held: read everything once more, and send it."""
        _, page = self.ask(path)
        to, page = self.ask(path, **hidden(page))
        _, page = self.ask(to) if to else ("", page)
        found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", page)
        self.told = found.group() if to and found else "nothing"
        return self

    def ask(self, path: str, **typed: str) -> tuple[str, str]:
        """Where the answer leads, and its page: of a GET, or of a POST of what is typed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "X-Forwarded-For": f"198.51.100.{self.nth}",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={self.csrf}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST" if typed else "GET", path, urlencode(typed) if typed else None, headers)
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        self.statuses.append(response.status)
        for line in response.headers.get_all("Set-Cookie", []):
            if csrf := SimpleCookie(line).get(settings.CSRF_COOKIE_NAME):
                self.csrf = csrf.value
        return response.headers.get("Location", ""), page


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's main part."""
    main = page.partition("<main")[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
