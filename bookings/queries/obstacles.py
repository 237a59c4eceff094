"""Which rules stand in the way of an appointment: one answer for patients, staff and the system."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from bookings import screening
from bookings.enums import ConsentKind, Kind, Rule, State
from bookings.models import Appointment, Consent, ConsentText, Course, Screening
from bookings.queries.consents import is_current
from bookings.queries.courses import broken_by, progress
from clinic.models import Clinic
from treatments.models import Edition, Treatment

# A request may wait for these, and a move asks for no new approval; every other rule already stands in the way.
ANSWERED_LATER = frozenset({Rule.SCREENING, Rule.REVIEW})


def obstacles(
    appointment: Appointment, *, now: datetime, start: datetime | None = None, alone: bool = False
) -> list[Rule]:
    """The rules that an appointment breaks at `start` (aware; else at its own time), in the order of `Rule`.

    A new request or confirmation asks for consent to the text in force; a move, or one confirmed before, does not.
    `alone`: no other session of its course gets a new time with it, so its distances from them count too.
    """
    clinic = Clinic.objects.current()
    day = (start or appointment.starts_at).astimezone(appointment.location.zone).date()
    edition = edition_of(appointment.treatment, clinic, at=now)
    found = answers_in_the_way(appointment, edition, day)
    if too_young(appointment, edition, day):
        found.append(Rule.AGE)
    if appointment.type.kind == Kind.SESSION and appointment.treatment.needs_consultation:
        is_new = start is None and appointment.state != State.CONFIRMED
        found += course_in_the_way(appointment.course, clinic, day, is_new=is_new)
    if alone and breaks_gap(appointment, day, now):
        found.append(Rule.GAP)
    return [rule for rule in Rule if rule in found]


def edition_of(treatment: Treatment, clinic: Clinic, *, at: datetime) -> Edition | None:
    """The edition that is asked about at `at`, in the clinic's default language."""
    return (
        Edition.objects.in_force(language=clinic.default_language, at=at, demo=clinic.is_demo, prescription_only=True)
        .filter(treatment=treatment)
        .first()
    )


def answers_in_the_way(appointment: Appointment, edition: Edition | None, day: date) -> list[Rule]:
    latest = latest_screening(appointment)
    if latest is None:
        # Later sessions of a course only ask whether anything has changed.
        is_later = (appointment.session_number or 1) > 1
        asks = edition is not None and bool(screening.questions(edition.content))
        return [Rule.SCREENING] if asks and not is_later else []
    found = [Rule.REVIEW] if latest.waits_for_review else []
    return [*found, Rule.WAIT] if latest.not_before and day < latest.not_before else found


def latest_screening(appointment: Appointment) -> Screening | None:
    """The last answers that were given for this appointment."""
    return appointment.screenings.order_by("-answered_at", "-pk").first()


def too_young(appointment: Appointment, edition: Edition | None, day: date) -> bool:
    patient = appointment.patient
    youngest = screening.minimum_age(edition.content) if edition else None
    if youngest is None or patient is None or patient.birth_date is None:
        return False
    return screening.age_on(patient.birth_date, day) < youngest


def course_in_the_way(course: Course | None, clinic: Clinic, day: date, *, is_new: bool) -> list[Rule]:
    if course is None or course.consultation.state != State.COMPLETED:
        return [Rule.CONSULTATION]
    consent = treatment_consent(course)
    if consent is None or (is_new and not is_current(consent, ConsentText.objects.current(consent.language))):
        return [Rule.CONSENT]
    return [Rule.COOLING_OFF] if day < first_day_after(consent, course, clinic) else []


def breaks_gap(appointment: Appointment, day: date, now: datetime) -> bool:
    """Whether a session on this local day breaks a distance of its course that is not broken as it stands."""
    course, number = appointment.course, appointment.session_number or 1
    if course is None:
        return False
    days = progress(course, now=now).days
    broken = broken_by({number}, days, course.gap)
    return any(one not in broken for one in broken_by({number}, days | {number: day}, course.gap))


def treatment_consent(course: Course) -> Consent | None:
    """The consent to a course's treatment that followed its consultation, unless it was withdrawn."""
    # Two courses may be planned at one consultation: a yes to the one is none to the other.
    of_it = Q(treatment=None) | Q(treatment=course.treatment_id)
    given = Consent.objects.filter(
        of_it, appointment=course.consultation_id, kind=ConsentKind.TREATMENT, withdrawn_at=None
    )
    return given.order_by("-given_at", "-pk").first()


def first_day_of_sessions(course: Course, clinic: Clinic) -> date | None:
    """The first local day on which a session may be: the later of consultation and consent, plus the clinic's days.

    Whole days are counted by the calendar of the location. None while the patient has not agreed.
    """
    consent = treatment_consent(course)
    return first_day_after(consent, course, clinic) if consent else None


def first_day_after(consent: Consent, course: Course, clinic: Clinic) -> date:
    zone = course.consultation.location.zone
    later = max(course.consultation.ends_at, consent.given_at)
    return later.astimezone(zone).date() + timedelta(days=clinic.cooling_off_days)
