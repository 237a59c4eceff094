"""Signing: the one way a page reaches patients."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clinic.models import Clinic, Practitioner
from treatments.exceptions import NotReady
from treatments.models import Edition, Treatment
from treatments.models.edition import content_hash
from treatments.page import build, text
from treatments.rules import problems


def fingerprint(draft: Treatment) -> str:
    """A hash over the draft in every language: 64 hexadecimal digits. Fetch the draft by `with_page()`."""
    return content_hash({language: build(draft, language) for language, _name in settings.LANGUAGES})


@transaction.atomic
def sign(
    *,
    treatment: Treatment,
    language: str,
    reviewer: Practitioner,
    by: User | None,
    now: datetime,
    review_due: date,
    publish_from: datetime | None = None,
    seen: str | None = None,
) -> Edition:
    """Make the draft an edition, in force from `publish_from` (aware; without it, from now).

    `seen` is the fingerprint of the draft that was read. Raises NotReady if the draft has changed since, or with
    every reason why it must not be published.
    """
    # The row is locked, so that two people who sign at once get two numbers.
    Treatment.objects.select_for_update(no_key=True).get(pk=treatment.pk)
    draft = Treatment.objects.with_page().get(pk=treatment.pk)
    clinic = Clinic.objects.current()
    page = build(draft, language)
    if seen is not None and seen != fingerprint(draft):
        raise NotReady([_("The draft has changed since you opened this page. Read the preview again.")])
    if missing := problems(page, build(draft, clinic.default_language)):
        raise NotReady(missing)
    last = Edition.objects.filter(treatment=treatment, language=language).aggregate(last=Max("number"))["last"]
    return Edition.objects.create(
        treatment=treatment,
        language=language,
        number=(last or 0) + 1,
        content=page,
        reviewer=reviewer,
        reviewer_name=text(reviewer, "name", language) or text(reviewer, "name", clinic.default_language),
        reviewer_role=text(reviewer, "role", language) or text(reviewer, "role", clinic.default_language),
        signed_by=by,
        signed_at=now,
        publish_from=publish_from or now,
        review_due=review_due,
        is_demo=clinic.is_demo,
    )
