"""Age and consent to data use: what comes before any question about health."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.enums import ConsentKind
from bookings.forms.screening import AgeForm, ConsentForm
from bookings.views.held import renew_held
from bookings.views.offer import Offer, with_offer_ungated
from bookings.views.steps import (
    age_passed,
    agree,
    data_consent_of,
    disagree,
    fail_age,
    next_step,
    pass_age,
    with_offer_after_age,
)

CHOOSE = reverse_lazy("bookings:choose")


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer_ungated
def age(request: HttpRequest, offer: Offer) -> HttpResponse:
    youngest = offer.minimum_age
    if youngest is None:
        return redirect(next_step(request, offer))
    before = {"answer": "yes"} if age_passed(request, offer) else {}
    form = AgeForm(request.POST if request.method == "POST" else None, initial=before, age=youngest)
    if form.is_valid():
        if form.cleaned_data["answer"] == "yes":
            pass_age(request, youngest)
            return renew_held(request, offer) or redirect(next_step(request, offer))
        fail_age(request)
        return render(request, "bookings/under_age.html", {"offer": offer})
    context = {"offer": offer, "form": form, "back": CHOOSE}
    return render(request, "bookings/age.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@with_offer_after_age
def consent(request: HttpRequest, offer: Offer) -> HttpResponse:
    text = offer.consents[ConsentKind.DATA]
    seen = request.POST.get("text", text.hash)
    if request.method == "POST" and seen == text.hash:
        form = ConsentForm(request.POST)
        if form.is_valid():
            agree(request, offer, now=timezone.now())
            return renew_held(request, offer) or redirect(next_step(request, offer))
        disagree(request)
    else:
        form = ConsentForm(initial={"text": text.hash, "agree": data_consent_of(request, offer) is not None})
    context = {
        "caption": offer.reading.content["name"],
        "form": form,
        "text": text,
        "changed": seen != text.hash,
        "back": reverse("bookings:age", args=[offer.treatment.slug]) if offer.minimum_age else CHOOSE,
    }
    return render(request, "bookings/consent.html", context, status=422 if form.errors else 200)
