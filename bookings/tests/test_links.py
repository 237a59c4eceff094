"""A patient's link opens one appointment and no other."""

import re
from urllib.parse import quote

import pytest
from django.test import override_settings
from hypothesis import assume, given
from hypothesis import strategies as st

from bookings import links
from bookings.models.appointment import REFERENCE_ALPHABET, new_reference, new_secret

REFERENCES = st.text(REFERENCE_ALPHABET, min_size=8, max_size=8).map(lambda text: f"{text[:4]}-{text[4:]}")
SECRETS = st.text(min_size=0, max_size=22)
# An address is UTF-8 by the time Django has read it: a lone surrogate cannot come in.
CHARACTERS = st.characters(codec="utf-8")


@given(REFERENCES, SECRETS)
def test_a_token_opens_what_it_was_made_for(reference: str, secret: str) -> None:
    token = links.make_token(reference=reference, secret=secret)
    assert links.reference_in(token) == reference
    assert links.is_valid(token, reference=reference, secret=secret)


@given(REFERENCES, REFERENCES, SECRETS)
def test_a_token_opens_no_other_reference(reference: str, other: str, secret: str) -> None:
    assume(reference != other)
    token = links.make_token(reference=reference, secret=secret)
    assert not links.is_valid(token, reference=other, secret=secret)
    moved = f"{other}.{token.partition('.')[2]}"
    assert not links.is_valid(moved, reference=other, secret=secret)


@given(REFERENCES, SECRETS, SECRETS)
def test_a_new_secret_revokes_the_tokens_given_out_before(reference: str, secret: str, new: str) -> None:
    assume(secret != new)
    token = links.make_token(reference=reference, secret=secret)
    assert not links.is_valid(token, reference=reference, secret=new)


@given(REFERENCES, SECRETS, st.data())
def test_one_changed_character_spoils_a_token(reference: str, secret: str, data: st.DataObject) -> None:
    token = links.make_token(reference=reference, secret=secret)
    place = data.draw(st.integers(0, len(token) - 1))
    char = data.draw(CHARACTERS.filter(lambda char: char != token[place]))
    altered = token[:place] + char + token[place + 1 :]
    assert not links.is_valid(altered, reference=reference, secret=secret)


@given(st.text(CHARACTERS, max_size=80), SECRETS)
def test_any_text_can_be_asked_about_and_opens_nothing(text: str, secret: str) -> None:
    assert not links.is_valid(text, reference=links.reference_in(text), secret=secret)


@given(REFERENCES, SECRETS)
def test_a_token_needs_no_escaping_in_an_address(reference: str, secret: str) -> None:
    token = links.make_token(reference=reference, secret=secret)
    assert quote(token, safe="") == token
    assert re.fullmatch(r"[^.]{9}\.[0-9a-f]{40}", token)


def test_the_site_key_is_part_of_a_token() -> None:
    token = links.make_token(reference="K7QM-3XPA", secret="secret")
    with override_settings(SECRET_KEY="another"):
        assert not links.is_valid(token, reference="K7QM-3XPA", secret="secret")


def test_references_are_easy_to_read_out_and_do_not_repeat() -> None:
    references = {new_reference() for _ in range(500)}
    assert len(references) == 500
    assert all(re.fullmatch(rf"[{REFERENCE_ALPHABET}]{{4}}-[{REFERENCE_ALPHABET}]{{4}}", one) for one in references)


@pytest.mark.parametrize("mistakable", ["0", "1", "I", "L", "O", "U"])
def test_references_have_no_letters_that_are_mistaken_for_others(mistakable: str) -> None:
    assert mistakable not in REFERENCE_ALPHABET


def test_secrets_fit_their_column_and_do_not_repeat() -> None:
    secrets = {new_secret() for _ in range(500)}
    assert len(secrets) == 500
    assert {len(secret) for secret in secrets} == {22}


def test_a_former_key_of_the_site_still_opens_its_links(settings: object) -> None:
    token = links.make_token(reference="K7QM-3XPA", secret="secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]
    assert links.is_valid(token, reference="K7QM-3XPA", secret="secret")
    settings.SECRET_KEY_FALLBACKS = []
    assert not links.is_valid(token, reference="K7QM-3XPA", secret="secret")
