"""What a patient answered: for those who treat, and each reading is logged."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import screening as questions
from bookings.actions.review import review
from bookings.admin.page import AppointmentPage
from bookings.models import AnswersRead, Appointment, Screening
from bookings.queries.obstacles import edition_of
from bookings.screening import Answer, Finding, Question
from bookings.sealed import CannotUnseal, unseal
from clinic.current import clinic_of
from clinic.models import Clinic, Practitioner


def may_read_answers(user: Any) -> bool:
    """Whether someone treats patients here and may read answers. Running the site is not enough."""
    return (
        bool(user.has_perm("bookings.read_answers"))
        and Practitioner.objects.filter(user=user.pk, is_active=True).exists()
    )


def screenings_of(appointment: Appointment) -> QuerySet[Screening]:
    """All answers given for an appointment, the latest first; those of its course come after its own."""
    found = Q(appointment=appointment)
    if course := appointment.course:
        found |= Q(appointment__course=course) | Q(appointment=course.consultation_id)
    return Screening.objects.filter(found).select_related("appointment__location", "edition__treatment", "reviewed_by")


@dataclass(frozen=True)
class Said:
    """A question, its answer, and what that led to on the day; None where nothing was answered, or not wholly.

    `translated` is the question in the clinic's own language, where it was asked in another one.
    """

    question: Question
    translated: str
    answer: Answer | None
    finding: Finding | None


def said(screening: Screening, clinic: Clinic) -> list[Said]:
    """The questions of the edition that was answered, each with its answer. Raises CannotUnseal."""
    stored = unseal(screening.answers) if screening.answers else {}
    answers = {key: Answer.from_dict(values) for key, values in stored.items()}
    place = screening.appointment.location if screening.appointment else None
    day = screening.answered_at.astimezone(place.zone if place else None).date()
    known: dict[str, str] = {}
    if screening.edition.language != clinic.default_language:
        ours = edition_of(screening.edition.treatment, clinic, at=screening.answered_at)
        known = {one.key: one.text for one in questions.questions(ours.content)} if ours else {}
    found = []
    for question in questions.questions(screening.edition.content):
        answer = answers.get(question.key)
        whole = answer is not None and question.missing(answer) is None
        finding = questions.finding(question, answer, today=day) if answer and whole else None
        found.append(Said(question, known.get(question.key, ""), answer, finding))
    return found


class AnswersPage(AppointmentPage):
    """Answers of one appointment, for those who treat."""

    title = gettext_lazy("Answers before the visit")

    def may_open(self) -> bool:
        may_see = self.model_admin.has_view_permission(self.request, self.appointment)
        return bool(may_see) and may_read_answers(self.request.user)


class Answers(AnswersPage):
    """Shows the latest answers, or those with the key in `of`, and logs who read them."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context: dict[str, Any] = {"closed": False}
        all_given = list(screenings_of(self.appointment))
        # Its own answers count first; those of its course stand in where it has none.
        all_given.sort(key=lambda one: one.appointment_id != self.appointment.pk)
        wanted = request.GET.get("of")
        chosen = next((one for one in all_given if wanted in (None, str(one.pk))), None)
        if chosen is None:
            raise Http404
        try:
            context["said"] = said(chosen, clinic_of(request))
        except CannotUnseal:
            context["closed"] = True
        else:
            AnswersRead.objects.create(screening=chosen, user=self.staff, at=timezone.now())
        context |= {
            "screening": chosen,
            "others": [one for one in all_given if one != chosen],
            "reads": chosen.reads.select_related("user")[:20],
            "may_review": chosen.waits_for_review and not context["closed"],
        }
        return render(request, "admin/bookings/answers.html", {**self.get_context_data(), **context})


class Review(AnswersPage):
    """Notes that a clinician has found the answers suitable."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("screening", "")
        found = get_object_or_404(screenings_of(self.appointment), pk=key if key.isdecimal() else 0)
        review(screening=found, by=self.staff, now=timezone.now())
        messages.success(request, _("Reviewed. The answers no longer stand in the way of confirming."))
        return self.back()
