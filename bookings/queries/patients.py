"""Finding someone the clinic knows."""

import re

from django.db.models import Q, QuerySet

from bookings.models import Patient


def find_patients(text: str) -> QuerySet[Patient]:
    """Patients by a part of their name, email or phone number, or by the reference of an appointment."""
    wanted = Q(name__icontains=text) | Q(email__icontains=text) | Q(appointments__reference__iexact=text)
    # As it is said on the phone: without the country's code, with the zero that stands for it.
    digits = re.sub(r"\D", "", text).lstrip("0")
    if len(digits) > 3 and not re.search(r"[^\W\d]", text):
        wanted |= Q(phone__contains=digits)
    return Patient.objects.filter(wanted).distinct().order_by("name", "pk")
