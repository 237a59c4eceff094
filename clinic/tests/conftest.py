"""What every test of the clinic starts from."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def starts_in_english() -> None:
    """A request for a Persian page leaves its language behind."""
    translation.activate("en")
