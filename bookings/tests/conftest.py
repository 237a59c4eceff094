"""What every test of booking starts from."""

from datetime import timedelta

import pytest

from bookings.views import limits


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests write faster than people; those of the least time set it back."""
    monkeypatch.setattr(limits, "LEAST", timedelta(0))
