"""A throw-away PostgreSQL for tests. Alone: `python3 bin/postgres.py -- CMD` gives CMD its DATABASE_URL."""

import guard  # noqa: F401  (first: an old Python stops here)

# isort: split
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apt
import child
import command

STARTING = 30  # seconds
# Nobody minds losing this data: no waiting for the disk.
CAREFREE = "fsync=off synchronous_commit=off full_page_writes=off"
SETTINGS = f"{CAREFREE} listen_addresses=127.0.0.1 max_connections=200".split()


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Yields the DATABASE_URL of a fresh, empty server; afterwards it is gone, and its files too."""
    folder = Path(tempfile.mkdtemp(prefix="clinic-postgres-", dir="/tmp"))
    server = None
    try:
        identity = hand_over(folder)
        programs = reachable(binaries(), folder, identity)
        port, data = free_port(), folder / "data"
        initialise(programs, data, identity)
        postgres: list[str | Path] = [programs / "postgres", "-D", data, "-p", str(port), "-k", folder]
        postgres += [part for setting in SETTINGS for part in ("-c", setting)]
        server = child.Child("PostgreSQL", postgres, folder / "log")
        server.start(env=environment(), cwd=folder, **identity)
        wait_until_ready(server, data)
        yield f"postgres://clinic@127.0.0.1:{port}/clinic"
    finally:
        with command.undisturbed():
            if server:
                server.stop(signal.SIGINT)  # a "fast" shutdown: does not wait for clients
            shutil.rmtree(folder, ignore_errors=True)


def binaries() -> Path:
    """The folder with `postgres` and `initdb`; installs Debian's package if there is none."""
    found = installed_binaries()
    if not found:
        # Only the programs are wanted: no cluster of the machine's own, started at boot.
        config = Path("/etc/postgresql-common/createcluster.conf")
        if os.geteuid() == 0 and not config.exists():
            config.parent.mkdir(parents=True, exist_ok=True)
            config.write_text("create_main_cluster = false\n")
        apt.install("postgresql", "PostgreSQL")
        found = installed_binaries()
    if not found:
        sys.exit("PostgreSQL was installed, but its programs are neither in PATH nor in /usr/lib/postgresql.")
    return found


def installed_binaries() -> Path | None:
    in_path = shutil.which("postgres")
    folders = [Path(in_path).resolve().parent] if in_path else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    return next((folder for folder in folders if {"postgres", "initdb"} <= set(os.listdir(folder))), None)


def hand_over(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as `nobody`, who gets the folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def reachable(programs: Path, folder: Path, identity: dict[str, Any]) -> Path:
    """The programs, or a copy of the whole installation if they lie where `nobody` may not go."""
    try:
        subprocess.run([programs / "postgres", "--version"], stdout=subprocess.DEVNULL, **identity)
        return programs
    except PermissionError:
        copy = shutil.copytree(programs.parent, folder / "programs", symlinks=True)
        copy.chmod(0o755)
        return copy / programs.name


def initialise(programs: Path, data: Path, identity: dict[str, Any]) -> None:
    """A new cluster whose one role, and one more database, are called clinic."""
    initdb: list[str | Path] = [programs / "initdb", "-D", data, "-U", "clinic", "--auth=trust", "--no-sync"]
    initdb += ["--encoding=UTF8", "--locale=C.UTF-8"]
    single: list[str | Path] = [programs / "postgres", "--single", "-F", "-D", data, "postgres"]
    for program, text in ((initdb, ""), (single, "CREATE DATABASE clinic\n")):
        options = {"cwd": data.parent, "env": environment(), **identity}
        done = subprocess.run(program, input=text, capture_output=True, text=True, **options)
        if done.returncode:
            why = (done.stderr.strip() or "no output").splitlines()[-1]
            sys.exit(f"PostgreSQL: {Path(program[0]).name} failed: {why}")


def environment() -> dict[str, str]:
    """Without the caller's PG… variables: they would name another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_ready(server: child.Child, data: Path) -> None:
    """The server itself writes "ready" into line 8 of its pid file."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        if server.died():
            sys.exit(f"PostgreSQL did not start: {server.last_words()}")
        with contextlib.suppress(OSError, IndexError):
            if (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                return
        time.sleep(0.02)
    sys.exit(f"PostgreSQL was not ready within {STARTING} s: {server.last_words()}")


def main() -> int:
    asked = sys.argv[2:]
    if sys.argv[1:2] != ["--"] or not asked:
        sys.exit("usage: python3 bin/postgres.py -- CMD")
    if not shutil.which(asked[0]):
        sys.exit(f"{asked[0]}: no such command")
    with running() as url:
        return child.run(asked, os.environ | {"DATABASE_URL": url}, Path.cwd())


if __name__ == "__main__":
    command.end_with(main)
