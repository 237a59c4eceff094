"""The pages of signed treatments, and of the areas and concerns they are for."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from clinic.models import Clinic
from clinic.sitemaps import OfferedLanguages
from treatments.models import BodyArea, Concern, Treatment
from treatments.reading import Reading, readings
from treatments.views import area_slugs, concern_slugs


def published() -> list[Reading]:
    clinic = Clinic.objects.current()
    return readings(clinic=clinic, language=clinic.default_language, at=timezone.now())


class TreatmentPages(OfferedLanguages):
    """Each treatment in the languages in which it is signed: where it falls back, search engines leave it out."""

    @cached_property
    def signed(self) -> dict[Treatment, dict[str, Reading]]:
        clinic, found = Clinic.objects.current(), dict[Treatment, dict[str, Reading]]()
        for code in self.offered:
            for reading in readings(clinic=clinic, language=code, at=timezone.now()):
                if not reading.is_fallback:
                    found.setdefault(reading.edition.treatment, {})[code] = reading
        return found

    def items(self) -> Iterable[Treatment]:
        return list(self.signed)

    def get_languages_for_item(self, item: Treatment) -> list[str]:
        return list(self.signed[item])

    def lastmod(self, item: Treatment) -> datetime:
        return max(reading.edition.publish_from for reading in self.signed[item].values())


class AreaPages(OfferedLanguages):
    def items(self) -> Iterable[models.Model]:
        return BodyArea.objects.filter(slug__in={slug for reading in published() for slug in area_slugs(reading)})


class ConcernPages(OfferedLanguages):
    def items(self) -> Iterable[models.Model]:
        return Concern.objects.filter(slug__in={slug for reading in published() for slug in concern_slugs(reading)})
