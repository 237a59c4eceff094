"""The pages of signed treatments, and of the areas and concerns they are for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from clinic.models import Clinic
from clinic.sitemaps import OfferedLanguages
from treatments.models import BodyArea, Concern
from treatments.reading import Reading, readings
from treatments.views import area_slugs, concern_slugs


def published() -> list[Reading]:
    clinic = Clinic.objects.current()
    return readings(clinic=clinic, language=clinic.default_language, at=timezone.now())


class TreatmentPages(OfferedLanguages):
    def items(self) -> Iterable[Reading]:
        return published()

    def location(self, item: Reading) -> str:
        return item.edition.treatment.get_absolute_url()

    def lastmod(self, item: Any) -> datetime:
        # Django hands over the item with its language where there are several.
        reading: Reading = item[0] if isinstance(item, tuple) else item
        return reading.edition.publish_from


class AreaPages(OfferedLanguages):
    def items(self) -> Iterable[models.Model]:
        return BodyArea.objects.filter(slug__in={slug for reading in published() for slug in area_slugs(reading)})


class ConcernPages(OfferedLanguages):
    def items(self) -> Iterable[models.Model]:
        return Concern.objects.filter(slug__in={slug for reading in published() for slug in concern_slugs(reading)})
