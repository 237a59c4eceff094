"""A page of the admin as a browser sends it."""

from typing import Any

from django.forms import BoundField
from django.test import Client


def form_of(client: Client, path: str) -> dict[str, Any]:
    """What the browser would send if staff changed nothing and chose no file."""
    context = client.get(path).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form if not is_file(field)}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def is_file(field: BoundField) -> bool:
    return field.field.widget.needs_multipart_form
