"""What the content files promise: sources, grades, inheritance, and fields that the models have."""

from collections.abc import Iterator
from typing import Any

import pytest

from treatments.content_files import FOLDER, read
from treatments.models import BodyArea, Concern, Evidence, Reference, Treatment
from treatments.page import SECTIONS

Row = dict[str, Any]

SHARED = {"areas": BodyArea, "concerns": Concern, "references": Reference}
LISTS = {name: read(f"{name}.toml")[name.removesuffix("s")] for name in SHARED}
PAGES = {path.stem: read(path.name) for path in sorted(FOLDER.glob("*.toml")) if path.stem not in SHARED}
KNOWN = {name: {row.get("slug") or row["key"] for row in rows} for name, rows in LISTS.items()}
INHERITED = {name for name, relation in SECTIONS.items() if relation in Treatment.INHERITED}
TREATMENTS = sorted(name for name, page in PAGES.items() if not page["is_overview"])

# Reasons not to treat anyone, whatever the treatment.
FOR_ALL = {
    "under-18",
    "pregnancy",
    "breastfeeding",
    "infection-or-inflamed-skin",
    "allergy",
    "blood-thinner-or-bleeding-disorder",
    "diabetes",
    "heart-or-circulation",
    "immune-system",
    "cancer",
    "kidney-or-nerve",
    "psoriasis",
    "thick-scars",
}


def own(name: str, section: str) -> list[Row]:
    return list(PAGES[name].get(section, []))


def inherited(name: str, section: str) -> list[Row]:
    """The parent's rows that a treatment shows: all but those limited to areas it does not treat."""
    page = PAGES[name]
    if "parent" not in page or section not in INHERITED:
        return []
    rows = own(page["parent"], section)
    return [row for row in rows if not row.get("areas") or {*page["areas"]} & {*row["areas"]}]


def shown(name: str, section: str) -> list[Row]:
    return own(name, section) + inherited(name, section)


def rows(section: str) -> Iterator[Any]:
    for name in PAGES:
        for row in own(name, section):
            yield pytest.param(row, id=f"{name}-{row['key']}")


def lacks_source(row: Row) -> bool:
    """Whether a row grades a benefit, or says how often a complication is seen, without a reference."""
    counted = row.get("frequency", "not_known") != "not_known" or row.get("figure")
    graded = row.get("grade", "none") != "none"
    return bool((counted or graded) and not row.get("references"))


def keys_twice(rows: list[Row]) -> set[str]:
    keys = [row["key"] for row in rows]
    return {key for key in keys if keys.count(key) > 1}


def unknown_names(row: Row) -> set[str]:
    """The areas, concerns and references that a row names and no list has."""
    named = {(kind, name) for kind in SHARED for name in row.get(kind, [])}
    if "concern" in row:
        named.add(("concerns", row["concern"]))
    return {name for kind, name in named if name not in KNOWN[kind]}


def misfits(row: Row, model: Any) -> list[str]:
    """The row's fields that the model lacks, does not offer, or has no room for."""
    found = []
    fields = {field.name: field for field in model._meta.get_fields() if field.concrete}
    for name, value in row.items():
        field = fields.get(name)
        room = getattr(field, "max_length", None)
        if field is None:
            found.append(f"{name} is no field")
        elif field.choices and value not in {"", *dict(field.flatchoices)}:
            found.append(f"{name} offers no {value}")
        elif isinstance(value, str) and room and len(value) > room:
            found.append(f"{name} is too long")
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_field_is_one_of_the_models(name: str) -> None:
    page = PAGES[name]
    assert misfits({key: value for key, value in page.items() if key not in SECTIONS}, Treatment) == []
    for section, relation in SECTIONS.items():
        model = getattr(Treatment, relation).rel.related_model
        assert {row["key"]: found for row in own(name, section) if (found := misfits(row, model))} == {}


