"""The page on which a clinician signs a draft."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from clinic.admin.languages import offered_languages
from clinic.models import Clinic, Practitioner
from treatments.actions.editions import fingerprint, sign
from treatments.exceptions import NotReady
from treatments.models import Treatment
from treatments.page import build
from treatments.rules import problems

# What the two controls of one field are called, for those who cannot see that they stand side by side.
PUBLISH_FROM = (_("Publish from: day"), _("Publish from: time"))


class SignForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"))
    reviewer: forms.ModelChoiceField = forms.ModelChoiceField(
        Practitioner.objects.filter(is_active=True, is_physician=True),
        label=_("Reviewed by"),
        help_text=_("The clinician who has read the page. The name stands on it."),
    )
    review_due = forms.DateField(label=_("Next review by"), widget=AdminDateWidget)
    publish_from = forms.SplitDateTimeField(
        label=_("Publish from"),
        required=False,
        widget=AdminSplitDateTime,
        help_text=_("Leave empty to publish at once."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("I have read the preview, and it is right."))

    def __init__(self, *args: Any, languages: list[str], signer: Practitioner | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signer:
            # Whoever signs in as a clinician signs in their own name.
            self.fields["reviewer"].queryset = Practitioner.objects.filter(pk=signer.pk)  # type: ignore[attr-defined]
        for control, name in zip(self.fields["publish_from"].widget.widgets, PUBLISH_FROM, strict=True):
            control.attrs["aria-label"] = name
        self.fields["language"].choices = [pair for pair in settings.LANGUAGES if pair[0] in languages]  # type: ignore[attr-defined]

    def clean_review_due(self) -> Any:
        due = self.cleaned_data["review_due"]
        if due <= timezone.localdate():
            raise forms.ValidationError(_("The next review must be in the future."))
        return due


class SignView(FormView):
    """GET shows what is missing and the form; POST signs. Only for who may sign."""

    template_name = "admin/treatments/sign.html"
    form_class = SignForm
    model_admin: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("treatments.sign_edition"):
            raise PermissionDenied
        self.treatment = get_object_or_404(Treatment.objects.with_page(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def signer(self) -> Practitioner | None:
        return getattr(self.request.user, "practitioner", None)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "languages": offered_languages(self.request), "signer": self.signer}

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "language": Clinic.objects.current().default_language,
            "review_due": today + timedelta(days=365),
            "reviewer": self.signer.pk if self.signer else None,
            "seen": fingerprint(self.treatment),
        }

    def form_valid(self, form: SignForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            edition = sign(
                treatment=self.treatment,
                language=data["language"],
                reviewer=data["reviewer"],
                by=self.request.user,  # type: ignore[arg-type]
                now=timezone.now(),
                review_due=data["review_due"],
                publish_from=data["publish_from"],
                seen=data["seen"],
            )
        except NotReady as error:
            for problem in error.problems:
                form.add_error(None, problem)
            return self.form_invalid(form)
        self.model_admin.log_change(
            self.request, self.treatment, f"Signed edition {edition.number} ({edition.language})"
        )
        messages.success(self.request, _("Signed. Patients read this edition from the time you gave."))
        return redirect("admin:treatments_treatment_change", self.treatment.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        default = Clinic.objects.current().default_language
        page = build(self.treatment, default)
        return {
            **super().get_context_data(**kwargs),
            **self.model_admin.admin_site.each_context(self.request),
            "title": _("Sign %(name)s") % {"name": self.treatment},
            "treatment": self.treatment,
            "opts": Treatment._meta,
            "missing": problems(page, page),
            "media": kwargs.get("form", self.get_form()).media,
        }
