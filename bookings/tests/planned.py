"""A course of sessions, planned at a completed consultation, for tests."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bookings import screening
from bookings.actions.book import request_appointment
from bookings.actions.booking import Agreed, Booking, Screened, keep_screening
from bookings.actions.change import change_state
from bookings.actions.courses import agree, book_course, hold_course
from bookings.actions.hold import hold
from bookings.availability.courses import Gap
from bookings.enums import Actor, ConsentKind, Kind, Reply, State
from bookings.models import Appointment, ConsentText, Course, Screening
from bookings.queries.course_steps import steps
from bookings.queries.course_times import Chain, Preference, free_times, proposals, wish_of_course
from bookings.queries.courses import progress
from bookings.queries.obstacles import edition_of
from bookings.tests.diary import CONTACT, Diary
from bookings.tests.factories import AppointmentTypeFactory
from bookings.views.link import token_of
from clinic.models import Clinic
from treatments.tests.pages import signed_treatment

DAY = timedelta(days=1)
WEEKLY = Gap(7, 10, "day")


class Planned:
    """Ada's consultation was four days before `now`, and a course was planned at it; `diary` has the people and hours.

    She said no to every question. With `consented` she agreed to the treatment two days ago, which with three days of
    cooling-off allows sessions from tomorrow on, a Tuesday.
    """

    def __init__(
        self,
        *,
        now: datetime,
        people: int = 1,
        sessions: int = 4,
        gap: Gap = WEEKLY,
        consented: bool = True,
        answered: bool = True,
        **type_values: Any,
    ) -> None:
        self.now = now
        self.diary = Diary(now=now - 7 * DAY, people=people)
        self.diary.now = now
        self.consultation = self.held_consultation(answered=answered)
        values = {"name_en": "Session", "kind": Kind.SESSION, "furthest_days": 90, **type_values}
        self.course: Course = Course.objects.create(
            consultation=self.consultation,
            treatment=self.diary.treatment,
            type=AppointmentTypeFactory(practitioners=self.diary.practitioners, **values),
            phase="First course",
            sessions=sessions,
            gap_from=gap.least,
            gap_to=gap.most,
            gap_unit=gap.unit,
            created_at=now - 4 * DAY,
        )
        if consented:
            self.agree(now=now - 2 * DAY)

    def held_consultation(self, *, answered: bool) -> Appointment:
        """Asked for, confirmed and completed, as in life."""
        diary, asked_at = self.diary, self.now - 6 * DAY
        held = hold(
            wish=diary.wish(visitor="ada"), treatment=diary.treatment, start=diary.at(-4, 10), minutes=10, now=asked_at
        )
        texts = ConsentText.objects.current("en")
        booking = Booking(
            CONTACT,
            needs=["step_free"],
            screened=self.answers(at=asked_at) if answered else None,
            agreed=[Agreed(texts[kind], asked_at) for kind in (ConsentKind.DATA, ConsentKind.TERMS)],
        )
        asked = request_appointment(reference=held.reference, visitor="ada", booking=booking, now=asked_at)
        asked = Appointment.objects.select_related("location", "patient").get(pk=asked.pk)
        change_state(
            appointment=asked,
            to=State.CONFIRMED,
            actor=Actor.STAFF,
            now=asked_at,
            reason="" if answered else "She will answer here.",
            override=not answered,
        )
        return change_state(appointment=asked, to=State.COMPLETED, actor=Actor.STAFF, now=diary.at(-4, 11))

    def of_someone_else(self) -> Course:
        """The same plan for another patient, at another consultation."""
        consultation = self.diary.request(self.diary.at(3, 16), visitor="eve")
        Appointment.objects.filter(pk=consultation.pk).update(state=State.COMPLETED)
        values = {name: getattr(self.course, name) for name in ("treatment", "type", "phase", "sessions", "created_at")}
        return Course.objects.create(consultation=consultation, gap_from=7, gap_to=10, **values)

    def of_another_treatment(self) -> Course:
        """A second course, planned for Ada at the same consultation."""
        treatment = signed_treatment(now=self.now - 7 * DAY, slug="hair-and-scalp")
        values = {name: getattr(self.course, name) for name in ("type", "phase", "sessions", "created_at")}
        return Course.objects.create(
            consultation=self.consultation, treatment=treatment, gap_from=14, gap_to=14, **values
        )

    def answers(self, *, at: datetime, **replies: Reply) -> Screened:
        """No to every question of the page in force, but for `replies` by the question's key."""
        edition = edition_of(self.diary.treatment, Clinic.objects.current(), at=at)
        assert edition
        asked = screening.questions(edition.content)
        given = {
            question.key: question.answered(replies.get(question.key, Reply.NO), no_date=True) for question in asked
        }
        found = screening.result(asked, given, today=at.date())
        plain: Mapping[str, Any] = {key: answer.to_dict() for key, answer in given.items()}
        return Screened(edition, plain, found.needs_review, found.not_before, at)

    def answer(self, *, at: datetime, **replies: Reply) -> Screening:
        """Answers given later, from the link of the consultation."""
        screened = self.answers(at=at, **replies)
        assert self.consultation.patient
        return keep_screening(screened, patient=self.consultation.patient, appointment=self.consultation)

    def agree(self, *, now: datetime | None = None, course: Course | None = None) -> None:
        texts = steps(course or self.course, language="en", now=now or self.now).texts
        agree(course=course or self.course, texts=texts, language="en", now=now or self.now)

    def path(self, *more: object) -> str:
        """The address of the course's page, or of a session's below it."""
        ends = "".join(f"{part}/" for part in more)
        return f"/en/appointments/{token_of(self.consultation)}/course/{self.course.pk}/{ends}"

    def chain(self, **preference: Any) -> Chain:
        """What is proposed now, by number."""
        stands = progress(self.course, now=self.now)
        first_day = steps(self.course, language="en", now=self.now).first_day
        free = free_times(wish_of_course(self.course, first_day), now=self.now)
        found = proposals(stands, free, Preference(**preference))
        return {number: one for chain in found.values() if chain for number, one in chain.items()}

    def proposed(self, **preference: Any) -> dict[int, datetime]:
        return {number: one.start for number, one in self.chain(**preference).items()}

    def people_proposed(self, **preference: Any) -> list[int]:
        return [one.owner for one in self.chain(**preference).values()]

    def hold(self, starts: Mapping[int, datetime] | None = None, *, now: datetime | None = None) -> list[Appointment]:
        """Hold what is proposed, or these starts by number, with the first practitioner."""
        wanted = self.proposed() if starts is None else starts
        return hold_course(
            course=self.course,
            sessions={number: (start, self.diary.practitioner) for number, start in wanted.items()},
            language="en",
            minutes=10,
            now=now or self.now,
        )

    def book(self, starts: Mapping[int, datetime] | None = None) -> list[Appointment]:
        """Hold and book, with nothing changed in between."""
        return self.book_held(self.hold(starts))

    def book_held(self, held: list[Appointment], *, now: datetime | None = None) -> list[Appointment]:
        seen = [one.reference for one in held]
        return book_course(course=self.course, seen=seen, language="en", now=now or self.now)

    def confirm(self, *appointments: Appointment) -> None:
        for one in appointments:
            change_state(appointment=one, to=State.CONFIRMED, actor=Actor.STAFF, now=self.now)

    def cancel(self, appointment: Appointment) -> None:
        change_state(appointment=appointment, to=State.CANCELLED, actor=Actor.PATIENT, now=self.now)

    def on(self, days: Mapping[int, int], hour: int = 10) -> dict[int, datetime]:
        """Starts at `hour`, by number, so many days from today."""
        return {number: self.diary.at(day, hour) for number, day in days.items()}
