"""Which fields of the diary have a column for each language."""

from modeltranslation.translator import TranslationOptions, register

from bookings.models import AppointmentType


@register(AppointmentType)
class AppointmentTypeTranslation(TranslationOptions):
    fields = ("name",)
