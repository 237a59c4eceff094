"""When: the diary, the people who book, and their appointments."""

from bookings.models.absences import Closure, TimeOff
from bookings.models.appointment import Appointment
from bookings.models.appointment_type import AppointmentType
from bookings.models.calendar_feed import CalendarFeed
from bookings.models.check_in import CheckIn
from bookings.models.claim import Claim
from bookings.models.consent import Consent, ConsentText
from bookings.models.course import Course
from bookings.models.data_link import DataLink
from bookings.models.erasure_request import ErasureRequest
from bookings.models.hours import SpecialHours, WorkingHours
from bookings.models.message import Message
from bookings.models.message_text import MessageText
from bookings.models.people import Patient
from bookings.models.resources import Resource, ResourceKind
from bookings.models.screening import AnswersRead, Screening
from bookings.models.stopped_number import StoppedNumber
from bookings.models.transition import Transition
from bookings.models.waiting import PlaceOffer, WaitingEntry

__all__ = [
    "AnswersRead",
    "Appointment",
    "AppointmentType",
    "CalendarFeed",
    "CheckIn",
    "Claim",
    "Closure",
    "Consent",
    "ConsentText",
    "Course",
    "DataLink",
    "ErasureRequest",
    "Message",
    "MessageText",
    "Patient",
    "PlaceOffer",
    "Resource",
    "ResourceKind",
    "Screening",
    "SpecialHours",
    "StoppedNumber",
    "TimeOff",
    "Transition",
    "WaitingEntry",
    "WorkingHours",
]
