"""Every message, as it goes out about the demonstration's appointments, read for what it must not say."""

import re
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from bookings import demo
from bookings.actions import post as posting
from bookings.actions.deliver import Sent
from bookings.actions.post import WITH_CALENDAR, post
from bookings.enums import Channel, Kind, MessageKind
from bookings.models import Appointment, AppointmentType, Message, MessageText
from bookings.queries.visits import page_of
from bookings.tests.diary import Diary
from bookings.tests.words.said import TO_PATIENTS, leased
from clinic.models import Clinic
from clinic.tests.markup import Markup, read
from treatments.models import BodyArea, Concern, Treatment

pytestmark = pytest.mark.django_db

# What no word of ours may claim, and no word may advise.
NEVER = re.compile(
    r"\b(painless|risk-free|safe|safely|no side effects|guarantee\w*|permanent\w*|instant\w*|detox\w*|toxins|nourish\w*"
    r"|liposuction|weight loss|stop taking|stop your|miracle|best)\b",
    re.IGNORECASE,
)
# What would tell whoever looks over a shoulder what a visit is for.
TELLING = {
    "mesotherapy",
    "mesolift",
    "mesolipo",
    "botulinum",
    "toxin",
    "inject",
    "needle",
    "wrinkle",
    "melasma",
    "hair",
    "skin",
}
WITHOUT_TIME = {
    MessageKind.LINKS,
    MessageKind.DATA,
    MessageKind.AFTERCARE,
    MessageKind.CHECK_IN,
    MessageKind.NEXT_SESSION,
}


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[str]:
    """The text messages that go out."""
    settings.SMS_URL = "https://gateway.example/send"
    found: list[str] = []
    monkeypatch.setattr(posting, "send_sms", lambda *, to, text, message_id: found.append(text))
    return found


