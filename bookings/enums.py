"""Choices of the diary, importable from everywhere."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an appointment type is for."""

    CONSULTATION = "consultation", _("Consultation")
    SESSION = "session", _("Session")


class State(TextChoices):
    """Where an appointment is in its life; `lifecycle` says what may follow what."""

    HELD = "held", _("Held")
    REQUESTED = "requested", _("Requested")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    LAPSED = "lapsed", _("Lapsed")
    ARRIVED = "arrived", _("Arrived")
    COMPLETED = "completed", _("Completed")
    NO_SHOW = "no_show", _("Did not come")


class Actor(TextChoices):
    """Who changed a state."""

    PATIENT = "patient", _("Patient")
    STAFF = "staff", _("Staff")
    SYSTEM = "system", _("The system")


class Rule(TextChoices):
    """Why an appointment may not be confirmed, or not at this time; staff override one with a reason."""

    SCREENING = "screening", _("The questions before the visit have not been answered.")
    REVIEW = "review", _("A clinician has not reviewed the answers yet.")
    WAIT = "wait", _("The answers ask for a later time.")
    AGE = "age", _("The patient is too young on that day.")
    CONSULTATION = "consultation", _("There is no completed consultation that planned this session.")
    CONSENT = "consent", _("The patient has not agreed to the treatment yet.")
    COOLING_OFF = "cooling_off", _("It is too soon after the consultation or the consent.")
    GAP = "gap", _("It is not the plan’s distance from the session before or after.")


class PartOfDay(TextChoices):
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class Channel(TextChoices):
    """How a patient wants to hear from the clinic."""

    EMAIL = "email", _("Email")
    SMS = "sms", _("Text message")
    PHONE = "phone", _("Phone call")


class Need(TextChoices):
    """What makes a visit easier; ticked when booking."""

    STEP_FREE = "step_free", _("Step-free access")
    HEARING = "hearing", _("Help with hearing")
    SIGHT = "sight", _("Help with seeing")
    INTERPRETER = "interpreter", _("An interpreter")
    CHAPERONE = "chaperone", _("A chaperone in the room")


class ConsentKind(TextChoices):
    """What a patient agrees to."""

    DATA = "data", _("Using the data of a booking")
    TREATMENT = "treatment", _("The treatment")
    TERMS = "terms", _("The terms of booking and cancelling")


class EntryState(TextChoices):
    """Where an entry of the waiting list is."""

    WAITING = "waiting", _("Waiting")
    PLACED = "placed", _("Has a place")
    LEFT = "left", _("Left the list")


class OfferState(TextChoices):
    """What became of a place that was offered."""

    OPEN = "open", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered in time")


class Reply(TextChoices):
    """An answer to a screening question or to its follow-up."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_SURE = "not_sure", _("Not sure")


class Feeling(TextChoices):
    """How somebody is after a visit, apart from signs of trouble; the worst last."""

    BETTER = "better", _("Better than I expected")
    EXPECTED = "expected", _("As I expected")
    WORSE = "worse", _("Worse than I expected")


class MessageKind(TextChoices):
    """What a message is about; the second half goes to the clinic's own people."""

    REQUESTED = "requested", _("Request received")
    CONFIRMED = "confirmed", _("Appointment confirmed")
    DECLINED = "declined", _("Request declined")
    LAPSED = "lapsed", _("Request not answered in time")
    MOVED = "moved", _("Appointment moved")
    CANCELLED = "cancelled", _("Appointment cancelled")
    PLACE = "place", _("A place from the waiting list")
    REMINDER = "reminder", _("Reminder")
    PREPARATION = "preparation", _("How to prepare")
    AFTERCARE = "aftercare", _("How to care for the skin")
    CHECK_IN = "check_in", _("How are you?")
    NEXT_SESSION = "next_session", _("Next session of a course")
    LINKS = "links", _("Lost link")
    DATA = "data", _("Link to one’s data")
    STAFF_REQUEST = "staff_request", _("Staff: new request")
    STAFF_WAITING = "staff_waiting", _("Staff: a request waits too long")
    STAFF_DIARY = "staff_diary", _("Staff: a change in one’s diary")
    STAFF_REVIEW = "staff_review", _("Staff: content to be reviewed")


class MessageState(TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", _("Waiting")
    LEASED = "leased", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    TOLD = "told", _("Told by phone")
    CANCELLED = "cancelled", _("Cancelled")


class ErasureOutcome(TextChoices):
    """What the clinic decided about a wish to be forgotten."""

    ERASED = "erased", _("Erased")
    DECLINED = "declined", _("Not erased")
