"""The pages of a treatment in the admin."""

from typing import Any

from django.test import Client
from django.urls import reverse

from clinic.tests.factories import PractitionerFactory
from treatments.actions.editions import fingerprint
from treatments.models import Treatment


def url(name: str, treatment: Treatment) -> str:
    return reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What the browser would send if staff changed nothing."""
    response = client.get(path)
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list):
                value = [getattr(one, "pk", one) for one in value]
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def sign_it(client: Client, treatment: Treatment, **values: Any) -> Any:
    reviewer = PractitionerFactory(is_physician=True)
    form = {"language": "en", "reviewer": reviewer.pk, "review_due": "2099-01-01", "read": "on", **values}
    if "seen" not in form:
        form["seen"] = fingerprint(Treatment.objects.with_page().get(pk=treatment.pk))
    return client.post(url("sign", treatment), form)
