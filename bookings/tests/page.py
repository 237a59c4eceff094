"""A page as a browser without JavaScript has it: elements, links, and forms that send what they hold."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def all(self, *tags: str, **attributes: str) -> list["Element"]:
        """The elements below with one of these tags and all of these attributes (`class_` holds the class)."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if (not tags or child.tag in tags) and child.has(**attributes):
                    found.append(child)
                found += child.all(*tags, **attributes)
        return found

    def one(self, *tags: str, **attributes: str) -> "Element":
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    def has(self, class_: str = "", **attributes: str) -> bool:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return class_ in ["", *self.get("class").split()] and all(self.get(name) == wanted[name] for name in wanted)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """What is read aloud, white space folded."""
        return " ".join(self.raw.split())

    @property
    def raw(self) -> str:
        if self.tag == "br":
            return " "
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    def link(self, text: str) -> str:
        """Where the link with this text leads."""
        found = {link.get("href") for link in self.all("a") if text in link.text}
        assert len(found) == 1, f"“{text}” leads to {found}"
        return found.pop()

    def form_with(self, button: str) -> tuple["Element", "Element"]:
        """The form with a button of this text, and the button."""
        for form in self.all("form"):
            for found in form.all("button"):
                if button in found.text:
                    return form, found
        raise AssertionError(f"there is no button “{button}”")

    def names(self) -> set[str]:
        """The names of all that this form could send."""
        return {one.get("name") for one in self.all("input", "select", "textarea") if one.get("name")}

    def fields(self) -> dict[str, str | list[str]]:
        """What this form would send without touching it; a list where a name has several values."""
        sent: dict[str, str | list[str]] = {}
        for one in self.all("input", "select", "textarea"):
            value = one.value
            if one.get("name") and value is not None:
                before = sent.get(one.get("name"), [])
                together = [*([before] if isinstance(before, str) else before), value]
                sent[one.get("name")] = together if len(together) > 1 else value
        return sent

    @property
    def value(self) -> str | None:
        """What a control sends; None for one that is not ticked."""
        if self.tag == "select":
            options = self.all("option")
            chosen = [one for one in options if "selected" in one.attributes]
            return (chosen or options)[0].get("value")
        if self.tag == "textarea":
            return self.raw
        if self.get("type") in ("radio", "checkbox"):
            return (self.get("value") or "on") if "checked" in self.attributes else None
        return self.get("value")


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """The page's elements. Fails on tags that are not closed in order."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is never closed"
    return reader.root
