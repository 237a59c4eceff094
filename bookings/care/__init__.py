"""Care hangs on the appointment: when each message about a visit is due, and the advice around it with real times.

Pure: values in, values out; no ORM, no settings, no clock. Preparation counts back from the start in local calendar
days, aftercare counts on from the end in hours that really pass; what is computed anew after a move or an early end
has the same keys and other times.
"""

from bookings.care.due import Due, due, when_to_send
from bookings.care.quiet import QuietHours
from bookings.care.timeline import Advice, Timeline, timeline
from bookings.care.visit import Lead, Rules, Visit

__all__ = [
    "Advice",
    "Due",
    "Lead",
    "QuietHours",
    "Rules",
    "Timeline",
    "Visit",
    "due",
    "timeline",
    "when_to_send",
]
