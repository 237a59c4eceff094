"""Text that was there before a migration is there after it, and comes back."""

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = ("clinic", "0001_initial")
CODES = ("clinic", "0002_booking_rules_and_spoken_languages")


def practitioners_at(migration: tuple[str, str]) -> Any:
    """Practitioners as they were stored after `migration`."""
    MigrationExecutor(connection).migrate([migration])
    return MigrationExecutor(connection).loader.project_state([migration]).apps.get_model("clinic", "Practitioner")


@pytest.fixture(autouse=True)
def migrated() -> Any:
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_languages_written_as_text_become_codes_and_text_again(capsys: pytest.CaptureFixture[str]) -> None:
    written = {"a": "German, English and Farsi.", "b": "", "c": "Elvish; dutch, Dutch"}
    practitioner = practitioners_at(TEXT)
    for slug, text in written.items():
        practitioner.objects.create(slug=slug, languages=text, languages_en=text)
    spoken = {"a": ["de", "en", "fa"], "b": [], "c": ["nl"]}
    assert dict(practitioners_at(CODES).objects.values_list("slug", "speaks")) == spoken
    assert "“Elvish” is none we know" in capsys.readouterr().out
    back = practitioners_at(TEXT).objects.order_by("slug").values_list("languages", "languages_en", "languages_fa")
    texts = ["German, English, Persian", "", "Dutch"]
    assert list(back) == [(text, text, None) for text in texts]
