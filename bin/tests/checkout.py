"""A copy of the project just big enough for `make run`: the real commands, a stand-in for Django."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BIN = Path(__file__).resolve().parent.parent
PREPARE = "print('Staff sign-in: admin')"
# The processes beside the server that only wait for their next turn.
WAITING = "import sys, time\nif sys.argv[1] in ('tidy', 'deliver'): time.sleep(600)\n"
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [])
    return [environ["PATH_INFO"].encode()]
"""


class Checkout:
    """Its `.venv` is a door to the Python that runs the tests: nothing is installed."""

    def __init__(self, root: Path, prepare: str = PREPARE, wsgi: str = WSGI) -> None:
        self.root = root.resolve()
        shutil.copytree(BIN, self.root / "bin", ignore=shutil.ignore_patterns("tests", "__pycache__"))
        self.write("requirements.txt", "")
        self.write("manage.py", WAITING + prepare)
        self.write("clinic/wsgi.py", wsgi)
        self.write(".venv/bin/pip", f"#!{self.root}/.venv/bin/python")
        self.write(".venv/bin/python", f'#!/bin/sh\nexec {sys.executable} "$@"').chmod(0o755)
        digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # of nothing
        self.write(".venv/requirements.txt.sha256", digest)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def start(self, python: str = sys.executable, variables: dict[str, str] | None = None, **options):
        """`make run`, without make: started, with its output to read."""
        environment = {"PATH": os.environ["PATH"], "PORT": "8000", **(variables or {})}
        return subprocess.Popen(
            [python, "bin/run.py"],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def refusal(self, **how) -> str:
        """What it says when it cannot start: one line, exit code 1, no traceback."""
        process = self.start(**how)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 1, errors
        assert errors.count("\n") == 1, errors
        return errors.strip()
