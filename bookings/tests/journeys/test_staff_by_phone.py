"""Someone calls: the desk books and asks the questions, a doctor reviews the answers, and the desk confirms."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from bookings.actions.roles import make_roles
from bookings.tests.journeys.conftest import Open
from bookings.tests.journeys.steps import DOCTOR, PLACE, REFERENCE, TREATMENT, arrived_at
from clinic.models import Practitioner

pytestmark = pytest.mark.journey
PASSWORD = "lotus pond at dusk"


def member_of(group: str, name: str) -> User:
    make_roles()
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def signs_in(page: Page, name: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    arrived_at(page, "Site administration")


def books(desk: Page) -> str:
    """Returns the reference."""
    desk.goto("/admin/bookings/appointment/")
    desk.get_by_role("link", name="Book an appointment").click()
    desk.get_by_label("Treatment").select_option(TREATMENT)
    desk.get_by_label("Consultation or session").select_option("Consultation")
    desk.get_by_label("Location").select_option(PLACE)
    desk.get_by_label("With").select_option(DOCTOR)
    desk.get_by_role("button", name="Show free times").click()
    desk.get_by_role("main").get_by_role("listitem").last.get_by_role("link").click()
    desk.get_by_label("Full name").fill("Zoe Test")
    desk.get_by_label("Date of birth").fill("1990-05-01")
    desk.get_by_label("Phone number").fill("0151 99999999")
    desk.get_by_label("Email address").fill("zoe@example.com")
    desk.get_by_label("An interpreter").check()
    desk.get_by_role("button", name="Book", exact=True).click()
    expect(desk.get_by_role("main")).to_contain_text("Screening due")
    found = REFERENCE.search(desk.get_by_role("heading", level=2).first.inner_text())
    assert found
    return found.group()


def asks(desk: Page) -> None:
    desk.get_by_role("link", name="Ask the questions now").click()
    desk.get_by_label("I have read this to the patient").check()
    for question in desk.locator("fieldset:has(legend.required)").all():
        question.get_by_label("No", exact=True).check()
    desk.get_by_role("group", name="Do you have psoriasis?").get_by_label("Not sure").check()
    desk.get_by_role("button", name="Store the answers").click()
    expect(desk.get_by_role("main")).to_contain_text("A clinician has not reviewed the answers yet.")
    expect(desk.get_by_role("link", name="Answers", exact=True)).to_have_count(0)


def test_from_the_call_to_the_confirmation(visit: Open) -> None:
    member_of("Receptionist", "desk")
    Practitioner.objects.filter(name_en=DOCTOR).update(user=member_of("Practitioner", "doctor"))
    desk, doctor = visit(), visit()
    signs_in(desk, "desk")
    signs_in(doctor, "doctor")

    reference = books(desk)
    asks(desk)

    doctor.goto("/admin/bookings/appointment/?flag=review")
    doctor.get_by_role("link", name=reference).click()
    doctor.get_by_role("link", name="Answers", exact=True).click()
    expect(doctor.get_by_role("row").filter(has_text="psoriasis")).to_contain_text("Not sure")
    doctor.get_by_role("button", name="Reviewed: suitable").click()
    expect(doctor.get_by_role("main")).to_contain_text("no longer stand in the way")

    desk.reload()
    desk.get_by_role("button", name="Confirm", exact=True).click()
    expect(desk.get_by_role("main")).to_contain_text("Requested → Confirmed")
