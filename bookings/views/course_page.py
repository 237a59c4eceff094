"""How a course stands, as its patient sees it: what is to be done first, what is proposed, held or booked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from bookings.availability.courses import Session
from bookings.enums import PartOfDay, Rule, State
from bookings.forms.course import AgreeForm
from bookings.models import Appointment, Course
from bookings.queries.course_steps import Hurdle, Steps, steps
from bookings.queries.course_times import Chain, Preference, chain_of, free_times, proposals, wish_of_course
from bookings.queries.courses import Progress, broken_by, progress
from bookings.views.link import token_of
from clinic.current import clinic_of
from clinic.models import Practitioner
from treatments.models import Treatment
from treatments.reading import readings


@dataclass(frozen=True)
class Line:
    """One session of the list: when and with whom, how many days after the one before, and how it stands.

    Without a state it is proposed; without a start there is no time for it.
    """

    number: int
    start: datetime | None
    person: Practitioner | None
    days: int | None
    state: State | None
    appointment: Appointment | None


def show(
    request: HttpRequest,
    course: Course,
    *,
    notice: str = "",
    anew: bool = False,
    form: AgreeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page that a course is at, below a notice; `anew` proposes other times than those held."""
    now = timezone.now()
    stands = progress(course, now=now)
    context = {**frame(course), "stands": stands, "notice": notice, "now": now}
    if not stands.missing:
        context["lines"] = lines(stands, {}, {}, now)
        context["waits"] = any(one.state == State.REQUESTED for one in stands.sessions)
        return render(request, "bookings/course_booked.html", context, status=status)
    found = steps(course, language=get_language(), now=now)
    if found.hurdle == Hurdle.CONSENT:
        form = form or AgreeForm(texts=found.texts, treatment=said_name(course.treatment))
        context |= {
            "form": form,
            "name": said_name(course.treatment),
            "page": page_of(request, course.treatment),
            "cooling_off_days": clinic_of(request).cooling_off_days,
        }
        return render(request, "bookings/course_consent.html", context, status=status)
    if found.hurdle:
        return stop(request, course, found.hurdle.value, status=status)
    if is_whole(stands) and not anew:
        context |= held_set(stands, now) | what_moved(request, stands)
        return render(request, "bookings/course_held.html", context, status=status)
    if stands.held and not notice:
        context["notice"] = "lost"
    context |= proposal(request, stands, found, keep={} if anew else stands.held, now=now)
    return render(request, "bookings/course_proposal.html", context, status=status)


def stop(
    request: HttpRequest, course: Course, why: str, *, rules: list[Rule] | None = None, status: int = 200
) -> HttpResponse:
    """A page that says why the course cannot be booked now, and what helps."""
    return render(request, "bookings/course_stop.html", {**frame(course), "why": why, "rules": rules}, status=status)


def frame(course: Course) -> dict[str, Any]:
    consultation = course.consultation
    return {
        "course": course,
        "appointment": consultation,
        "token": token_of(consultation),
        "location": consultation.location,
    }


def is_whole(stands: Progress) -> bool:
    """Whether what is held can be booked as it is: whole runs of missing sessions that keep the plan."""
    days = stands.days | {number: one.local_start.date() for number, one in stands.held.items()}
    return stands.holds_whole_runs(stands.held) and not broken_by(stands.held, days, stands.course.gap)


def held_set(stands: Progress, now: datetime) -> dict[str, Any]:
    held = stands.held
    return {
        "lines": lines(stands, chain_of(held), {one.practitioner_id: one.practitioner for one in held.values()}, now),
        "until": min(one.held_until for one in held.values() if one.held_until),
        "at_once": stands.course.type.auto_confirm,
    }


def what_moved(request: HttpRequest, stands: Progress) -> dict[str, Any]:
    """Which session the page before gave another time, and which ones moved along with it."""
    found = [
        [number for number in stands.held if str(number) in request.GET.get(name, "").split(",")]
        for name in ("session", "along")
    ]
    return {"moved": next(iter(found[0]), None), "along": found[1]}


def proposal(
    request: HttpRequest, stands: Progress, found: Steps, *, keep: Mapping[int, Appointment], now: datetime
) -> dict[str, Any]:
    wish = wish_of_course(stands.course, found.first_day)
    usual = stands.course.consultation.practitioner
    chosen = next((person for person in wish.people if person.slug == request.GET.get("with")), None)
    anyone = request.GET.get("with") == "anyone"
    if chosen is None and not anyone and usual in wish.people:
        chosen = usual
    part = PartOfDay(request.GET["part"]) if request.GET.get("part") in PartOfDay.values else None
    preference = Preference(chosen.pk if chosen else None, part)
    chains = proposals(stands, free_times(wish, now=now), preference, keep=keep)
    chain: Chain = {number: one for run in chains.values() for number, one in (run or {}).items()}
    people = {person.pk: person for person in wish.people}
    return {
        "lines": lines(stands, chain, people | {one.practitioner_id: one.practitioner for one in keep.values()}, now),
        "proposed": len(chain),
        "practitioners": wish.people,
        "chosen": chosen,
        "parts": PartOfDay,
        "part": part,
        "steps": found,
        "today": now.astimezone(stands.course.consultation.location.zone).date(),
    }


def lines(stands: Progress, chain: Chain, people: Mapping[int, Practitioner], now: datetime) -> list[Line]:
    """Every session in order: as it is booked, else as `chain` proposes it, else as it was given up."""
    found: list[Line] = []
    before: date | None = None
    for session in stands.sessions:
        number, one = session.number, stands.booked.get(session.number)
        new: Session[int] | None = None if one else chain.get(number)
        start = one.starts_at if one else new.start if new else None
        days = None
        if start:
            day = start.astimezone(stands.course.consultation.location.zone).date()
            days, before = (day - before).days if before else None, day
        person = one.practitioner if one else people[new.owner] if new else None
        state = one.state_at(now) if one else None if new else session.state
        found.append(Line(number, start, person, days, state, one or (None if new else session.appointment)))
    return found


def said_name(treatment: Treatment) -> str:
    """The treatment's name in the page's language, else in the clinic's default language."""
    languages = (get_language(), settings.MODELTRANSLATION_DEFAULT_LANGUAGE)
    return next(filter(None, (getattr(treatment, f"name_{code}", "") for code in languages)), "")


def page_of(request: HttpRequest, treatment: Treatment) -> str:
    """The path of the treatment's signed page; empty where visitors cannot read it."""
    found = readings(clinic=clinic_of(request), language=get_language(), at=timezone.now())
    is_read = any(one.edition.treatment_id == treatment.pk for one in found)
    return treatment.get_absolute_url() if is_read else ""
