"""What a patient still has to do before a course can be booked, and from when on its sessions may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cached_property

from django.db.models import Q

from bookings import screening
from bookings.enums import ConsentKind, State
from bookings.models import Consent, ConsentText, Course, Screening
from bookings.queries.consents import is_current
from bookings.queries.obstacles import first_day_of_sessions, treatment_consent
from bookings.screening import Answer, Question, Result
from bookings.sealed import CannotUnseal, unseal
from clinic.models import Clinic
from treatments.models import Edition


class Hurdle(Enum):
    """What stands before the booking, in the order in which it is cleared away."""

    CONSULTATION = "consultation"  # it is not completed
    LANGUAGE = "language"  # what is to be agreed to has no text in the page's language
    CONSENT = "consent"
    REVIEW = "review"  # a clinician has not read the answers yet
    QUESTIONS = "questions"
    ANSWERS = "answers"  # they speak against the treatment


@dataclass(frozen=True)
class Answered:
    """The patient's latest answers, held against what the treatment's page asks today.

    Without an edition nothing is asked; without a screening nothing was answered.
    """

    edition: Edition | None
    screening: Screening | None
    given: Mapping[str, Answer]

    @cached_property
    def asked(self) -> list[Question]:
        return screening.questions(self.edition.content) if self.edition else []

    @property
    def is_stale(self) -> bool:
        """Whether a question is new, or its words have changed."""
        return bool(screening.stale(self.asked, self.given))

    @cached_property
    def result(self) -> Result:
        """What the answers lead to by today's rules, as of the day they were given. ValueError while they are stale."""
        return screening.result(self.asked, self.given, today=self.day)

    @property
    def day(self) -> date:
        if self.screening is None or self.screening.appointment is None:
            return date.min
        return self.screening.answered_at.astimezone(self.screening.appointment.location.zone).date()

    @property
    def was_reviewed(self) -> bool:
        """Whether a clinician has reviewed every answer that today's rules ask to be reviewed."""
        if self.screening is None or self.screening.reviewed_at is None:
            return False
        before = Answered(self.screening.edition, self.screening, self.given)
        return not before.is_stale and reviewing(self.result) <= reviewing(before.result)


def reviewing(result: Result) -> set[str]:
    return {found.question.key for found in result.findings if found.needs_review}


@dataclass(frozen=True)
class Steps:
    """The first hurdle, if there is one; the texts still to be agreed to; and the first day a session may be on."""

    hurdle: Hurdle | None
    texts: list[ConsentText]
    answered: Answered
    first_day: date | None


def steps(course: Course, *, language: str, now: datetime) -> Steps:
    """What stands before the booking of a course on a page in `language`, at `now`."""
    clinic = Clinic.objects.current()
    due = texts_due(course, language)
    answered = answers_of(course, clinic, language=language, now=now)
    first_day = first_day_of_sessions(course, clinic)
    if not answered.is_stale and answered.result.not_before and first_day:
        first_day = max(first_day, answered.result.not_before)
    return Steps(first_hurdle(course, due, answered), [text for text in due.values() if text], answered, first_day)


def first_hurdle(course: Course, due: Mapping[str, ConsentText | None], answered: Answered) -> Hurdle | None:
    if course.consultation.state != State.COMPLETED:
        return Hurdle.CONSULTATION
    if None in due.values():
        return Hurdle.LANGUAGE
    if due:
        return Hurdle.CONSENT
    if answered.screening and answered.screening.waits_for_review:
        return Hurdle.REVIEW
    if answered.is_stale:
        return Hurdle.QUESTIONS
    return Hurdle.ANSWERS if answered.result.blocks else None


def texts_due(course: Course, language: str) -> dict[str, ConsentText | None]:
    """By kind, what the patient has not agreed to as it is in force; None where it has no text in `language`.

    The treatment is always agreed to, the rest where the clinic has a text for it. A text that is in force in the
    language in which it was agreed to is not asked for again in another.
    """
    texts = {language: ConsentText.objects.current(language)}
    patient = course.consultation.patient
    others = Consent.objects.filter(patient=patient, withdrawn_at=None).exclude(kind=ConsentKind.TREATMENT)
    given = {one.kind: one for one in others.order_by("given_at", "pk")}
    if consent := treatment_consent(course):
        given[ConsentKind.TREATMENT] = consent
    due: dict[str, ConsentText | None] = {}
    for kind in ConsentKind:
        agreed = given.get(kind)
        if agreed and agreed.language not in texts:
            texts[agreed.language] = ConsentText.objects.current(agreed.language)
        own = texts[agreed.language] if agreed else {}
        if agreed and is_current(agreed, own):
            continue
        if kind == ConsentKind.TREATMENT or kind in texts[language] or kind in own:
            due[kind] = texts[language].get(kind)
    return due


def answers_of(course: Course, clinic: Clinic, *, language: str, now: datetime) -> Answered:
    """The patient's latest answers, and the page of the course's treatment in the language they were given in."""
    latest = latest_answers(course)
    first = [latest.edition.language] if latest else []
    for code in dict.fromkeys([*first, language, clinic.default_language]):
        in_force = Edition.objects.in_force(language=code, at=now, demo=clinic.is_demo, prescription_only=True)
        if edition := in_force.filter(treatment=course.treatment_id).first():
            return Answered(edition, latest, given_in(latest))
    return Answered(None, latest, given_in(latest))


def latest_answers(course: Course) -> Screening | None:
    """The last screening of the consultation or, where somebody said later that something changed, of a session."""
    of_it = Q(appointment=course.consultation_id) | Q(appointment__course=course)
    found = Screening.objects.filter(of_it).select_related("edition", "appointment__location")
    return found.order_by("-answered_at", "-pk").first()


def given_in(stored: Screening | None) -> dict[str, Answer]:
    """The answers in a screening; what nobody can read any more is asked again."""
    try:
        values = unseal(stored.answers) if stored and stored.answers else {}
        return {key: Answer.from_dict(value) for key, value in values.items()}
    except (CannotUnseal, ValueError):
        return {}
