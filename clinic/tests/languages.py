"""Languages there and back on the empty database of the environment: `python -m clinic.tests.languages`.

Prints as JSON what practitioners spoke after each migration. Only what comes before is migrated: a second, not ten.
"""

import json
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  (only now are the apps ready)
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

TEXT = ("clinic", "0001_initial")
CODES = ("clinic", "0002_booking_rules_and_spoken_languages")
WRITTEN = {"a": "German, English and Farsi.", "b": "", "c": "Elvish; dutch, Dutch"}


def practitioners_at(migration: tuple[str, str]) -> Any:
    """Practitioners as they are stored after `migration`."""
    MigrationExecutor(connection).migrate([migration])
    executor = MigrationExecutor(connection)
    return executor.loader.project_state([migration]).apps.get_model("clinic", "Practitioner").objects


def main() -> None:
    for slug, text in WRITTEN.items():
        practitioners_at(TEXT).create(slug=slug, languages=text, languages_en=text)
    codes = dict(practitioners_at(CODES).values_list("slug", "speaks"))
    back = list(practitioners_at(TEXT).order_by("slug").values_list("languages", "languages_en", "languages_fa"))
    print(json.dumps({"codes": codes, "back": back}))


if __name__ == "__main__":
    main()
