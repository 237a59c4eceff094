"""After a visit, and what patients ask for about their own data."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import User

from bookings.actions.booking import Agreed, Booking
from bookings.actions.check_in import answer_check_in, note_call
from bookings.actions.data_links import send_data_link, try_birth_date
from bookings.actions.privacy import ask_for_erasure, decide, erase_patient, withdraw
from bookings.care.check_in import Answers
from bookings.enums import ConsentKind, ErasureOutcome, State
from bookings.models import Appointment, Consent, ConsentText, ErasureRequest, Patient
from bookings.tests.about_ada import AboutAda
from bookings.tests.actions.states import in_state
from bookings.tests.actions.waiting import waiting
from bookings.tests.actions.whole.case import Arguments, Case
from bookings.tests.after_visit import LUMP
from bookings.tests.diary import CONTACT, Diary

BORN = date(1985, 12, 10)


def coming(now: datetime) -> Appointment:
    """Somebody else waits for its time."""
    diary = Diary(now=now)
    data = ConsentText.objects.get(kind=ConsentKind.DATA)
    asked = diary.request(diary.at(1, 10), booking=Booking(CONTACT, agreed=[Agreed(data, now)]))
    waiting(diary)
    Patient.objects.update(birth_date=BORN)
    return asked


def over(now: datetime) -> Appointment:
    return in_state(Diary(now=now, signed=False), State.COMPLETED)


def a_sign(now: datetime, staff: User) -> Arguments:
    visit = over(now)
    return {"appointment": visit, "answers": Answers((LUMP,)), "now": visit.ends_at + timedelta(hours=1)}


def a_call(now: datetime, staff: User) -> Arguments:
    arguments = a_sign(now, staff)
    kept = answer_check_in(**arguments)
    return {"check_in": kept, "seen": kept.fingerprint, "by": staff, "now": arguments["now"]}


def one_link_before(now: datetime, staff: User) -> Arguments:
    asked = coming(now)
    send_data_link(appointment=asked, now=now)
    return {"appointment": asked, "now": now}


def the_right_date(now: datetime, staff: User) -> Arguments:
    link = send_data_link(appointment=coming(now), now=now)
    return {"secret": link.secret, "birth_date": BORN, "now": now}


def the_use_of_data(now: datetime, staff: User) -> Arguments:
    coming(now)
    return {"consent": Consent.objects.get(), "now": now}


def never_here(now: datetime, staff: User) -> Arguments:
    return {"patient": coming(now).patient, "now": now}


def was_here(now: datetime, staff: User) -> Arguments:
    visit = over(now)
    return {"patient": visit.patient, "now": visit.ends_at + timedelta(days=1)}


def carried_out(now: datetime, staff: User) -> Arguments:
    wish = ErasureRequest.objects.create(patient=over(now).patient, asked_at=now)
    return {"wish": wish, "outcome": ErasureOutcome.ERASED, "by": staff, "now": now}


def everything_about_her(now: datetime, staff: User) -> Arguments:
    return {"patient": AboutAda(now=now, never_here=True).ada, "now": now}


def the_treatment(now: datetime, staff: User) -> Arguments:
    return {"consent": AboutAda(now=now, never_here=True).consent(ConsentKind.TREATMENT), "now": now}


CASES = [
    Case(answer_check_in, a_sign, 1),
    Case(note_call, a_call, 1),
    Case(send_data_link, one_link_before, 4),
    Case(try_birth_date, the_right_date, 1),
    Case(withdraw, the_use_of_data, 6),
    Case(withdraw, the_treatment, 12),
    Case(ask_for_erasure, everything_about_her, 40),
    Case(ask_for_erasure, was_here, 1),
    Case(decide, carried_out, 6),
    Case(erase_patient, never_here, 10),
]
