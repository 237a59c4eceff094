"""Which fields of the clinic have a column for each language."""

from modeltranslation.translator import TranslationOptions, register

from clinic.models import Clinic, Location, Practitioner


@register(Clinic)
class ClinicTranslation(TranslationOptions):
    fields = ("name", "tagline", "about", "legal_details")
    required_languages = ("en",)


@register(Location)
class LocationTranslation(TranslationOptions):
    fields = ("name", "street", "city", "getting_there", "step_free_access", "what_to_bring")


@register(Practitioner)
class PractitionerTranslation(TranslationOptions):
    fields = ("name", "role", "qualifications", "bio")
