"""What is sealed is read with the site's keys and not without."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from bookings.sealed import CannotUnseal, reseal, seal, unseal

OLD, NEW, OTHER = (urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2, 3))
PLAIN = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.dictionaries(st.text(), st.recursive(PLAIN, lambda inner: st.dictionaries(st.text(), inner), max_leaves=8))


@given(VALUES)
def test_what_was_sealed_comes_back(value: dict[str, Any]) -> None:
    assert unseal(seal(value)) == value


def test_a_sealed_text_shows_nothing_of_what_is_in_it() -> None:
    text = seal({"pregnancy": "yes"})
    for readable in (text, repr(urlsafe_b64decode(text))):
        assert "pregnancy" not in readable
        assert "yes" not in readable
    assert seal({"pregnancy": "yes"}) != text


def test_another_key_does_not_open_it() -> None:
    with override_settings(HEALTH_KEYS=[OLD]):
        text = seal({"a": 1})
    with override_settings(HEALTH_KEYS=[NEW, OTHER]):
        for verb in (unseal, reseal):
            with pytest.raises(CannotUnseal, match="HEALTH_KEYS") as raised:
                verb(text)
            assert text not in str(raised.value)


@given(st.integers(0), st.integers(1, 255))
def test_one_changed_byte_is_noticed(place: int, change: int) -> None:
    raw = bytearray(urlsafe_b64decode(seal({"a": 1})))
    raw[place % len(raw)] ^= change
    with pytest.raises(CannotUnseal):
        unseal(urlsafe_b64encode(raw).decode())


@pytest.mark.parametrize("text", ["", "{}", json.dumps({"a": 1}), "gAAAAA", "سلام"])
def test_what_was_never_sealed_is_not_read(text: str) -> None:
    for verb in (unseal, reseal):
        with pytest.raises(CannotUnseal):
            verb(text)


def test_an_old_key_is_needed_until_what_it_sealed_is_sealed_anew() -> None:
    with override_settings(HEALTH_KEYS=[OLD]):
        text = seal({"a": 1})
    with override_settings(HEALTH_KEYS=[NEW, OLD]):
        assert unseal(text) == {"a": 1}
        anew = reseal(text)
        fresh = seal({"a": 2})
    with override_settings(HEALTH_KEYS=[NEW]):
        assert (unseal(anew), unseal(fresh)) == ({"a": 1}, {"a": 2})
        with pytest.raises(CannotUnseal):
            unseal(text)


def test_the_last_key_seals_nothing() -> None:
    with override_settings(HEALTH_KEYS=[NEW, OLD]):
        text = seal({"a": 1})
    with override_settings(HEALTH_KEYS=[OLD]), pytest.raises(CannotUnseal):
        unseal(text)
