"""Staff's pages about the diary: requests and appointments, patients, hours, time off and appointment types."""

from bookings.admin import appointments, diary, people

__all__ = ["appointments", "diary", "people"]
