"""A rendered page as tests ask about it: its elements, their attributes and their texts."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client

INLINE = {"a", "bdi", "cite", "em", "span", "strong", "sup", "time"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def inherited(self, name: str) -> str | None:
        """The attribute of the nearest element around this one that has it, such as `lang`."""
        element: Element | None = self
        while element and name not in element.attributes:
            element = element.parent
        return element.attributes[name] if element else None


class Markup(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.handle_data(" ")
        parent = self.open[-1] if self.open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open and self.open.pop().tag != tag:
            pass
        if tag not in INLINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.parts.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element for element in self.elements if element.tag == tag and wanted.items() <= element.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        (found,) = self.all(tag, **attributes)
        return found

    def meta(self, name: str) -> list[str]:
        return [element["content"] for element in self.all("meta", name=name)]

    @property
    def links(self) -> set[str]:
        return {element["href"] for element in self.all("a") if "href" in element.attributes}

    @property
    def text(self) -> str:
        return self.one("body").text

    @property
    def resources(self) -> set[str]:
        """Everything the browser fetches by itself to show the page, and where its forms are sent."""
        found = {element["src"] for element in self.elements if "src" in element.attributes}
        found |= {element["href"] for element in self.all("link") if element["rel"] in {"stylesheet", "icon"}}
        found |= {element["action"] for element in self.all("form") if "action" in element.attributes}
        for element in self.elements:
            found |= {part.split()[0] for part in element.attributes.get("srcset", "").split(",") if part.split()}
        return found


def read(response: HttpResponse) -> Markup:
    return Markup(response.content.decode())


def page(client: Client, path: str, *, status: int = 200, **extra: Any) -> Markup:
    """The page at `path`, which must answer with `status`."""
    response = client.get(path, **extra)
    assert response.status_code == status, path
    return read(response)


def hosts(addresses: set[str]) -> set[str]:
    """The hosts that these addresses name; none for those on the site itself."""
    return {urlsplit(address).netloc for address in addresses} - {""}
