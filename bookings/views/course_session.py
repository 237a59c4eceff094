"""Another time for one session of a set that is held; later ones move along where they must."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bookings.actions.courses import hold_course
from bookings.availability.courses import Session
from bookings.exceptions import BookingError, SlotTaken
from bookings.forms.times import TimeForm
from bookings.models import Course
from bookings.queries.course_steps import Steps, steps
from bookings.queries.course_times import Chain, chain_of, days_for, free_times, mended, wish_of_course
from bookings.queries.courses import Progress, progress
from bookings.queries.openings import narrowed, offered
from bookings.queries.wish import Wish
from bookings.views.calendar import calendar_context, filters_of
from bookings.views.course import path_of, with_course
from bookings.views.course_page import frame, is_whole
from bookings.views.limits import stop_trying
from bookings.views.link import token_of
from clinic.current import clinic_of
from clinic.models import Practitioner


@require_http_methods(["GET", "HEAD", "POST"])
@with_course
def change(request: HttpRequest, course: Course, number: int) -> HttpResponse:
    now = timezone.now()
    stands = progress(course, now=now)
    ready = steps(course, language=get_language(), now=now)
    if ready.hurdle or number not in stands.held or not is_whole(stands):
        return redirect(path_of(course))
    wish = wish_for_session(stands, number, ready)
    if request.method != "POST":
        return calendar(request, stands, number, wish)
    if full := stop_trying(request, clinic_of(request), back=request.path):
        return full
    form = TimeForm(request.POST, practitioners=wish.people)
    if not form.is_valid():
        return calendar(request, stands, number, wish, form=form, status=422)
    start, person = form.cleaned_data["start"], form.cleaned_data["practitioner"]
    wanted = narrowed(wish, people=(person,)) if person else filters_of(request, wish.people).narrow(wish)
    opening = offered(wanted, start, now=now)
    if opening is None:
        return calendar(request, stands, number, wish, lost=start, status=409)
    before = stands.held[number].practitioner
    new = Session(start, (before if before in opening.people else opening.people[0]).pk)
    chain = changed_set(stands, number, new, ready, now)
    if chain is None:
        form.add_error("start", _("The sessions after it would find no time that keeps the plan. Choose another time"))
        return calendar(request, stands, number, wish, form=form, status=409)
    return hold_changed(request, stands, number, wish, chain)


def run_of(stands: Progress, number: int) -> list[int]:
    return next(run for run in stands.runs if number in run)


def around(stands: Progress, number: int) -> Chain:
    """The held sessions of the run with this number, between the booked ones before and after it."""
    run = run_of(stands, number)
    booked = {each: stands.booked[each] for each in (run[0] - 1, run[-1] + 1) if each in stands.booked}
    return chain_of({**booked, **{each: stands.held[each] for each in run}})


def wish_for_session(stands: Progress, number: int, ready: Steps) -> Wish:
    """What this session may be moved to: as far from the ones beside it as the plan says."""
    last = run_of(stands, number)[-1] + 1
    until = last if last in stands.booked else None
    low, high = days_for(number, around(stands, number), stands.course, until=until)
    first = max(day for day in (low, ready.first_day) if day)
    return narrowed(wish_of_course(stands.course, first), not_after=high)


def changed_set(stands: Progress, number: int, new: Session[int], ready: Steps, now: datetime) -> Chain | None:
    """All that is held, with the session's new time and what moves along; None where booked ones would have to."""
    chain, course = around(stands, number), stands.course
    free = free_times(wish_of_course(course, ready.first_day), now=now)
    found = mended(chain, number, new, free, course)
    if found is None or any(found[each] != chain[each] for each in found if each in stands.booked):
        return None
    return chain_of(stands.held) | {each: one for each, one in found.items() if each in stands.held}


def hold_changed(request: HttpRequest, stands: Progress, number: int, wish: Wish, chain: Chain) -> HttpResponse:
    people: dict[int, Practitioner] = {person.pk: person for person in wish.people}
    try:
        hold_course(
            course=stands.course,
            sessions={each: (one.start, people[one.owner]) for each, one in chain.items()},
            language=get_language(),
            minutes=clinic_of(request).hold_minutes,
            now=timezone.now(),
        )
    except SlotTaken:
        return calendar(request, stands, number, wish, lost=chain[number].start, status=409)
    except BookingError:
        return redirect(f"{path_of(stands.course)}?{urlencode({'said': 'changed'})}")
    was = chain_of(stands.held)
    along = [each for each, one in chain.items() if each != number and one != was[each]]
    said = {"said": "along", "session": str(number), "along": ",".join(map(str, along))}
    return redirect(f"{path_of(stands.course)}?{urlencode(said)}")


def calendar(
    request: HttpRequest,
    stands: Progress,
    number: int,
    wish: Wish,
    *,
    form: TimeForm | None = None,
    lost: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    course = stands.course
    here = reverse("bookings:course_session", args=[token_of(course.consultation), course.pk, number])
    before = stands.booked.get(number - 1) or stands.held.get(number - 1)
    context = {
        **frame(course),
        **calendar_context(request, wish, here=here, now=timezone.now(), lost=lost),
        "number": number,
        "hold": stands.held[number],
        "before": before,
        "form": form,
    }
    return render(request, "bookings/course_session.html", context, status=status)
