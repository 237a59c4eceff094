"""Which text a patient is asked to agree to, and whether they have."""

from collections.abc import Mapping

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
    return given is not None and is_current(given, ConsentText.objects.current(given.language))


def is_current(consent: Consent, texts: Mapping[str, ConsentText]) -> bool:
    """Whether what was agreed to is still the text in force: one of `texts`, by kind, in the consent's language."""
    text = texts.get(consent.kind)
    return text is not None and text.hash == consent.hash


def has_data_consent(patient: Patient | None) -> bool:
    """Whether the patient agreed to the use of their data, to whichever version of it, and did not withdraw."""
    return Consent.objects.filter(patient=patient, kind=ConsentKind.DATA, withdrawn_at=None).exists()
