"""Sessions of visitors who have answered all that is asked before a time."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from bookings.enums import ConsentKind, Reply
from bookings.models import ConsentText
from bookings.screening import Answer, minimum_age, questions
from bookings.sealed import seal
from bookings.tests.diary import Diary
from bookings.views.steps import AGE, CONSENT
from bookings.views.visitor import ANSWERS, VISITOR, new_visitor


def prepared(diary: Diary, *, reply: Reply = Reply.NO, **kept: Any) -> dict[str, Any]:
    """What such a session holds: `reply` to every question, and whatever else is `kept`."""
    edition = diary.treatment.editions.filter(language="en").latest("number")
    text = ConsentText.objects.current("en")[ConsentKind.DATA]
    answers = {question.key: question.answered(reply) for question in questions(edition.content)}
    return {
        VISITOR: new_visitor(),
        AGE: minimum_age(edition.content) or 0,
        CONSENT: {
            "kind": text.kind,
            "language": text.language,
            "version": text.version,
            "hash": text.hash,
            "at": diary.now.isoformat(),
        },
        ANSWERS: sealed(answers, at=diary.now),
        **kept,
    }


def sealed(answers: dict[str, Answer], *, at: datetime) -> str:
    return seal({"answers": {key: answer.to_dict() for key, answer in answers.items()}, "at": at.isoformat()})


def prepared_session(diary: Diary, **kept: Any) -> SessionStore:
    """Such a session, saved."""
    session = SessionStore()
    session.update(prepared(diary, **kept))
    session.save()
    return session


def sit_down(client: Client, diary: Diary, **kept: Any) -> None:
    """Give the client such a session, unless it has one."""
    if settings.SESSION_COOKIE_NAME not in client.cookies:
        client.cookies[settings.SESSION_COOKIE_NAME] = prepared_session(diary, **kept).session_key