@pytest.mark.parametrize("kind", SHARED)
def test_every_field_of_the_lists_is_one_of_the_models(kind: str) -> None:
    assert [found for row in LISTS[kind] if (found := misfits(row, SHARED[kind]))] == []
    assert len(KNOWN[kind]) == len(LISTS[kind])


@pytest.mark.parametrize("name", PAGES)
def test_a_file_is_named_by_its_slug_and_names_what_exists(name: str) -> None:
    page = PAGES[name]
    assert page["slug"] == name
    assert page.get("parent", "mesotherapy") in PAGES
    assert unknown_names(page) == set()
    for section in SECTIONS:
        assert {row["key"]: found for row in own(name, section) if (found := unknown_names(row))} == {}


@pytest.mark.parametrize("name", PAGES)
def test_keys_are_unique_with_the_inherited_ones(name: str) -> None:
    parent = PAGES[name].get("parent")
    for section in SECTIONS:
        rows = own(name, section) + (own(parent, section) if parent and section in INHERITED else [])
        assert keys_twice(rows) == set(), section


@pytest.mark.parametrize("row", [*rows("evidence"), *rows("complications")])
def test_grades_figures_and_frequencies_have_a_source(row: Row) -> None:
    assert not lacks_source(row)


@pytest.mark.parametrize("row", [row for row in rows("evidence") if row.values[0]["grade"] == "none"])
def test_a_missing_benefit_is_said_plainly(row: Row) -> None:
    plain = ("We found no controlled study", "do not recommend", "no convincing evidence")
    assert any(words in row["finding"] for words in plain)


@pytest.mark.parametrize("name", TREATMENTS)
def test_every_concern_is_graded_in_public(name: str) -> None:
    listed = PAGES[name]["prescription_only"]
    public = [row for row in own(name, "evidence") if listed or not row.get("prescription_only")]
    graded = {concern for row in public for concern in row["concerns"]}
    concerns = {row["concern"] for row in own(name, "indications")}
    assert concerns
    assert concerns <= graded


@pytest.mark.parametrize("name", PAGES)
def test_everyone_is_asked_the_questions_for_all(name: str) -> None:
    assert {row["key"] for row in shown(name, "contraindications")} >= FOR_ALL


def test_isotretinoin_is_asked_on_the_face_only_and_weakness_for_the_toxin_only() -> None:
    def asking(key: str) -> set[str]:
        return {name for name in TREATMENTS for row in shown(name, "contraindications") if row["key"] == key}

    assert asking("isotretinoin") == {"facial-rejuvenation", "pigmentation", "scars-and-stretch-marks"}
    assert asking("muscle-or-nerve-weakness") == {"underarm-sweating"}


@pytest.mark.parametrize("name", PAGES)
def test_seek_help_says_when_to_call_the_clinic_and_the_emergency_number(name: str) -> None:
    warnings = [row for row in shown(name, "complications") if row.get("seek_help")]
    assert {row["seek_help"] for row in warnings} == {"clinic", "emergency"}
    assert all(row["warning_sign"] and not row.get("prescription_only") for row in warnings)
    assert any(row["onset"] == "late" for row in warnings)


@pytest.mark.parametrize("name", TREATMENTS)
def test_a_treatment_answers_a_question_of_its_own_in_public(name: str) -> None:
    assert [row for row in own(name, "questions") if not row.get("prescription_only")]


def test_the_checks_can_fail() -> None:
    assert lacks_source({"grade": "some"})
    assert lacks_source({"figure": "1 of 2", "references": []})
    assert lacks_source({"frequency": "rare"})
    assert not lacks_source({"grade": "none"})
    assert keys_twice([{"key": "a"}, {"key": "a"}]) == {"a"}
    assert unknown_names({"concern": "wings", "references": ["amin-2006", "aunt"]}) == {"wings", "aunt"}
    row = {"colour": "red", "grade": "superb", "benefit": "x" * 999}
    assert misfits(row, Evidence) == ["colour is no field", "grade offers no superb", "benefit is too long"]
