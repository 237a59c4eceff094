"""The page on which staff write a new version of a consent text."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateResponseMixin

from bookings.actions.consent_texts import write_version
from bookings.admin.page import StaffPage
from bookings.enums import ConsentKind
from bookings.exceptions import ChangedMeanwhile
from bookings.models import ConsentText
from bookings.queries.agreed import agreed_to
from clinic.admin.languages import offered_languages


class NewVersionForm(forms.Form):
    """The whole text anew; `seen` is the version that it was written from."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=ConsentText._meta.get_field("text").help_text,
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 16, "dir": "auto"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, current: ConsentText | None, language: str) -> None:
        self.current = current
        initial = {"text": current.text if current else "", "seen": current.version if current else 0}
        super().__init__(data, initial=initial)
        self.fields["text"].widget.attrs["lang"] = language

    def clean_text(self) -> str:
        # Browsers send other ends of lines: the fingerprint is of the words.
        text = "\n".join(line.rstrip() for line in self.cleaned_data["text"].splitlines())
        if self.current and text == self.current.text and "preview" not in self.data:
            raise forms.ValidationError(_("This is the text that is in force already."))
        return text


class NewVersion(TemplateResponseMixin, StaffPage):
    """Without a kind and a language, asks for them; then shows the text in force, to be rewritten, read and saved."""

    template_name = "admin/bookings/new_version.html"
    title = gettext_lazy("New version of a consent text")

    def find(self, **kwargs: Any) -> None:
        offered = offered_languages(self.request)
        self.languages = [(code, name) for code, name in settings.LANGUAGES if code in offered]
        self.kind, self.language = self.request.GET.get("kind", ""), self.request.GET.get("language", "")
        self.is_chosen = self.kind in ConsentKind.values and self.language in offered
        in_force = ConsentText.objects.annotate(patients=agreed_to()).current(self.language) if self.is_chosen else {}
        self.current = in_force.get(self.kind)

    def may_open(self) -> bool:
        return bool(self.model_admin.has_add_permission(self.request))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page(NewVersionForm(current=self.current, language=self.language) if self.is_chosen else None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.is_chosen:
            return redirect("admin:bookings_consenttext_add")
        form = NewVersionForm(request.POST, current=self.current, language=self.language)
        if not form.is_valid() or "preview" in request.POST:
            return self.page(form, preview=form.cleaned_data.get("text", ""))
        try:
            text = write_version(
                kind=ConsentKind(self.kind), language=self.language, now=timezone.now(), **form.cleaned_data
            )
        except ChangedMeanwhile:
            form.add_error(None, _("Someone has written another version meanwhile: read it first."))
            return self.page(form)
        self.model_admin.log_addition(request, text, [{"added": {}}])
        messages.success(request, _("Saved. From now on patients are asked to agree to this version."))
        return redirect("admin:bookings_consenttext_changelist")

    def page(self, form: NewVersionForm | None, *, preview: str = "") -> HttpResponse:
        context: dict[str, Any] = {
            "form": form,
            "preview": preview,
            "kinds": ConsentKind.choices,
            "languages": self.languages,
            "code": self.language,
            "current": self.current,
        }
        if self.is_chosen:
            context |= {"kind": ConsentKind(self.kind).label, "language": dict(self.languages)[self.language]}
        return self.render_to_response(self.get_context_data(**context))
