"""How many patients agreed to a text."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from bookings.models import Consent


def agreed_to() -> Coalesce:
    """The number of patients who agreed to the version of the outer query and have not withdrawn: an annotation."""
    given = Consent.objects.filter(
        kind=OuterRef("kind"), language=OuterRef("language"), version=OuterRef("version"), withdrawn_at=None
    )
    counted = given.order_by().values("version").annotate(patients=Count("patient", distinct=True))
    return Coalesce(Subquery(counted.values("patients")), 0)
