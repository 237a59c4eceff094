"""What in a page's markup keeps out whoever uses a keyboard or a screen reader."""

from collections.abc import Iterator

from bookings.tests.page import Element

CONTROLS = ("input", "select", "textarea")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def barriers(page: Element) -> list[str]:
    """Each in words; none where everything can be reached, is named, and says what is wrong with it."""
    return [*controls(page), *errors(page), *buttons_and_links(page), *frame(page)]


def name_of(tag: str, one: Element) -> str:
    return f"{tag} {one.get('name') or one.get('id') or one.text}"


def within(page: Element, tag: str, one: Element, **attributes: str) -> Element | None:
    """The element of this kind around another."""
    return next((around for around in page.all(tag, **attributes) if one in around.all()), None)


def controls(page: Element) -> Iterator[str]:
    labels = {label.get("for"): label.text for label in page.all("label")}
    for one in page.all(*CONTROLS):
        if one.get("type") == "hidden" or within(page, "div", one, aria_hidden="true"):
            continue
        name = name_of(one.tag, one)
        if not (labels.get(one.get("id")) or one.get("aria-label")):
            yield f"{name} has no label"
        if one.get("type") in ("radio", "checkbox") and len(page.all("input", name=one.get("name"))) > 1:
            around = within(page, "fieldset", one)
            if around is None or not any(legend.text for legend in around.all("legend")):
                yield f"{name} is in no group with a legend"
        if one.get("autofocus") or "autofocus" in one.attributes:
            yield f"{name} takes the focus by itself"


def errors(page: Element) -> Iterator[str]:
    ids = [one.get("id") for one in page.all() if one.get("id")]
    for twice in {one for one in ids if ids.count(one) > 1}:
        yield f"{twice} is the id of two elements"
    for one in page.all():
        for wanted in f"{one.get('aria-describedby')} {one.get('aria-labelledby')}".split():
            if wanted not in ids:
                yield f"{name_of(one.tag, one)} is described by nothing"
    for message in page.all("p", class_="question-field__error"):
        if not [one for one in page.all() if message.get("id") in one.get("aria-describedby").split()]:
            yield f"“{message.text}” belongs to no control"
        targets = {link.get("href").lstrip("#") for link in page.all("a") if link.get("href").startswith("#")}
        around = within(page, "div", message, class_="question-field")
        if around is None or not targets & {one.get("id") for one in around.all()}:
            yield f"“{message.text}” is not linked from the summary"
    for summary in page.all("div", class_="error-summary"):
        if summary.get("role") != "alert":
            yield "the summary of errors is not read aloud"


def buttons_and_links(page: Element) -> Iterator[str]:
    ids = {one.get("id") for one in page.all()}
    for button in page.all("button"):
        if not (button.text or button.get("aria-label")):
            yield "a button says nothing"
    for link in page.all("a"):
        if not (link.text or link.get("aria-label")):
            yield f"the link to {link.get('href')} says nothing"
        href = link.get("href")
        if not href or href.startswith("javascript:") or (href.startswith("#") and href[1:] not in ids):
            yield f"the link “{link.text}” leads nowhere"
    for form in page.all("form"):
        if not [one for one in form.all("button") if one.get("type") in ("", "submit")]:
            yield f"the form to {form.get('action')} has no button"
    for one in page.all():
        if any(name.startswith("on") for name in one.attributes):
            yield f"{name_of(one.tag, one)} needs a script"
        tabindex = one.get("tabindex")
        if tabindex not in ("", "0") and not tabindex.startswith("-"):
            yield f"{name_of(one.tag, one)} is out of order"
        if one.get("role") == "button":
            yield f"{name_of(one.tag, one)} is a button that is none"


def frame(page: Element) -> Iterator[str]:
    if not page.one("html").get("lang"):
        yield "the page names no language"
    if not page.all("title") or not page.one("title").text:
        yield "the page has no title"
    # A summary of errors is read first of all, before the page's own heading.
    aside = [one for summary in page.all("div", class_="error-summary") for one in summary.all()]
    levels = [int(one.tag[1]) for one in page.one("main").all(*HEADINGS) if one not in aside]
    if levels.count(1) != 1:
        yield f"there are {levels.count(1)} main headings"
    if any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False)):
        yield f"the headings leave out a level: {levels}"
    if not [link for link in page.all("a") if link.get("href") == f"#{page.one('main').get('id')}"]:
        yield "no link leads past the header"
    for table in page.all("table"):
        if not all(cell.get("scope") for cell in table.all("th")):
            yield "a table's heads are heads of nothing"
    for picture in page.all("img"):
        if "alt" not in picture.attributes:
            yield f"{picture.get('src')} has no words"
