"""When: the diary, the people who book, and their appointments."""

from bookings.models.appointment import Appointment, Transition
from bookings.models.appointment_type import AppointmentType
from bookings.models.claim import Claim
from bookings.models.hours import TimeOff, WorkingHours
from bookings.models.people import Patient

__all__ = ["Appointment", "AppointmentType", "Claim", "Patient", "TimeOff", "Transition", "WorkingHours"]
