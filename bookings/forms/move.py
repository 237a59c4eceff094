"""A new time for an appointment, as the page that asks once more sends it."""

from bookings.forms.times import StartField, TimeForm


class MoveForm(TimeForm):
    """The new start and the practitioner, and the start that the page showed as the present one."""

    seen = StartField()
