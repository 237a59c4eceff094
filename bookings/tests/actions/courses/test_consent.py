"""Nothing is held or booked before the consent that is in force, and the days to think it over."""

from datetime import datetime, timedelta

import pytest

from bookings.actions.courses import agree
from bookings.enums import ConsentKind, Rule, State
from bookings.exceptions import ChangedMeanwhile, Obstructed
from bookings.models import Appointment, Consent, ConsentText
from bookings.queries.course_steps import steps
from bookings.queries.obstacles import obstacles
from bookings.tests.factories import ConsentTextFactory
from bookings.tests.planned import Planned
from bookings.tests.rows import bookings

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_cooling_off_counts_whole_days_by_the_locations_clock(now: datetime) -> None:
    planned = Planned(now=now, consented=False)
    midnight = planned.diary.at(0, 0)
    for given_at, days in ((midnight - MINUTE, 2), (midnight, 3)):
        Consent.objects.filter(kind=ConsentKind.TREATMENT).delete()
        planned.agree(now=given_at)
        assert steps(planned.course, language="en", now=now).first_day == planned.diary.at(days, 0).date()


def test_the_consultation_counts_where_it_came_after_the_consent(planned: Planned) -> None:
    end = planned.diary.at(2, 17)
    Appointment.objects.filter(pk=planned.consultation.pk).update(starts_at=end - 30 * MINUTE, ends_at=end)
    planned.course.consultation.refresh_from_db()
    assert steps(planned.course, language="en", now=planned.now).first_day == planned.diary.at(5, 0).date()


def test_nothing_is_agreed_to_that_is_not_in_force(now: datetime) -> None:
    planned = Planned(now=now, consented=False)
    old = ConsentText.objects.current("en")[ConsentKind.TREATMENT]
    ConsentTextFactory(kind=ConsentKind.TREATMENT, text="Other words.")
    with pytest.raises(ChangedMeanwhile):
        agree(course=planned.course, texts=[old], language="en", now=now)
    assert not Consent.objects.filter(kind=ConsentKind.TREATMENT).exists()


def test_a_yes_to_one_treatment_is_none_to_another(planned: Planned) -> None:
    other = planned.of_another_treatment()
    assert [text.kind for text in steps(other, language="en", now=planned.now).texts] == [ConsentKind.TREATMENT]
    planned.agree(course=other)
    given = Consent.objects.filter(kind=ConsentKind.TREATMENT)
    assert set(given.values_list("treatment", flat=True)) == {other.treatment_id, planned.course.treatment_id}


def test_a_consent_that_was_withdrawn_is_none(planned: Planned) -> None:
    Consent.objects.filter(kind=ConsentKind.TREATMENT).update(withdrawn_at=planned.now)
    with pytest.raises(Obstructed) as caught:
        planned.hold()
    assert caught.value.rules == [Rule.CONSENT]


def test_who_posts_past_the_steps_gets_nothing(planned: Planned) -> None:
    starts, held = planned.proposed(), planned.hold()
    Appointment.objects.filter(pk=planned.consultation.pk).update(state=State.ARRIVED)
    before = bookings()
    with pytest.raises(Obstructed):
        planned.hold(starts)
    with pytest.raises(Obstructed):
        planned.book_held(held)
    assert bookings() == before


def test_a_text_that_changed_after_the_request_keeps_it_from_being_confirmed_but_not_from_being_moved(
    planned: Planned,
) -> None:
    booked = planned.book(planned.on({1: 1, 2: 8, 3: 15, 4: 22}))
    planned.confirm(booked[0])
    ConsentTextFactory(kind=ConsentKind.TREATMENT, text="Other words.")
    with pytest.raises(Obstructed) as caught:
        planned.confirm(booked[1])
    assert caught.value.rules == [Rule.CONSENT]
    assert obstacles(booked[0], now=planned.now) == [], "what is confirmed stays so"
    assert obstacles(booked[1], now=planned.now, start=planned.diary.at(9, 10)) == [], "a move asks for nothing new"
    planned.agree()
    planned.confirm(booked[1])
