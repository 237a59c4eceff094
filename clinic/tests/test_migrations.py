"""Text that was there before a migration is there after it, and comes back."""

import json
from pathlib import Path

from clinic.tests.databases import new_database, run_python


def test_languages_written_as_text_become_codes_and_text_again(tmp_path: Path) -> None:
    with new_database(tmp_path) as url:
        *complaint, found = run_python("-m", "clinic.tests.languages", url=url).strip().splitlines()
    stored = json.loads(found)
    assert stored["codes"] == {"a": ["de", "en", "fa"], "b": [], "c": ["nl"]}
    assert "“Elvish” is none we know" in "\n".join(complaint)
    texts = ["German, English, Persian", "", "Dutch"]
    assert stored["back"] == [[text, text, None] for text in texts]
