"""Translated fields in the admin: only the languages the clinic offers, each input in its own direction."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info
from modeltranslation.admin import TranslationAdmin, TranslationBaseModelAdmin, TranslationStackedInline

from clinic.models import Clinic


def offered_languages(request: HttpRequest) -> list[str]:
    """The clinic's languages, read once a request; the default language's columns are always shown."""
    if not hasattr(request, "_offered_languages"):
        offered = [*Clinic.objects.current().languages, settings.MODELTRANSLATION_DEFAULT_LANGUAGE]
        request._offered_languages = list(dict.fromkeys(offered))  # type: ignore[attr-defined]
    return request._offered_languages  # type: ignore[attr-defined]


class OfferedLanguages(TranslationBaseModelAdmin):
    """Leaves out the columns of languages that are not offered, and tells inputs their language and direction."""

    def hidden_fields(self, request: HttpRequest) -> set[str]:
        offered = offered_languages(request)
        return {
            column.name
            for columns in self.trans_opts.all_fields.values()
            for column in columns
            if column.language not in offered
        }

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        language = getattr(db_field, "language", None)
        if field and language:
            direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
            field.widget.attrs.update({"lang": language, "dir": direction})
            if len(offered_languages(request)) == 1:
                field.label = str(db_field.translated_field.verbose_name).capitalize()
        if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
        return field

    def without_hidden(self, request: HttpRequest, form: Any) -> Any:
        for name in self.hidden_fields(request):
            form.base_fields.pop(name, None)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        hidden = self.hidden_fields(request)
        return [
            (title, {**options, "fields": shown_names(options["fields"], hidden)})
            for title, options in super().get_fieldsets(request, obj)
        ]


def shown_names(names: Any, hidden: set[str]) -> list[Any]:
    """The field names without the hidden ones, rows of fields (tuples) included."""
    shown = [
        tuple(shown_names(name, hidden)) if isinstance(name, list | tuple) else name
        for name in names
        if isinstance(name, list | tuple) or name not in hidden
    ]
    return [name for name in shown if name != ()]


class ClinicModelAdmin(OfferedLanguages, TranslationAdmin):
    """A model admin for translated models."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return self.without_hidden(request, super().get_form(request, obj, change=change, **kwargs))


class ClinicStackedInline(OfferedLanguages, TranslationStackedInline):
    """An inline for translated models."""

    extra = 0

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        self.without_hidden(request, formset.form)
        return formset
