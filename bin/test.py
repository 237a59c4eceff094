"""`make test`: installs what is missing, then every check and every test, on SQLite and on PostgreSQL.

All of it runs, whatever fails. A skipped test is a failed run: what is not run is not known to work.
"""

import guard  # noqa: F401  (first: an old Python stops here)

# isort: split
import os
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import apt
import check
import child
import command
import environment
import postgres
import preflight
import report
import variables
from environment import PYTHON, ROOT, VAR

WITHOUT_BROWSER = ["-m", "not journey"]
NO_TESTS = 5  # pytest's exit code when nothing was chosen


def main() -> int:
    preflight.writable(ROOT)
    asked = shlex.split(os.environ.get("ARGS", ""))
    steps = [report.timed("what is needed", install)]
    env = variables.for_testing()
    env["CHROMIUM"] = chromium()
    steps += check.steps(env)
    on_sqlite = [*WITHOUT_BROWSER, *asked]
    steps.append(report.timed("tests, SQLite", lambda: tests("sqlite", on_sqlite, env)))
    with postgres.running() as url:
        on_postgres = env | {"DATABASE_URL": url}
        steps.append(report.timed("tests, PostgreSQL", lambda: tests("postgres", asked, on_postgres)))
    return report.close(steps)


def install() -> tuple[bool, str]:
    """Before anything runs, so that a missing part is known at once."""
    environment.ensure("requirements-dev.txt")
    chromium()
    calendar_reader()
    postgres.binaries()
    return True, ""


def chromium() -> str:
    """The system's Chromium, which the journeys drive."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        apt.install("chromium", "Chromium")
        found = shutil.which("chromium")
    return found or sys.exit("Chromium was installed, but is not in PATH.")


def calendar_reader() -> None:
    """Node with ical.js, which reads our calendar files in the tests; nothing else here runs on it."""
    for program, package in (("node", "nodejs"), ("npm", "npm")):
        if not shutil.which(program):
            apt.install(package, f"{program}, which reads calendar files in the tests,")
    done = subprocess.run([PYTHON, "-m", "bookings.tests.ics.reader"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.stderr.strip())


def tests(name: str, arguments: list[str], env: dict[str, str]) -> tuple[bool, str]:
    """One run of pytest; its own report says what was skipped."""
    print(f"\npytest, {name} ...", flush=True)
    results = VAR / f"test-{name}.xml"
    results.unlink(missing_ok=True)
    pytest: list[str | Path] = [PYTHON, "-m", "pytest", "-n", "2", "-rs", "--durations=25", f"--junitxml={results}"]
    code = child.run([*pytest, *arguments], env, ROOT)
    count, skipped = tally(results)
    if code == NO_TESTS and arguments[:2] == WITHOUT_BROWSER and len(arguments) > 2:
        return True, "ARGS chose none of these"
    note = f"{count} tests" + (f", SKIPPED: {', '.join(skipped)}" if skipped else "")
    return code == 0 and not skipped and count > 0, note


def tally(results: Path) -> tuple[int, list[str]]:
    """How many tests a JUnit report holds, and the names of those that were skipped."""
    if not results.exists():
        return 0, []
    cases = list(ElementTree.parse(results).iter("testcase"))
    # An expected failure is reported as skipped too, but it ran.
    skipped = [case for case in cases for skip in case.iter("skipped") if skip.get("type") != "pytest.xfail"]
    return len(cases), [f"{case.get('classname')}.{case.get('name')}" for case in skipped]


if __name__ == "__main__":
    command.end_with(main)
