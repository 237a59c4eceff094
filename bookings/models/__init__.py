"""When: the diary, the people who book, and their appointments."""

from bookings.models.absences import Closure, TimeOff
from bookings.models.appointment import Appointment, Transition
from bookings.models.appointment_type import AppointmentType
from bookings.models.claim import Claim
from bookings.models.consent import Consent, ConsentText
from bookings.models.course import Course
from bookings.models.hours import SpecialHours, WorkingHours
from bookings.models.message import Message
from bookings.models.people import Patient
from bookings.models.resources import Resource, ResourceKind
from bookings.models.screening import AnswersRead, Screening
from bookings.models.waiting import PlaceOffer, WaitingEntry

__all__ = [
    "AnswersRead",
    "Appointment",
    "AppointmentType",
    "Claim",
    "Closure",
    "Consent",
    "ConsentText",
    "Course",
    "Message",
    "Patient",
    "PlaceOffer",
    "Resource",
    "ResourceKind",
    "Screening",
    "SpecialHours",
    "TimeOff",
    "Transition",
    "WaitingEntry",
    "WorkingHours",
]
