"""`make requirements`: pins what pyproject.toml asks for, with hashes; ARGS=--upgrade takes newer ones."""

import guard  # noqa: F401  (first: an old Python stops here)

# isort: split
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import command
import preflight
from environment import ROOT

PIN = ["pip", "compile", "pyproject.toml", "--quiet", "--generate-hashes", "--universal"]
PIN += ["--python-version", "3.11", "--custom-compile-command", "make requirements"]


def main() -> None:
    preflight.writable(ROOT)
    # uv in an environment of its own: it is needed here, and nowhere else.
    with tempfile.TemporaryDirectory() as folder:
        programs = Path(folder) / "bin"
        run([sys.executable, "-m", "venv", folder])
        run([programs / "pip", "install", "--quiet", "--disable-pip-version-check", "uv"])
        asked = shlex.split(os.environ.get("ARGS", ""))
        run([programs / "uv", *PIN, *asked, "-o", "requirements.txt"])
        # The run set is a constraint: the test set holds it, version by version.
        constrained = ["--group", "dev", "--constraint", "requirements.txt", "-o", "requirements-dev.txt"]
        run([programs / "uv", *PIN, *asked, *constrained])
    print("requirements.txt and requirements-dev.txt are pinned.")


def run(program: list[str | Path]) -> None:
    if subprocess.run(program, cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
        sys.exit(f"Failed, for the reason above: {' '.join(str(part) for part in program)}")


if __name__ == "__main__":
    command.end_with(main)
