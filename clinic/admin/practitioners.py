"""The people who treat patients."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clinic.admin.languages import ClinicModelAdmin
from clinic.models import Practitioner
from clinic.spoken import language_choices


def languages_by_name() -> list[tuple[str, str]]:
    return language_choices(language=get_language() or settings.LANGUAGE_CODE)


class Chooser(FilteredSelectMultiple):
    """Two lists with a search; without scripts, a plain list of which several may be chosen."""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        # The script puts its lists first in what surrounds it: without this, before the label.
        return format_html('<div class="related-widget-wrapper">{}</div>', super().render(*args, **kwargs))


class PractitionerForm(forms.ModelForm):
    speaks = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=languages_by_name,
        required=False,
        widget=Chooser(_("languages"), is_stacked=False),
    )

    class Meta:
        model = Practitioner
        fields = "__all__"


@admin.register(Practitioner)
class PractitionerAdmin(ClinicModelAdmin):
    form = PractitionerForm
    list_display = ["name", "role", "is_physician", "is_active"]
    list_filter = ["is_active", "is_physician", "gender"]
    search_fields = ["name", "role"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "role", "is_physician", "is_active", "order"]}),
        (_("For patients"), {"fields": ["photo", "bio", "qualifications", "speaks", "gender"]}),
        (_("Sign-in"), {"fields": ["user"]}),
    ]
