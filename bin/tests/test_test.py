"""`make test` and `make check`: nothing skipped quietly, nothing hidden by a failure, nothing left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import check
import environment
import postgres
import psycopg
import pytest
import report

from tests.checkout import BIN

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="passes"/>
<testcase classname="a" name="is_skipped"><skipped type="pytest.skip"/></testcase>
<testcase classname="a" name="fails_as_expected"><skipped type="pytest.xfail"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def made():
    """bin/test.py, by its path: `test` is also a package of Python's own."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("bin_test", BIN / "test.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_skipped_test_is_found_by_name(made, tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    assert made.tally(tmp_path / "report.xml") == (3, ["a.is_skipped"])


def test_a_run_without_a_report_counts_as_no_tests(made, tmp_path: Path) -> None:
    assert made.tally(tmp_path / "report.xml") == (0, [])


def test_what_reads_calendar_files_is_installed_before_the_tests(
    made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(made.shutil, "which", lambda name: None)
    monkeypatch.setattr(made.apt, "install", lambda package, need: asked.append(package))
    # A stand-in for Python: it installs nothing, and says why.
    monkeypatch.setattr(made, "PYTHON", script := tmp_path / "python")
    script.write_text("#!/bin/sh\necho the registry does not answer $2 >&2; exit 1")
    script.chmod(0o755)
    with pytest.raises(SystemExit, match=r"^the registry does not answer bookings\.tests\.ics\.reader$"):
        made.calendar_reader()
    assert asked == ["nodejs", "npm"]


def test_one_failing_check_hides_no_other(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    checks = {"good": ["true"], "bad": ["sh", "-c", "echo this is why; false"], "also good": ["true"]}
    monkeypatch.setattr(check, "CHECKS", checks)
    steps = check.steps(dict(os.environ))
    assert [step.passed for step in steps] == [True, False, True]
    assert report.close(steps) == 1
    said = capsys.readouterr().out
    assert "this is why" in said
    assert "1 of 3 failed" in said


def test_the_throw_away_postgresql_answers_and_is_gone_afterwards() -> None:
    with postgres.running() as url:
        with psycopg.connect(url) as connection:
            who, data = connection.execute("SELECT user, current_setting('data_directory')").fetchone()
        assert who == "clinic"
        assert Path(data).exists()
    assert not Path(data).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_the_throw_away_postgresql_is_gone_after_sigterm_too(tmp_path: Path) -> None:
    command = ["sh", "-c", "echo $DATABASE_URL; exec sleep 60"]
    process = subprocess.Popen(
        [sys.executable, str(BIN / "postgres.py"), "--", *command],
        cwd=environment.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    url = process.stdout.readline().strip()
    psycopg.connect(url).close()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 130
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
