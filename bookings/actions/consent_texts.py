"""Writing a new version of a text that patients agree to."""

from datetime import datetime

from django.db import IntegrityError, transaction

from bookings.enums import ConsentKind
from bookings.exceptions import ChangedMeanwhile
from bookings.models import ConsentText


def write_version(*, kind: ConsentKind, language: str, text: str, seen: int, now: datetime) -> ConsentText:
    """Put `text` in force from `now` on; `seen` is the number of the version it was written from (0: none).

    Raises ChangedMeanwhile if another version has been written since.
    """
    try:
        with transaction.atomic():
            current = ConsentText.objects.current(language).get(kind)
            if (current.version if current else 0) != seen:
                raise ChangedMeanwhile
            return ConsentText.objects.create(kind=kind, language=language, text=text, created_at=now)
    except IntegrityError as error:
        raise ChangedMeanwhile from error
