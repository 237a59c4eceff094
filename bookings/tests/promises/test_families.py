"""Promise 16: several people with one email address and one telephone stay several people."""

from django.test import Client

from bookings.enums import State
from bookings.models import Appointment, Patient
from bookings.tests.browser import Visitor
from bookings.tests.diary import Diary
from bookings.tests.promises.reading import choose, seated, send

GRACE = {"name": "Grace Example", "birth_date_year": "2001"}
BEN = {
    "whose": "other",
    "booked_by": "Ada Example",
    "name": "Ben Example",
    "birth_date_year": "1999",
    "channel": "phone",
}


def book(visitor: Visitor, diary: Diary, days: int, **typed: str) -> Appointment:
    if not choose(visitor, diary.at(days, 10)).path.endswith("/details/"):
        # Whoever has sent one request is asked anew for the next: it may be for someone else.
        choose(visitor.passes_the_questions(), diary.at(days, 10))
    send(visitor, **typed)
    assert visitor.heading == "We have your request"
    return Appointment.objects.select_related("patient").latest("pk")


def test_promise_16_who_shares_an_address_overwrites_nobody(diary: Diary) -> None:
    """Ada; Grace on another computer; Ada's computer again, for Ben; and Ada once more, with a new phone."""
    own = seated(diary)
    booked, before = [], []
    for number, (visitor, typed) in enumerate(
        (
            (own, {}),
            (seated(diary), GRACE),
            (own, BEN),
            (seated(diary), {"phone": "0151 87654321", "email": "ADA@example.com"}),
        ),
        start=1,
    ):
        booked.append(book(visitor, diary, number, **typed))
        # Every row of those before, whole.
        rows = list(Patient.objects.order_by("pk").values())
        assert rows[: len(before)] == before
        before = rows
        assert len(before) == number
    names = ["Ada Example", "Grace Example", "Ben Example", "Ada Example"]
    years = [1985, 2001, 1999, 1985]
    assert [one.patient.name for one in booked] == names
    assert [one.patient.birth_date.year for one in booked] == years
    assert [one.patient.booked_by for one in booked] == ["", "", "Ada Example", ""]
    assert len({one.patient_id for one in booked}) == 4


def test_promise_16_each_link_opens_and_changes_its_own_alone(diary: Diary) -> None:
    ada, grace = book(seated(diary), diary, 1), book(seated(diary), diary, 2, **GRACE)
    for one, other in ((ada, grace), (grace, ada)):
        body = Client().get(one.patient_path()).content.decode()
        assert one.reference in body
        assert other.reference not in body
    Visitor().get(f"{ada.patient_path()}cancel/").press("Cancel the appointment")
    states = dict(Appointment.objects.values_list("patient__name", "state"))
    assert states == {"Ada Example": State.CANCELLED, "Grace Example": State.REQUESTED}
