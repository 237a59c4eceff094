"""Promise 21: the page after sending is the patient's alone, and may be loaded as often as one likes."""

from django.core import mail
from django.test import Client

from bookings import links
from bookings.models import Appointment
from bookings.models.appointment import new_reference
from bookings.tests.browser import PERSONAL, Visitor
from bookings.tests.diary import Diary
from bookings.tests.promises.reading import choose, seated, send
from bookings.tests.rows import everything
from bookings.tests.views.ways import CHECK, to_check


def test_promise_21_loading_the_page_again_changes_and_sends_nothing(diary: Diary, visitor: Visitor) -> None:
    form = to_check(visitor, diary).main.form_with("Ask for this appointment")[0].fields()
    visitor.press("Ask for this appointment")
    there, text = visitor.path, visitor.main.text
    before, sent = everything(), len(mail.outbox)
    for _ in range(3):
        assert visitor.get(there).main.text == text
    # Back, and sent once more: the browser's own way of loading again.
    assert visitor.arrive(visitor.client.post(CHECK, form, follow=True), CHECK).path == there
    assert (everything(), len(mail.outbox)) == (before, sent)
    assert Appointment.objects.count() == 1


def addresses_that_a_stranger_may_try(ada: Appointment, eve: Appointment) -> list[str]:
    """What Eve can make of her own link, once she has read Ada's reference over her shoulder."""
    digits = links.make_token(reference=eve.reference, secret=eve.link_secret).partition(".")[2]
    guesses = [
        ada.reference,
        ada.reference.lower(),
        ada.reference.replace("-", ""),
        f"{ada.reference}.{digits}",
        f"{ada.reference}.{'0' * 40}",
        links.make_token(reference=ada.reference, secret=eve.link_secret),
        links.make_token(reference=ada.reference, secret=""),
        *(str(number) for number in range(max(1, ada.pk - 2), eve.pk + 3)),
    ]
    return [f"/en/appointments/{guess}/" for guess in guesses]


def test_promise_21_a_strangers_reference_or_number_opens_nothing(diary: Diary, visitor: Visitor) -> None:
    send(choose(seated(diary), diary.at(1, 10)))
    ada = Appointment.objects.get()
    send(choose(visitor, diary.at(2, 10)))
    eve = Appointment.objects.latest("pk")
    for path in addresses_that_a_stranger_may_try(ada, eve):
        for response in (visitor.client.get(path), visitor.client.post(f"{path}cancel/")):
            assert response.status_code == 404, path
            body = response.content.decode()
            assert not [secret for secret in (ada.reference, *PERSONAL) if secret in body]
    assert Client().get(ada.patient_path()).status_code == 200


def test_promise_21_references_follow_no_order(diary: Diary) -> None:
    """Two thousand of them, of 30⁸: none comes twice, none tells the next, and each place takes every sign."""
    made = [new_reference() for _ in range(2000)]
    assert len(set(made)) == len(made)
    assert made not in (sorted(made), sorted(made, reverse=True))
    for place in (0, 1, 2, 3, 5, 6, 7, 8):
        assert len({one[place] for one in made}) == 30
    asked = [diary.request(diary.at(1, hour)) for hour in (9, 10)]
    assert len({one.link_secret for one in asked}) == 2
    assert all(str(one.pk) != one.patient_path().strip("/").split("/")[-1] for one in asked)
