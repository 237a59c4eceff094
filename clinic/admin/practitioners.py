"""The people who treat patients."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from clinic.admin.languages import ClinicModelAdmin
from clinic.models import Practitioner


@admin.register(Practitioner)
class PractitionerAdmin(ClinicModelAdmin):
    list_display = ["name", "role", "is_physician", "is_active"]
    list_filter = ["is_active", "is_physician"]
    search_fields = ["name", "role"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", "role", "is_physician", "is_active", "order"]}),
        (_("For patients"), {"fields": ["photo", "bio", "qualifications", "speaks", "gender"]}),
        (_("Sign-in"), {"fields": ["user"]}),
    ]
