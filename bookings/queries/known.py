"""What patients are told of an appointment, and what they, or the reader of a diary, know of it already."""

from bookings.enums import MessageKind, State
from bookings.models import Appointment, Message, Transition
from bookings.models.message import MessageQuerySet

# What a patient is told when an appointment comes into a state; of the other states they know, as they were there.
SAYS = {
    State.REQUESTED: MessageKind.REQUESTED,
    State.CONFIRMED: MessageKind.CONFIRMED,
    State.DECLINED: MessageKind.DECLINED,
    State.LAPSED: MessageKind.LAPSED,
    State.CANCELLED: MessageKind.CANCELLED,
}
TELLS = (*SAYS.values(), MessageKind.MOVED)


def knows(appointment: Appointment, told: MessageQuerySet, state: State, *, untold: State | None = None) -> bool:
    """Whether what they were told last is this state, of the time that the appointment still has.

    `untold`: as what they know it who were told nothing.
    """
    last = told.said().order_by("-pk").first()
    if last is None:
        return state == untold
    if state_said(last) != state:
        return False
    return not appointment.transitions.filter(moved_to__isnull=False, at__gt=last.created_at).exists()


def state_said(message: Message) -> State:
    """The state that a message tells; of a move, the one in which the appointment was moved."""
    by_kind = {kind: state for state, kind in SAYS.items()}
    return by_kind.get(MessageKind(message.kind)) or State(line_of(message).to_state)


def line_of(message: Message) -> Transition:
    """The line of the log that a message names: “change 12”, or “change 12, diary 3”."""
    return Transition.objects.get(pk=message.event.partition(", ")[0].removeprefix("change "))
