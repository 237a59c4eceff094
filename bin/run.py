"""`make run`: from a fresh checkout to an open clinic on this machine."""

import guard  # noqa: F401  (first: an old Python stops here)

# isort: split
import http.client
import os
import subprocess
import sys
import time

import child
import command
import environment
import preflight
import variables
from child import Child
from environment import PYTHON, ROOT, VAR

OPENING = 60  # seconds a healthy server never needs


def main() -> None:
    began = time.monotonic()
    preflight.writable(ROOT)
    port = preflight.port(os.environ.get("PORT") or "8000")
    workers = preflight.workers(os.environ.get("WEB_WORKERS") or "2")
    environment.ensure("requirements.txt")
    env = variables.for_serving()
    prepare(env)
    children, opened = servers(port, workers), False
    try:
        for server in children:
            server.start(env=env, cwd=ROOT)
        wait_until_open(port, children)
        opened = True
        print(f"The clinic is open: http://localhost:{port}/")
        print(f"Staff sign in:       http://localhost:{port}/admin/")
        print(f"Ctrl-C stops it.     (ready after {time.monotonic() - began:.1f} s)", flush=True)
        watch(children)
    except KeyboardInterrupt:
        if not opened:
            raise
        print("\nClosing ...", flush=True)
    finally:
        with command.undisturbed():
            for server in reversed(children):
                server.stop()


def servers(port: int, workers: int) -> list[Child]:
    """Everything that runs while the clinic is open, in the order it starts."""
    gunicorn = [str(PYTHON), "-m", "gunicorn", "clinic.wsgi:application"]
    gunicorn += ["--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    # Threads: a browser opens connections ahead of need, and an idle one would hold a whole worker.
    gunicorn += ["--worker-class", "gthread", "--threads", "4"]
    # Without the control socket, which gunicorn would put into the home directory.
    # Without an access log either: the paths of patients' pages carry their tokens.
    gunicorn += ["--no-control-socket", "--graceful-timeout", "5", "--log-level", "warning"]
    # Loaded once and forked, not once for each worker: a second less to wait at the start.
    gunicorn += ["--preload"]
    # Places of the waiting list are passed on by the clock, not by whoever happens to open a page.
    tidy = [str(PYTHON), "manage.py", "tidy", "--every", "60"]
    deliver = [str(PYTHON), "manage.py", "deliver", "--every", "5"]
    return [
        Child("gunicorn", gunicorn, VAR / "gunicorn.log"),
        Child("tidy", tidy, VAR / "tidy.log"),
        Child("deliver", deliver, VAR / "deliver.log"),
    ]


def prepare(env: dict[str, str]) -> None:
    """Migrations, demo content, static files and the first sign-in: what it prints is for the reader."""
    log = VAR / "prepare.log"
    with log.open("wb") as errors:
        done = subprocess.run([PYTHON, "manage.py", "prepare"], env=env, cwd=ROOT, stderr=errors)
    if done.returncode:
        why = child.last_words(log) or f"without a word, exit code {done.returncode}"
        sys.exit(f"manage.py prepare failed: {why} (everything it said: var/prepare.log)")


def wait_until_open(port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + OPENING
    while time.monotonic() < deadline:
        complain_about_dead(children)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=OPENING)
        try:
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        finally:
            connection.close()
        if status < 400:
            return
        sys.exit(f"The server started, but /healthz answers {status}. What it said: var/gunicorn.log")
    sys.exit(f"The server did not answer within {OPENING} s. What it said: var/gunicorn.log")


def watch(children: list[Child]) -> None:
    """Until Ctrl-C, or until a child dies."""
    while True:
        complain_about_dead(children)
        time.sleep(0.3)


def complain_about_dead(children: list[Child]) -> None:
    for server in children:
        if server.died():
            log = server.log.relative_to(ROOT)
            sys.exit(f"{server.name} stopped by itself: {server.last_words()} (everything it said: {log})")


if __name__ == "__main__":
    command.end_with(main)
