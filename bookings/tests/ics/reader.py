"""Calendar files as a calendar program understands them: by ical.js, which had no part in writing them."""

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "ical"
MODULES = FOLDER / "node_modules"


class CannotRead(AssertionError):
    """Node is missing, ical.js could not be installed, or it refused a file."""


def read(*files: bytes) -> list[dict[str, Any]]:
    """What ical.js finds in each file; times as aware datetimes in UTC."""
    install()
    texts = json.dumps([file.decode() for file in files])
    found = run([program("node"), "read.mjs"], "ical.js refused a file", texts)
    return json.loads(found, object_hook=with_times)


def with_times(values: dict[str, Any]) -> dict[str, Any]:
    times = {name: datetime.fromisoformat(values[name]) for name in ("stamp", "start", "end") if name in values}
    return {**values, **times}


@cache
def install() -> None:
    """`npm ci`, unless what package-lock.json pins is there; several test processes take turns."""
    digest = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".installed"
    with (FOLDER / "package.json").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != digest:
            print("Installing what bookings/tests/ical/package-lock.json pins (npm) ...", flush=True)
            npm = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            run(npm, "npm ci could not install what package-lock.json pins")
            stamp.write_text(digest)


def program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise CannotRead(f"{name} is missing. Install it (Debian: apt-get install nodejs npm): ical.js runs on it.")
    return found


def run(command: list[str], complaint: str, given: str = "") -> str:
    done = subprocess.run(command, cwd=FOLDER, input=given, capture_output=True, text=True)
    if done.returncode:
        raise CannotRead(f"{complaint}:\n{done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    try:
        install()
    except CannotRead as error:
        sys.exit(str(error))
