"""Loading content adds what is missing and never touches what is there."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from clinic.demo import load_clinic
from treatments import content_files
from treatments.content_files import ContentError, load
from treatments.models import Aftercare, BodyArea, Concern, Price, Reference, Step, Treatment
from treatments.page import build
from treatments.rules import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shared lists, the overview and one treatment, to be changed."""
    copy = tmp_path / "content"
    copy.mkdir()
    for name in ("areas", "concerns", "references", "mesotherapy", "facial-rejuvenation"):
        shutil.copy(content_files.FOLDER / f"{name}.toml", copy)
    monkeypatch.setattr(content_files, "FOLDER", copy)
    return copy


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_all_of_it_loads_and_could_be_signed() -> None:
    load_clinic()
    assert load() > 200
    for treatment in Treatment.objects.with_page():
        page = build(treatment, "en")
        assert problems(page, page) == [], treatment


@pytest.mark.usefixtures("folder")
def test_loading_again_adds_nothing_and_leaves_what_staff_wrote() -> None:
    load()
    Treatment.objects.filter(slug="facial-rejuvenation").update(name_en="Our own name", order=99)
    Step.objects.update(text_en="Our own words", order=7)
    Concern.objects.update(name_en="Ours")
    step = Step.objects.first()
    step.references.clear()
    assert load() == 0
    assert Treatment.objects.get(slug="facial-rejuvenation").name_en == "Our own name"
    assert set(Step.objects.values_list("text_en", "order")) == {("Our own words", 7)}
    assert set(Concern.objects.values_list("name_en", flat=True)) == {"Ours"}
    assert not step.references.exists()


@pytest.mark.usefixtures("folder")
def test_a_deleted_row_comes_back_only_by_loading() -> None:
    load()
    row = Aftercare.objects.first()
    key, text = row.key, row.text_en
    row.delete()
    call_command("migrate", verbosity=0)
    assert not Aftercare.objects.filter(key=key).exists()
    assert load() == 1
    assert Aftercare.objects.get(key=key).text_en == text


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("language", ["en", "fa"])
def test_texts_are_loaded_in_the_default_language(language: str) -> None:
    with override(language):
        load()
    for treatment in Treatment.objects.all():
        assert treatment.name_en
        assert not treatment.name_fa
    assert BodyArea.objects.filter(name_en="").count() == 0


@pytest.mark.usefixtures("folder")
def test_a_clinic_without_the_demonstrations_locations_gets_no_prices() -> None:
    load()
    assert not Price.objects.exists()
    load_clinic()
    assert load() == Price.objects.count() > 0


BROKEN: list[tuple[str, str, str, str]] = [
    ("facial-rejuvenation", 'parent = "mesotherapy"', 'parent = "wings"', "facial-rejuvenation: there is no treatment"),
    ("facial-rejuvenation", 'areas = ["face"', 'areas = ["wings"', "“wings”"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), BROKEN)
def test_an_unknown_name_is_said_and_nothing_is_added(
    folder: Path, name: str, old: str, new: str, message: str
) -> None:
    replace(folder / f"{name}.toml", old, new)
    with pytest.raises(ContentError, match=message):
        load()
    assert not Treatment.objects.exists()
    assert not Reference.objects.exists()


def changing(field: str, value: str) -> Callable[[Path], None]:
    """Appends a step whose `field` names something that is not there."""

    def change(folder: Path) -> None:
        with (folder / "facial-rejuvenation.toml").open("a") as file:
            file.write(f'\n[[steps]]\nkey = "new-step"\ntitle = "New"\ntext = "New."\n{field} = {value}\n')

    return change


@pytest.mark.parametrize(
    ("field", "value", "missing"), [("references", '["aunt"]', "aunt"), ("areas", '["wing"]', "wing")]
)
def test_an_unknown_name_in_a_row_is_said_with_file_and_row(folder: Path, field: str, value: str, missing: str) -> None:
    changing(field, value)(folder)
    with pytest.raises(ContentError) as caught:
        load()
    assert str(caught.value).startswith("facial-rejuvenation.toml, steps, new-step: there is no ")
    assert missing in str(caught.value)
    assert not Treatment.objects.exists()


def test_the_command_says_how_much_it_added_or_what_is_wrong(folder: Path) -> None:
    out = StringIO()
    call_command("load_content", stdout=out)
    assert int(out.getvalue().split()[0]) > 100
    call_command("load_content", stdout=out)
    assert out.getvalue().endswith("0 rows added.\n")
    changing("references", '["aunt"]')(folder)
    with pytest.raises(CommandError, match="new-step"):
        call_command("load_content")
