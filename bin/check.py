"""`make check`: everything that judges the code without running the clinic. All run, whatever fails."""

import guard  # noqa: F401  (first: an old Python stops here)

# isort: split
import subprocess
from functools import partial
from pathlib import Path

import command
import environment
import preflight
import report
import variables
from environment import PYTHON, ROOT, VENV

MANAGE: list[str | Path] = [PYTHON, "manage.py"]
CHECKS: dict[str, list[str | Path]] = {
    "ruff check": [VENV / "bin/ruff", "check", "."],
    "ruff format": [VENV / "bin/ruff", "format", "--check", "."],
    "import-linter": [VENV / "bin/lint-imports"],
    "mypy": [VENV / "bin/mypy"],
    "template lint": [VENV / "bin/djlint", "templates", "--lint"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "django check": [*MANAGE, "check"],
}


def steps(env: dict[str, str]) -> list[report.Step]:
    """Runs every check; only what fails is shown."""
    return [report.timed(name, partial(check, name, env)) for name in CHECKS]


def check(name: str, env: dict[str, str]) -> tuple[bool, str]:
    print(f"{name} ...", flush=True)
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0, ""


def main() -> int:
    preflight.writable(ROOT)
    environment.ensure("requirements-dev.txt")
    return report.close(steps(variables.for_testing()))


if __name__ == "__main__":
    command.end_with(main)
