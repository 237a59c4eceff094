"""Staff write what messages say: with gaps that can be filled, tried on real data, and taken back again."""

from datetime import datetime

import pytest
from django.test import Client

from bookings.enums import MessageKind
from bookings.models import Appointment, Message, MessageText
from bookings.tests.admin.staff import member, signed_in
from bookings.tests.diary import Diary
from bookings.tests.rows import everything
from clinic.models import Clinic
from clinic.tests.markup import Markup, read

pytestmark = pytest.mark.django_db
LIST = "/admin/bookings/messagetext/"
REMINDER = f"{LIST}of/reminder/en/"
WORDS = {"subject": "See you, {when_short}", "body": "Hello {name}: {when}\n\n{link}", "sms": "See you {when_short}"}


@pytest.fixture
def diary(today: datetime) -> Diary:
    found = Diary(now=today)
    Clinic.objects.update(languages=["en", "fa"])
    return found


@pytest.fixture
def confirmed(diary: Diary) -> Appointment:
    asked = diary.request(diary.at(3, 10))
    Appointment.objects.update(state="confirmed")
    return asked


def section(page: Markup) -> str:
    """The text of the preview."""
    return page.one("section", class_="preview").text


def test_every_kind_is_listed_with_what_it_says_in_each_language(staff: Client, diary: Diary) -> None:
    MessageText.objects.create(kind="reminder", language="fa", **WORDS)
    page = read(staff.get(LIST))
    links = {f"{LIST}of/{kind}/{code}/" for kind in MessageKind for code in ("en", "fa")}
    assert links <= page.links
    assert f"{LIST}of/reminder/ar/" not in page.links
    assert page.text.count("the clinic’s own") == 1
    assert page.text.count("none yet") == len(MessageKind) - 1
    assert "Your appointment is confirmed ({reference})" in page.text
    assert MessageText.objects.count() == 1


def test_it_starts_from_the_present_words_and_shows_them_filled_in(staff: Client, confirmed: Appointment) -> None:
    page = read(staff.get(REMINDER))
    assert page.one("input", name="subject")["value"] == "Your appointment on {when_short}"
    assert "Hello Ada Example," in section(page)
    assert "Thursday 10 December 2026, 10:00–10:30, Berlin time (CET)" in section(page)
    assert "{terms_late} until when to move or cancel" in page.text
    assert not MessageText.objects.exists()


def test_every_page_opens_with_and_without_anything_to_try_it_on(staff: Client, diary: Diary) -> None:
    def opens() -> None:
        for kind in MessageKind:
            page = read(staff.get(f"{LIST}of/{kind}/en/"))
            assert "{" not in section(page), kind

    opens()
    asked = diary.request(diary.at(3, 10))
    for state in ("confirmed", "requested", "completed"):
        Appointment.objects.filter(pk=asked.pk).update(state=state)
        opens()


def test_a_preview_saves_and_sends_nothing(staff: Client, confirmed: Appointment) -> None:
    before = everything()
    page = read(staff.post(REMINDER, {**WORDS, "preview": "Preview"}))
    assert "See you, Thu 10 Dec, 10:00 Berlin time" in section(page)
    assert "37 characters" in section(page)
    assert page.one("input", name="subject")["value"] == WORDS["subject"]
    assert everything() == before


def test_saved_words_count_from_then_on_and_can_be_taken_back(staff: Client, confirmed: Appointment) -> None:
    assert staff.post(REMINDER, {**WORDS, "body": "Hi {name}\r\n{when} {link} \r\n"}).status_code == 302
    text = MessageText.objects.get()
    assert (text.kind, text.language, text.body) == ("reminder", "en", "Hi {name}\n{when} {link}")
    assert staff.get(f"{LIST}{text.pk}/change/").status_code == 200
    assert staff.get(f"{REMINDER}reset/").status_code == 405
    page = read(staff.post(f"{REMINDER}reset/", follow=True))
    assert page.one("input", name="subject")["value"] == "Your appointment on {when_short}"
    assert not MessageText.objects.exists()


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("reminder", {"body": "{when} {link} {advice}"}, "{advice} cannot be filled here. These can: {clinic} {phone}"),
        ("reminder", {"body": "{when} {link} {Name}"}, "{Name} cannot be filled here."),
        ("reminder", {"subject": "See {bring}"}, "{bring} cannot be filled here."),
        ("reminder", {"sms": "See {name"}, "{name cannot be filled here."),
        ("reminder", {"body": "Come."}, "Keep {link} {when}:"),
        ("aftercare", {"body": "{link} {advice}"}, "Keep {call_clinic} {call_emergency} {emergency}:"),
        ("reminder", {"subject": "Your FACIAL rejuvenation"}, "“Facial rejuvenation” would tell others"),
        ("reminder", {"sms": "facial rejuvenation soon"}, "“Facial rejuvenation” would tell others"),
        ("reminder", {"body": ""}, "This field is required."),
    ],
)
def test_words_that_cannot_go_out_are_refused_at_their_field(
    staff: Client, diary: Diary, kind: str, typed: dict[str, str], says: str
) -> None:
    for more in ({}, {"preview": "Preview"}):
        page = read(staff.post(f"{LIST}of/{kind}/en/", {**WORDS, **typed, **more}))
        assert says in " ".join(one.text for one in page.all("ul", class_="errorlist"))
        assert not page.all("section", class_="preview")
    assert not MessageText.objects.exists()


def test_a_language_without_words_starts_from_the_english_ones(staff: Client, diary: Diary) -> None:
    page = read(staff.get(f"{LIST}of/reminder/fa/"))
    assert "There are no words in this language yet" in page.text
    assert page.one("input", name="subject")["value"] == "Your appointment on {when_short}"
    for wrong in ("of/reminder/ar/", "of/party/en/"):
        assert staff.get(LIST + wrong).status_code == 404


def test_whoever_may_not_look_up_patients_sees_examples(confirmed: Appointment) -> None:
    client = signed_in(member("view_messagetext", "change_messagetext"))
    shown = section(read(client.get(REMINDER)))
    assert "With examples" in shown
    assert "Dr. Leyla Farrokh" in shown


def test_outsiders_write_none(diary: Diary) -> None:
    text = MessageText.objects.create(kind="reminder", language="en", **WORDS)
    reader = signed_in(member("view_messagetext"))
    assert REMINDER not in read(reader.get(LIST)).links
    for client, status in ((reader, 403), (signed_in(member(name="nobody")), 403), (Client(), 302)):
        for path in (REMINDER, f"{REMINDER}reset/", f"{LIST}{text.pk}/change/"):
            assert client.post(path, WORDS).status_code == status
    assert signed_in(member(name="other")).get(LIST).status_code == 403
    assert MessageText.objects.get() == text
    assert not Message.objects.exists()
