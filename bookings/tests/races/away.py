"""Staff take time off while visitors book that time."""

from datetime import timedelta
from functools import partial

from bookings.actions.absences import take_time_off
from bookings.models import Appointment, TimeOff
from bookings.tests.diary import Diary
from bookings.tests.races.posts import Call, Deeds, choose, halfway_at, morning, newcomer


def booked_while_away_is_saved(diary: Diary) -> Deeds:
    """The time off is half saved when visitors choose its first half hour."""
    halfway_at(TimeOff)
    booking = [choose(diary, morning(diary), visitor=newcomer(nth), waits=True) for nth in range(5)]
    return [Call("staff", partial(be_away, diary)), *booking]


def away_while_it_is_booked(diary: Diary) -> Deeds:
    """A visitor's hold is half saved when staff take the time off."""
    halfway_at(Appointment)
    return [choose(diary, morning(diary)), Call("staff", partial(be_away, diary), waits=True)]


def be_away(diary: Diary) -> None:
    """Nothing was there when staff looked, so nothing was to be decided."""
    start = morning(diary)
    time_off = TimeOff(
        practitioner=diary.practitioner, location=diary.location, starts_at=start, ends_at=start + timedelta(hours=2)
    )
    take_time_off(time_off=time_off, decisions={}, now=diary.now)
