"""All races by name."""

from collections.abc import Callable

from bookings.tests.diary import Diary
from bookings.tests.races import away, changes, courses, places, visitors, windows
from bookings.tests.races.posts import Deeds

SCENARIOS: dict[str, Callable[[Diary], Deeds]] = {
    scenario.__name__: scenario
    for scenario in (
        visitors.same_time,
        visitors.overlapping_times,
        visitors.chosen_many_times,
        visitors.sent_many_times,
        visitors.expired_holds,
        visitors.sent_and_freed,
        visitors.sent_and_kept,
        visitors.sent_and_moved,
        windows.two_types,
        changes.answered_at_once,
        changes.undone_and_taken,
        changes.moved_to_one_time,
        changes.moved_twice,
        changes.merged_while_it_is_confirmed,
        places.accepted_many_times,
        places.accepted_or_expired,
        places.freed_at_once,
        courses.sets_that_overlap,
        away.booked_while_away_is_saved,
        away.away_while_it_is_booked,
    )
}
