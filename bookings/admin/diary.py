"""What staff set up for the diary: who works when, in which rooms, when nobody does, and what can be booked."""

from bookings.admin import absences, calendar_feeds, consents, hours, rooms, types, waitlist

__all__ = ["absences", "calendar_feeds", "consents", "hours", "rooms", "types", "waitlist"]
