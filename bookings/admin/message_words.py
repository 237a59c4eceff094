"""The page on which staff write the words of one kind of message in one language."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin

from bookings.admin.page import StaffPage
from bookings.enums import MessageKind
from bookings.gaps import GAPS, gaps_of, needed_in
from bookings.models import Appointment, MessageText
from bookings.paragraphs import blocks
from bookings.queries.message_words import Words, default_words, words_of
from bookings.queries.samples import sample_letter
from bookings.words import gaps_in, one_line, unknown_gaps
from clinic.admin.languages import offered_languages
from clinic.current import clinic_of
from treatments.models import Treatment


class WordsForm(forms.ModelForm):
    """Subject, text and text message; every gap in them must be one that this kind of message can fill."""

    class Meta:
        model = MessageText
        fields = ("subject", "body", "sms")
        widgets = {
            "subject": forms.TextInput(attrs={"class": "vTextField", "size": 60, "dir": "auto"}),
            "body": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 18, "dir": "auto"}),
            "sms": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3, "dir": "auto"}),
        }

    def clean_subject(self) -> str:
        return self.neutral(self.filled("subject", short=True))

    def clean_sms(self) -> str:
        return self.neutral(self.filled("sms", short=True))

    def clean_body(self) -> str:
        body = "\n".join(line.rstrip() for line in self.filled("body", short=False).splitlines())
        missing = [gap for gap in needed_in(self.instance.kind) if gap not in gaps_in(body)]
        if missing:
            raise forms.ValidationError(
                _("Keep %(gaps)s: without it something that matters would not be said.") % {"gaps": shown(missing)}
            )
        return body

    def filled(self, field: str, *, short: bool) -> str:
        """What was typed. Raises ValidationError for a gap that nothing fills here."""
        typed: str = self.cleaned_data[field]
        known = gaps_of(self.instance.kind, short=short)
        if wrong := unknown_gaps(typed, known):
            values = {"wrong": ", ".join(wrong), "known": shown(known)}
            raise forms.ValidationError(_("%(wrong)s cannot be filled here. These can: %(known)s") % values)
        return typed

    def neutral(self, words: str) -> str:
        """The words as one line. Raises ValidationError if they name a treatment: others see them over a shoulder."""
        columns = [f"name_{code}" for code, _name in settings.LANGUAGES]
        names = {name for row in Treatment.objects.values_list(*columns) for name in row if name}
        if named := sorted(name for name in names if name.casefold() in words.casefold()):
            raise forms.ValidationError(
                _("“%(name)s” would tell others what the visit is for. Write it into the text.") % {"name": named[0]}
            )
        return one_line(words)


def shown(gaps: list[str]) -> str:
    return " ".join(f"{{{gap}}}" for gap in gaps)


class WriteWords(TemplateResponseMixin, StaffPage):
    """Shows the words, the gaps they may have, and how they read about the latest thing they fit; stores new ones."""

    template_name = "admin/bookings/message_words.html"

    def find(self, **kwargs: Any) -> None:
        self.kind, self.language = kwargs["kind"], kwargs["language"]
        if self.kind not in MessageKind.values or self.language not in offered_languages(self.request):
            raise Http404
        self.title = f"{MessageKind(self.kind).label}: {dict(settings.LANGUAGES)[self.language]}"
        self.own = MessageText.objects.filter(kind=self.kind, language=self.language).first()

    def may_open(self) -> bool:
        return self.staff.has_perm("bookings.change_messagetext")

    def form(self, typed: Any = None) -> WordsForm:
        start = words_of(self.kind, self.language) or default_words(self.kind, "en")
        instance = self.own or MessageText(kind=self.kind, language=self.language, **(start._asdict() if start else {}))
        return WordsForm(typed, instance=instance)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form()
        return self.page(form, Words(form.instance.subject, form.instance.body, form.instance.sms))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, None)
        if "preview" in request.POST:
            return self.page(form, Words(**form.cleaned_data))
        text = form.save()
        change = self.model_admin.log_change if self.own else self.model_admin.log_addition
        change(request, text, _("Words of a message"))
        messages.success(request, _("Saved. From now on messages say this."))
        return redirect("admin:bookings_messagetext_changelist")

    def page(self, form: WordsForm, words: Words | None) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            own=self.own,
            has_defaults=default_words(self.kind, self.language) is not None,
            kind=self.kind,
            code=self.language,
            is_rtl=get_language_info(self.language)["bidi"],
            gaps=[(f"{{{gap}}}", GAPS[gap]) for gap in gaps_of(self.kind)],
            **(self.preview(words) if words else {}),
        )
        return self.render_to_response(context)

    def preview(self, words: Words) -> dict[str, Any]:
        """How the words read; about real people only for whoever may look them up."""
        if any(unknown_gaps(part, gaps_of(self.kind)) for part in words):
            return {}
        may_see = self.staff.has_perm("bookings.view_patient")
        letter, is_real = sample_letter(
            self.kind,
            words,
            clinic_of(self.request),
            language=self.language,
            among=Appointment.objects.all() if may_see else Appointment.objects.none(),
            now=timezone.now(),
        )
        return {"letter": letter, "is_real": is_real, "blocks": blocks(letter.body, site=settings.SITE_URL)}


class ResetWords(WriteWords):
    """Takes the clinic's own words away: those that come with the program count again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.own:
            self.model_admin.log_deletions(request, MessageText.objects.filter(pk=self.own.pk))
            self.own.delete()
        messages.success(request, _("Messages say again what came with the program."))
        return redirect("admin:bookings_messagetext_words", self.kind, self.language)
