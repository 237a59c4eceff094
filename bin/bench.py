"""`make bench`: the figures in docs/scaling.md, on SQLite and on PostgreSQL, as ratios within one run."""

import guard  # noqa: F401  (first: an old Python stops here)

# isort: split
import subprocess
import sys
import tempfile
from pathlib import Path

import command
import environment
import postgres
import preflight
import variables
from environment import PYTHON, ROOT

BENCHMARKS = ["benchmarks.month"]


def main() -> None:
    preflight.writable(ROOT)
    environment.ensure("requirements-dev.txt")
    with tempfile.TemporaryDirectory() as folder:
        run(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    with postgres.running() as url:
        run(url)


def run(url: str) -> None:
    for module in BENCHMARKS:
        env = variables.for_testing() | {"DATABASE_URL": url}
        if subprocess.run([PYTHON, "-m", module], cwd=ROOT, env=env).returncode:
            sys.exit(f"{module} failed on {url.partition(':')[0]}, for the reason above.")


if __name__ == "__main__":
    command.end_with(main)
