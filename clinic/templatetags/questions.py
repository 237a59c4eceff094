"""What the question templates need to know of a form field."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def first_control(field: BoundField) -> str:
    """The id of a field's first control: what the field itself says, a group's first option, or the field."""
    if said := getattr(field, "first_control", ""):
        return str(said)
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.auto_id
