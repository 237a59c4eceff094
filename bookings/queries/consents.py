"""Which text a patient is asked to agree to, and whether they have."""

from bookings.enums import ConsentKind
from bookings.models import Consent, ConsentText, Patient
from clinic.models import Clinic


def text_for(patient: Patient, kind: ConsentKind, clinic: Clinic) -> ConsentText | None:
    """The text in force in the patient's language, else in the clinic's; None where the clinic has none."""
    for language in (patient.language, clinic.default_language):
        if text := ConsentText.objects.current(language).get(kind):
            return text
    return None


def has_agreed(patient: Patient, kind: ConsentKind) -> bool:
    """Whether the patient agreed to the text that is still in force, in whatever language, and has not withdrawn it."""
    given = Consent.objects.filter(patient=patient, kind=kind, withdrawn_at=None).order_by("-given_at", "-pk").first()
    in_force = ConsentText.objects.current(given.language).get(kind) if given else None
    return bool(given and in_force and given.hash == in_force.hash)
