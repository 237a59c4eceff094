"""A clinic's site for the tests of its reading pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
import time_machine
from django.utils import translation

from clinic.models import Clinic, Location, Practitioner
from clinic.tests.factories import ClinicFactory, LocationFactory, OpeningHoursFactory, PractitionerFactory
from treatments.models import BodyArea, Concern, Treatment
from treatments.tests.factories import BodyAreaFactory, ConcernFactory
from treatments.tests.pages import ready_treatment, sign_draft


@dataclass
class Site:
    """One location, one practitioner, and one treatment with an area and a concern, signed in English."""

    clinic: Clinic
    location: Location
    practitioner: Practitioner
    area: BodyArea
    concern: Concern
    treatment: Treatment

    def paths(self, language: str = "en") -> list[str]:
        """Every reading page of the site."""
        treatment = f"treatments/{self.treatment.slug}/"
        found = ["", "treatments/", treatment, f"{treatment}aftercare/"]
        found += [f"areas/{self.area.slug}/", f"concerns/{self.concern.slug}/", "practitioners/", "locations/"]
        found += [f"locations/{self.location.slug}/", "privacy/", "accessibility/", "imprint/"]
        return [f"/{language}/{path}" for path in found]


@pytest.fixture(autouse=True)
def starts_in_english() -> None:
    """A request for a Persian page leaves its language behind."""
    translation.activate("en")


@pytest.fixture
def today(now: datetime) -> Iterator[datetime]:
    """The clock stands at `now`."""
    with time_machine.travel(now, tick=False):
        yield now


@pytest.fixture
def site(db: None, today: datetime) -> Site:
    clinic = ClinicFactory(tagline_en="Injections, explained before you decide")
    location = LocationFactory()
    for weekday in range(5):
        OpeningHoursFactory(location=location, weekday=weekday)
    area = BodyAreaFactory(summary_en="Forehead, cheeks and chin.")
    concern = ConcernFactory(summary_en="Small lines that come with age.")
    treatment = ready_treatment(
        slug="facial-rejuvenation", name_en="Facial rejuvenation", tagline_en="Small injections for the face"
    )
    treatment.areas.add(area)
    site = Site(clinic, location, PractitionerFactory(), area, concern, treatment)
    sign_draft(treatment, now=today)
    return site
