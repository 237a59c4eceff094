"""Processes we start: each logs to its own file, and none outlives us."""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# How frames of a traceback, gunicorn's own log lines and Django's hint after an unknown command begin.
REMARKS = (" ", "Traceback", "[", "gunicorn.errors.HaltServer", "Type 'manage.py help")
PATIENCE = 10  # seconds between asking a process to stop and making it


class Child:
    """A server in a session of its own: Ctrl-C reaches only us, and we stop it in order."""

    def __init__(self, name: str, command: Sequence[str | Path], log: Path) -> None:
        self.name, self.command, self.log = name, [str(part) for part in command], log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, env: Mapping[str, str], cwd: Path, **identity: Any) -> None:
        """Starts it; `identity` is subprocess's user, group and extra_groups."""
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                self.command,
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **identity,
            )

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Asks, waits, then makes it stop, with everything it started."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        end_group(self.process)

    def last_words(self) -> str:
        code = self.process.returncode if self.process else None
        return last_words(self.log) or f"without a word, exit code {code}"


def run(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> int:
    """Runs a command on this terminal to its end. When we are stopped it is told so, once, and waited for."""
    # A session of its own: a Ctrl-C would reach it twice, and a second one breaks off its cleaning up.
    process = subprocess.Popen([str(part) for part in command], env=dict(env), cwd=cwd, start_new_session=True)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        raise
    finally:
        end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kills what is left of a process and of everything it started; usually nothing is."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def last_words(log: Path) -> str:
    """The line of a log that says why: the last that names an error, else the last that says anything."""
    lines = [line.rstrip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(REMARKS)]
    errors = [line for line in telling if re.match(r"[A-Za-z_][\w.]*: ", line)]
    return (errors or telling or lines or [""])[-1].strip()
