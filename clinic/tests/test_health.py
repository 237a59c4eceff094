"""What load balancers ask: does it live, can it serve?"""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client


def test_it_lives_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_ready_when_database_and_cache_answer(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "failing": []})


@pytest.mark.django_db
def test_it_is_not_ready_without_its_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "failing", "failing": ["database"]})


@pytest.mark.django_db
def test_it_is_not_ready_without_its_cache(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise ConnectionError("gone")

    monkeypatch.setattr(cache, "set", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "failing", "failing": ["cache"]})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_answers_are_fresh_and_only_read(client: Client, path: str, db: None) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]
    assert client.post(path).status_code == 405
