"""Calendar files: one visit for a mail or a download, or many as a feed.

Pure: values in, bytes out; the same values always give the same bytes. A calendar program knows a visit by its UID, and
takes what has the higher SEQUENCE for the newer word. Times stand in the location's zone with its clock changes written
out; a time that its wall clock shows twice stands in UTC, which nobody can misread.
"""

from bookings.ics.files import Method, Person, event, feed
from bookings.ics.visits import Event, Status

__all__ = ["Event", "Method", "Person", "Status", "event", "feed"]
