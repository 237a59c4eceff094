"""Server processes that share one database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

PATIENCE = 30  # seconds until a server must answer, or stop


@contextmanager
def servers(count: int, *, url: str) -> Iterator[list[int]]:
    """Yields the ports of so many gunicorn processes on the database at `url`; they end with the block, whatever comes.

    They believe the X-Forwarded-For that the patients send: each comes from an address of their own.
    """
    ports = [free_port() for _ in range(count)]
    running: list[subprocess.Popen[bytes]] = []
    try:
        for port in ports:
            running.append(start(port, url))
        for port, process in zip(ports, running, strict=True):
            wait_until_open(port, process)
        yield ports
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def start(port: int, url: str) -> "subprocess.Popen[bytes]":
    named = {"DATABASE_URL": url, "HTTPS": "no", "BEHIND_PROXY": "yes", "ALLOWED_HOSTS": "127.0.0.1"}
    options = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--graceful-timeout", "1", "--log-level", "warning"]
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "bookings.tests.races.site:application",
            *options,
            "--graceful-timeout",
            "1",
        ],
        cwd=settings.BASE_DIR,
        env=os.environ | named,
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_open(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"no server on port {port}")
