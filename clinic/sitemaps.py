"""The clinic's own pages for search engines, in the languages it offers."""

from collections.abc import Iterable
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.functional import cached_property

from clinic.models import Clinic, Location


class OfferedLanguages(Sitemap):
    """A sitemap with an entry and alternates for each language that the clinic offers, and no other."""

    i18n = True
    alternates = True

    @cached_property
    def offered(self) -> list[str]:
        return Clinic.objects.current().languages

    def get_languages_for_item(self, item: Any) -> list[str]:
        return self.offered


class ClinicPages(OfferedLanguages):
    def items(self) -> Iterable[Any]:
        return [
            *(
                "treatments:home",
                "treatments:index",
                "practitioners",
                "locations",
                "privacy",
                "accessibility",
                "imprint",
            ),
            *Location.objects.all(),
        ]

    def location(self, item: Any) -> str:
        return reverse(item) if isinstance(item, str) else item.get_absolute_url()
