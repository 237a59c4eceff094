"""When aftercare, the check-in and the next session are due."""

from dataclasses import replace
from datetime import date

from bookings.enums import MessageKind, State
from bookings.tests.care.visits import RULES, after, local, messages, shown, the, visit


def test_aftercare_follows_the_true_end_and_so_does_the_question_how_it_went() -> None:
    early = shown(messages(visit("2026-12-10 13:30", true_end="2026-12-10 14:05", state=State.COMPLETED)))
    assert early == {"aftercare": "2026-12-10 14:05", "check_in": "2026-12-11 14:05"}
    late = shown(messages(visit("2026-12-10 13:30", true_end="2026-12-10 15:40", state=State.COMPLETED)))
    assert late == {"aftercare": "2026-12-10 15:40", "check_in": "2026-12-11 15:40"}


def test_aftercare_of_a_late_visit_is_about_today_but_the_question_waits_for_the_morning() -> None:
    found = shown(messages(visit("2026-12-10 20:30")))
    assert found["aftercare"] == "2026-12-10 22:30"
    assert found["check_in"] == "2026-12-12 08:00"


def test_aftercare_makes_sense_for_as_long_as_a_row_of_it_holds_and_for_a_day_at_least() -> None:
    long = messages(visit("2026-12-10 13:30"), aftercare=[after(4), after(72)])
    assert the("aftercare", long).not_after == local("2026-12-13 14:30")
    short = messages(visit("2026-12-10 13:30"), aftercare=[after(4), after(None)])
    assert the("aftercare", short).not_after == local("2026-12-11 14:30")


def test_without_aftercare_nobody_is_asked_how_it_went_and_a_clinic_may_ask_nobody() -> None:
    assert not {"aftercare", "check_in"} & set(shown(messages(visit(), aftercare=[])))
    assert "check_in" not in shown(messages(visit(), replace(RULES, check_in_hours=None)))


def test_the_next_session_is_announced_in_the_morning_but_never_on_the_day_of_the_visit() -> None:
    done = visit("2026-12-10 13:30", state=State.COMPLETED)
    in_weeks = messages(done, next_session=(date(2026, 12, 31), date(2027, 1, 10)))
    assert shown(in_weeks)["next_session"] == "2026-12-24 08:00"
    assert the("next_session", in_weeks).not_after == local("2027-01-11 00:00")
    soon = messages(done, next_session=(date(2026, 12, 17), None))
    assert shown(soon)["next_session"] == "2026-12-11 08:00"
    assert the("next_session", soon).not_after == local("2027-01-15 00:00")
    assert the("next_session", soon).kind == MessageKind.NEXT_SESSION


def test_the_next_session_is_not_announced_before_the_visit_is_completed_or_once_it_is_too_late() -> None:
    window = (date(2026, 12, 31), date(2027, 1, 10))
    assert "next_session" not in shown(messages(visit("2026-12-10 13:30"), next_session=window))
    late = visit("2026-12-10 13:30", state=State.COMPLETED, since="2027-01-11 00:01")
    assert "next_session" not in shown(messages(late, next_session=window))