def test_none_says_what_it_must_not_and_each_says_the_pages_own_time(texts: list[str], now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        demo.load(now=now)
        Clinic.objects.update(email="desk@nilufar.example")
        # After a consultation there is nothing to say of preparing and healing.
        AppointmentType.objects.update(kind=Kind.SESSION)
        telling = telling_words()
        upcoming = Appointment.objects.filter(starts_at__gt=now).order_by("starts_at")
        for place in ("berlin", "dubai"):
            appointment = upcoming.filter(location__slug=place)[0]
            shown = read(Client().get(appointment.patient_path())).one("p", class_="ticket__when").text
            for kind in MessageKind:
                if kind == MessageKind.STAFF_REVIEW:
                    continue  # of pages and not of people: it may name them
                sent, letter = by_mail(kind, appointment, now)
                texts.clear()
                if kind in TO_PATIENTS:
                    post(about(kind, appointment, now, channel=Channel.SMS), now)
                reads_well(kind, sent, letter, texts, telling)
                if kind not in WITHOUT_TIME:
                    says_the_pages_time(kind, shown, letter, texts)


def by_mail(kind: str, appointment: Appointment, now: datetime) -> tuple[Sent, EmailMultiAlternatives]:
    written = about(kind, appointment, now)
    if kind == MessageKind.STAFF_DIARY and appointment.practitioner.user is None:
        appointment.practitioner.user = User.objects.create(
            username=appointment.practitioner.slug, email="doctor@nilufar.example"
        )
        appointment.practitioner.save()
    mail.outbox.clear()
    return post(written, now), mail.outbox[0]


def about(kind: str, appointment: Appointment, now: datetime, **values: Any) -> Message:
    """A message that is about to be sent; one on preparing names a day on which the page has something to do."""
    page = page_of(appointment, Clinic.objects.current(), language="en", at=now)
    if kind == MessageKind.PREPARATION and page:
        days = next(row["days_before"] for row in page["preparation"] if row["days_before"])
        values["event"] = f"appointment {appointment.pk}, preparation:{days}"
    return leased(kind, appointment, now, **values)


def telling_words() -> set[str]:
    """Names of treatments, areas and concerns, their parts that tell something, and other words that do."""
    names = [one.name_en for model in (Treatment, BodyArea, Concern) for one in model.objects.all()]
    parts = {part for name in names for part in re.findall(r"[a-z]{5,}", name.lower())}
    return {name.lower() for name in names} | (parts - {"under", "local", "other", "after"}) | TELLING


def reads_well(kind: str, sent: Sent, letter: EmailMultiAlternatives, texts: list[str], telling: set[str]) -> None:
    html = letter.alternatives[0][0]
    for part in (letter.subject, letter.body, html.partition("</style>")[2], *texts):
        assert not re.search(r"[{}]|None|\bNULL\b", part), (kind, part)
        assert not NEVER.search(part), (kind, NEVER.search(part), part)
    for public in (letter.subject, *texts):
        seen = re.sub(r"https?://\S+", "", public).lower()
        assert not [word for word in telling if re.search(rf"\b{word}", seen)], (kind, public)
        assert "\n" not in public
    assert all(len(text) < 320 and text.isascii() for text in texts if kind != MessageKind.LINKS), (kind, texts)
    assert not re.search(r"<img|<script|style=|\n\n\n", html + letter.body)
    assert set(re.findall(r"https?://[^/\s\"]+", html)) == {"http://testserver"}
    assert words_in(html) == " ".join(re.sub(r"^- |: http://testserver/\S+", "", letter.body, flags=re.M).split()), kind
    assert sent.subject == letter.subject
    assert any(file[0] == "appointment.ics" for file in letter.attachments) == (kind in WITH_CALENDAR)


def words_in(html: str) -> str:
    """The words of a mail's HTML without the sender on top."""
    markup = Markup(html.partition("</head>")[2])
    return markup.one("body").text.removeprefix(markup.one("p", class_="sender").text).strip()


def says_the_pages_time(kind: str, shown: str, letter: EmailMultiAlternatives, texts: list[str]) -> None:
    """The day, the hours and the zone that the patient's page shows, in the same words."""
    found = re.fullmatch(r"(\w+) (\d+) (\w+) (\d{4}) (\d\d:\d\d)–(\d\d:\d\d) (\w+ time) (\(.+\))", shown)
    assert found, shown
    weekday, day, month, year, start, end, city, zone = found.groups()
    assert f"{weekday} {day} {month} {year}, {start}–{end}, {city} {zone}" in letter.body, (kind, letter.body)
    short = f"{weekday[:3]} {day} {month[:3]}, {start} {city}"
    assert all(short in text for text in texts), (kind, texts)
    if kind != MessageKind.PLACE:
        assert set(re.findall(r"\d\d:\d\d", letter.subject)) <= {start}


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Your Mesotherapy"},
        {"sms": "See you for facial rejuvenation {when_short}"},
        {"body": "It is painless: {when}\n\nSee it: {link}"},
        {"body": "Stop taking your tablets. {when}\n\nSee it: {link}"},
        {"body": "Tuesday at nine.\n\nSee it: {link}"},
        {"sms": "See you at nine"},
    ],
)
def test_the_reading_finds_what_is_wrong(texts: list[str], now: datetime, wrong: dict[str, str]) -> None:
    diary = Diary(now=now)
    with time_machine.travel(now, tick=False):
        asked = diary.request(diary.at(3, 10))
        shown = read(Client().get(asked.patient_path())).one("p", class_="ticket__when").text
        words = {"subject": "See you", "body": "{when}\n\nSee it: {link}", "sms": "See you {when_short}"}
        text = MessageText.objects.create(kind="reminder", language="en", **words)
        check(asked, shown, texts, now)
        for field, value in wrong.items():
            setattr(text, field, value)
        text.save()
        with pytest.raises(AssertionError):
            check(asked, shown, texts, now)


def check(appointment: Appointment, shown: str, texts: list[str], now: datetime) -> None:
    sent, letter = by_mail(MessageKind.REMINDER, appointment, now)
    texts.clear()
    post(leased(MessageKind.REMINDER, appointment, now, channel=Channel.SMS), now)
    reads_well(MessageKind.REMINDER, sent, letter, texts, telling_words())
    says_the_pages_time(MessageKind.REMINDER, shown, letter, texts)
