"""What visitors see of a page: nothing hidden, and references numbered without gaps."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from treatments.page import SECTIONS, Page, shown

KEYS = ["amin-2006", "baxter-2011", "cho-2014", "diaz-2019", "evans-2021"]
CITED = st.lists(st.sampled_from(KEYS), unique=True, max_size=3)
KIND = st.sampled_from(["photo", "illustration", "before_after"])


ROWS = st.lists(st.tuples(st.sampled_from(list(SECTIONS)), CITED, st.booleans(), KIND), max_size=8)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    page: Page = {"sources": draw(CITED), **{section: [] for section in SECTIONS}}
    for section, references, prescription_only, kind in draw(ROWS):
        row = {"references": references, "prescription_only": prescription_only}
        page[section].append({**row, "kind": kind} if section == "pictures" else row)
    cited = {*page["sources"], *(key for name in SECTIONS for row in page[name] for key in row["references"])}
    page["references"] = [{"key": key, "title": key.title()} for key in KEYS if key in cited]
    return page


def is_hidden(row: dict[str, Any], prescription_only: bool, before_after: bool) -> bool:
    medicine = row["prescription_only"] and not prescription_only
    return medicine or (row.get("kind") == "before_after" and not before_after)


@given(page=pages(), prescription_only=st.booleans(), before_after=st.booleans())
def test_what_is_hidden_is_gone_and_the_rest_stays_in_order(
    page: Page, prescription_only: bool, before_after: bool
) -> None:
    visible = shown(page, prescription_only=prescription_only, before_after=before_after)
    for section in SECTIONS:
        kept = [row for row in page[section] if not is_hidden(row, prescription_only, before_after)]
        without_numbers = [{**row, "references": None} for row in kept]
        assert [{**row, "references": None} for row in visible[section]] == without_numbers


@given(page=pages(), prescription_only=st.booleans(), before_after=st.booleans())
def test_references_are_numbered_from_1_without_gaps_and_each_is_cited(
    page: Page, prescription_only: bool, before_after: bool
) -> None:
    visible = shown(page, prescription_only=prescription_only, before_after=before_after)
    numbers = [reference["number"] for reference in visible["references"]]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = [
        *visible["sources"],
        *(number for name in SECTIONS for row in visible[name] for number in row["references"]),
    ]
    assert list(dict.fromkeys(cited)) == numbers, "in the order in which they are cited"


@given(page=pages(), prescription_only=st.booleans(), before_after=st.booleans())
def test_a_number_leads_to_the_reference_that_was_meant(
    page: Page, prescription_only: bool, before_after: bool
) -> None:
    visible = shown(page, prescription_only=prescription_only, before_after=before_after)
    key = {reference["number"]: reference["key"] for reference in visible["references"]}
    assert [key[number] for number in visible["sources"]] == page["sources"]
    for section in SECTIONS:
        kept = [row for row in page[section] if not is_hidden(row, prescription_only, before_after)]
        meant = [[key[number] for number in row["references"]] for row in visible[section]]
        assert meant == [row["references"] for row in kept]


@given(page=pages())
def test_showing_leaves_the_edition_as_it_is(page: Page) -> None:
    before = repr(page)
    shown(page, prescription_only=False, before_after=False)
    assert repr(page) == before
