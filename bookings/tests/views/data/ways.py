"""The ways to “Your data”."""

from bookings.enums import ConsentKind
from bookings.models import Appointment, DataLink
from bookings.tests.about_ada import AboutAda
from bookings.tests.browser import Visitor

RIGHT = {"birth_date_day": "10", "birth_date_month": "12", "birth_date_year": "1985"}
WRONG = {**RIGHT, "birth_date_day": "11"}
YOURS = ["/en/your-data/", "/en/your-data/download/", "/en/your-data/erasure/"]


def home(about: AboutAda) -> str:
    return f"{Appointment.objects.get(pk=about.consultation.pk).patient_path()}data/"


def link(about: AboutAda) -> str:
    return f"/en/data/{DataLink.objects.latest('pk').secret}/"


def opened(visitor: Visitor, about: AboutAda) -> Visitor:
    visitor.get(link(about)).press("Open", **RIGHT)
    assert visitor.path == YOURS[0]
    return visitor


def withdrawal(about: AboutAda, kind: ConsentKind) -> str:
    return f"/en/your-data/consents/{about.consent(kind).pk}/"
