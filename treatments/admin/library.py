"""What several treatments share: body areas, concerns and references."""

from django.contrib import admin

from clinic.admin.languages import ClinicModelAdmin
from treatments.models import BodyArea, Concern, Reference


@admin.register(BodyArea)
class BodyAreaAdmin(ClinicModelAdmin):
    list_display = ["name", "slug", "order"]
    list_editable = ["order"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name_en"]}


@admin.register(Concern)
class ConcernAdmin(ClinicModelAdmin):
    list_display = ["name", "medical_name", "slug", "order"]
    list_editable = ["order"]
    search_fields = ["name", "medical_name"]
    prepopulated_fields = {"slug": ["name_en"]}


@admin.register(Reference)
class ReferenceAdmin(admin.ModelAdmin):
    list_display = ["__str__", "year", "kind", "identifier"]
    list_filter = ["kind"]
    search_fields = ["authors", "title", "journal", "identifier", "key"]
