"""Consent texts: a new version is written beside the one in force, and none is ever changed or deleted."""

from datetime import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.enums import ConsentKind
from bookings.models import Consent, ConsentText, Patient
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.factories import ConsentTextFactory
from clinic.tests.factories import ClinicFactory
from clinic.tests.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LIST = "/admin/bookings/consenttext/"
ADD = f"{LIST}add/"
DATA = f"{ADD}?kind=data&language=en"


@pytest.fixture
def text(now: datetime) -> ConsentText:
    ClinicFactory(languages=["en", "fa"])
    return ConsentTextFactory(text="We plan your visit.\n\nNothing else.")


def agree(text: ConsentText, now: datetime, times: int = 1, **values: object) -> None:
    """One patient agrees, as often as said."""
    contact = {"name": "Ada Example", "email": "ada@example.com", "phone": "+4915112345678", "language": "en"}
    who = Patient.objects.create(**contact, created_at=now)
    for _time in range(times):
        Consent.objects.create(
            patient=who,
            kind=text.kind,
            language=text.language,
            version=text.version,
            text=text.text,
            hash=text.hash,
            given_at=now,
            **values,
        )


def test_kind_and_language_come_first_and_only_languages_offered(staff: Client, text: ConsentText) -> None:
    links = read(staff.get(ADD)).links
    assert {f"?kind={kind}&language={code}" for kind in ConsentKind for code in ("en", "fa")} <= links
    assert "?kind=data&language=ar" not in links
    for wrong in ("?kind=data", "?kind=data&language=ar", "?kind=party&language=en"):
        assert not read(staff.get(ADD + wrong)).all("textarea")
        staff.post(ADD + wrong, {"text": "New.", "seen": 0})
    assert ConsentText.objects.count() == 1


def test_it_starts_from_the_text_in_force_and_says_who_agreed_to_it(
    staff: Client, text: ConsentText, now: datetime
) -> None:
    agree(text, now, times=2)
    agree(text, now)
    agree(text, now, withdrawn_at=now)
    agree(ConsentTextFactory(kind=ConsentKind.TERMS), now)
    page = read(staff.get(DATA))
    area = page.one("textarea", name="text")
    assert (area.text, area["lang"]) == ("We plan your visit. Nothing else.", "en")
    assert "Version 1 is in force; 2 patients agreed to it." in page.text
    rows = {row.kind: row.patients for row in staff.get(LIST).context["cl"].result_list}
    assert rows == {"data": 2, "terms": 1}


def test_a_new_version_is_kept_beside_the_old_one(staff: Client, text: ConsentText, now: datetime) -> None:
    words = "We plan your visit.\r\n\r\nAnd we call you. \r\n"
    assert staff.post(DATA, {"text": words, "seen": 1}).status_code == 302
    new = ConsentText.objects.get(version=2)
    assert (new.text, new.kind, new.language, new.created_at) == (
        "We plan your visit.\n\nAnd we call you.",
        "data",
        "en",
        now,
    )
    assert ConsentText.objects.get(version=1).text == text.text
    assert LogEntry.objects.get().object_id == str(new.pk)
    listed = read(staff.get(LIST))
    assert [a["href"] for a in listed.all("a") if a.text == "Write a new version"] == [DATA]
    assert "Version 2 is in force; 0 patients agreed to it." in read(staff.get(DATA)).text


def test_the_first_text_of_a_language(staff: Client, text: ConsentText) -> None:
    path = f"{ADD}?kind=data&language=fa"
    page = read(staff.get(path))
    assert "There is no such text yet." in page.text
    assert page.one("textarea", name="text")["lang"] == "fa"
    assert staff.post(path, {"text": "متن", "seen": 0}).status_code == 302
    assert ConsentText.objects.get(language="fa").version == 1


def test_a_preview_shows_it_as_patients_read_it_and_saves_nothing(staff: Client, text: ConsentText) -> None:
    page = read(staff.post(DATA, {"text": "First.\n\n<b>Second</b>.", "seen": 1, "preview": "Preview"}))
    assert [p.text for p in page.all("p") if p.parent and p.parent.attributes.get("lang") == "en"] == [
        "First.",
        "<b>Second</b>.",
    ]
    assert ConsentText.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": "We plan your visit.\r\n\r\nNothing else.", "seen": 1}, "This is the text that is in force already."),
        ({"text": "", "seen": 1}, "This field is required."),
        ({"text": "  \n ", "seen": 1}, "This field is required."),
        ({"text": "New.", "seen": 0}, "Someone has written another version meanwhile"),
        ({"text": "New.", "seen": 2}, "Someone has written another version meanwhile"),
    ],
)
def test_what_is_not_a_new_version_is_refused(
    staff: Client, text: ConsentText, typed: dict[str, object], says: str
) -> None:
    assert says in read(staff.post(DATA, typed)).text
    assert ConsentText.objects.count() == 1


def test_nobody_changes_or_deletes_one(staff: Client, text: ConsentText) -> None:
    change, delete = (reverse(f"admin:bookings_consenttext_{what}", args=[text.pk]) for what in ("change", "delete"))
    page = read(staff.get(change))
    assert "We plan your visit." in page.text
    assert not page.all("textarea")
    assert staff.post(change, {"text": "Other."}).status_code == 403
    assert staff.post(delete, {"post": "yes"}).status_code == 403
    staff.post(LIST, {"action": "delete_selected", "_selected_action": [text.pk], "post": "yes"})
    assert ConsentText.objects.get().text == text.text


def test_the_list_costs_the_same_with_one_text_and_with_many(staff: Client, text: ConsentText) -> None:
    staff.get(LIST)
    with_one = queries_of(staff)
    for kind in ConsentKind:
        for _version in range(3):
            ConsentTextFactory(kind=kind)
    assert queries_of(staff) == with_one


def queries_of(staff: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        staff.get(LIST)
    return len(captured)


def test_outsiders_write_none(client: Client, text: ConsentText) -> None:
    assert "/admin/login/" in client.post(DATA, {"text": "New.", "seen": 1})["Location"]
    looker = signed_in(member("view_consenttext"))
    assert looker.get(LIST).status_code == 200
    assert looker.get(DATA).status_code == 403
    assert looker.post(DATA, {"text": "New.", "seen": 1}).status_code == 403
    assert ConsentText.objects.count() == 1
