"""Structured data says what the page says, and no more."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from clinic.tests.factories import ClinicFactory, LocationFactory, OpeningHoursFactory
from treatments.tests.factories import QuestionFactory
from treatments.tests.pages import ready_treatment, sign_draft

pytestmark = pytest.mark.django_db


def data_of(client: Client, path: str) -> dict[str, Any]:
    body = client.get(path).content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, flags=re.DOTALL)
    return json.loads(block)


def nodes(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["@type"]: node for node in data["@graph"]}


def published(now: datetime, **values: Any) -> None:
    treatment = ready_treatment(slug="mesolift")
    QuestionFactory(treatment=treatment, **values)
    sign_draft(treatment, now=now)


def test_a_treatment_page_names_its_therapy_conditions_questions_and_place(client: Client, now: datetime) -> None:
    ClinicFactory()
    published(now.replace(year=2025))
    found = nodes(data_of(client, "/en/treatments/mesolift/"))
    assert found["MedicalWebPage"]["lastReviewed"] == "2025-12-07"
    assert found["MedicalTherapy"]["contraindication"][0]["name"] == "People who are pregnant"
    assert found["MedicalCondition"]["possibleTreatment"]["@id"] == found["MedicalTherapy"]["@id"]
    assert found["FAQPage"]["mainEntity"][0]["acceptedAnswer"]["text"] == "It can."
    assert [step["name"] for step in found["BreadcrumbList"]["itemListElement"]] == ["Home", "Treatments", "Mesolift"]


@pytest.mark.parametrize(("is_demo", "named"), [(False, True), (True, False)])
def test_only_a_real_sign_off_names_its_reviewer(client: Client, now: datetime, is_demo: bool, named: bool) -> None:
    ClinicFactory(is_demo=is_demo)
    published(now.replace(year=2025))
    assert ("reviewedBy" in nodes(data_of(client, "/en/treatments/mesolift/"))["MedicalWebPage"]) is named


def test_no_text_can_end_the_block(client: Client, now: datetime) -> None:
    ClinicFactory()
    published(now.replace(year=2025), answer_en="It </script><script>alert(1)</script> & can.")
    answer = nodes(data_of(client, "/en/treatments/mesolift/"))["FAQPage"]["mainEntity"][0]["acceptedAnswer"]["text"]
    assert answer == "It </script><script>alert(1)</script> & can."


def test_a_location_tells_its_address_phone_and_hours(client: Client) -> None:
    ClinicFactory()
    OpeningHoursFactory(location=LocationFactory(), weekday=5)
    data = data_of(client, "/en/locations/berlin/")
    assert data["@type"] == "MedicalClinic"
    assert data["telephone"] == "+493023125001"
    assert data["openingHoursSpecification"][0]["dayOfWeek"] == "Saturday"
