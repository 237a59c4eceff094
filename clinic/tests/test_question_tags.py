"""An error's link leads to the first control of its field."""

import pytest
from django import forms

from clinic.templatetags.questions import first_control


class Questions(forms.Form):
    name = forms.CharField()
    colour = forms.ChoiceField(choices=[("r", "Red"), ("g", "Green")], widget=forms.RadioSelect)


@pytest.mark.parametrize("field", ["name", "colour"])
def test_the_control_is_on_the_page(field: str) -> None:
    bound = Questions()[field]
    assert str(bound).count(f'id="{first_control(bound)}"') == 1
