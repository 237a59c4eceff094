"""Who and where: the clinic itself, its locations and its practitioners."""

from clinic.models.clinic import Clinic
from clinic.models.location import WEEKDAYS, Location, OpeningHours
from clinic.models.practitioner import Practitioner

__all__ = ["WEEKDAYS", "Clinic", "Location", "OpeningHours", "Practitioner"]
