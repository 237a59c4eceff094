"""What the question templates need to know of a form field."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the first control of a field: a group's first option, or the field itself."""
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.auto_id
