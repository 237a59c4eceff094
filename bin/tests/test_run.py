"""`make run`: what stops it is said in one line; what it starts, it stops."""

import ast
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import guard
import postgres
import pytest
import run

from tests.checkout import BIN, Checkout

COMMANDS = [path for path in BIN.glob("*.py") if "import guard" in path.read_text()]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def get(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    return connection.getresponse().read().decode()


# Before it starts


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "8000.0", "٨٠٠٠"])
def test_a_port_that_is_no_port_is_refused(checkout: Checkout, port: str) -> None:
    assert "must be a number from 1 to 65535" in checkout.refusal(variables={"PORT": port})


def test_a_taken_port_is_named_with_another_to_use(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = checkout.refusal(variables={"PORT": str(port)})
    assert f"Port {port} on 127.0.0.1 is taken" in said
    assert "PORT=" in said.replace(f"PORT={port} ", "")
    assert not (checkout.root / "var").exists()


def test_a_number_of_workers_that_is_none_is_refused(checkout: Checkout) -> None:
    port = str(postgres.free_port())
    assert "WEB_WORKERS" in checkout.refusal(variables={"PORT": port, "WEB_WORKERS": "two"})


def test_a_folder_without_write_permission_is_named() -> None:
    root = Path(tempfile.mkdtemp(dir="/tmp"))  # pytest's own folders are closed to other users
    try:
        checkout = Checkout(root)
        shutil.rmtree(checkout.root / ".venv")
        checkout.root.chmod(0o555)
        said = checkout.refusal(**as_somebody_without_rights())
        assert f"No permission to write in {checkout.root}" in said
    finally:
        root.chmod(0o755)
        shutil.rmtree(root)


def as_somebody_without_rights() -> dict:
    """Root may write anywhere: as root, this becomes `nobody`, with a Python that `nobody` may start."""
    if os.geteuid() != 0:
        return {}
    nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
    new_enough = "import sys; sys.exit(sys.version_info < (3, 11))"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            if subprocess.run([python, "-c", new_enough], **nobody).returncode == 0:
                return {"python": python, **nobody}
        except OSError:
            continue
    raise AssertionError("no Python 3.11 that the user nobody may start")


def test_an_old_python_is_told_what_is_needed() -> None:
    assert "3.11 or newer is needed, and this is Python 3.10.9." in guard.complaint((3, 10, 9))
    assert guard.complaint((3, 11, 0)) == guard.complaint((4, 0, 0)) == ""


@pytest.mark.parametrize("path", [BIN / "guard.py", *COMMANDS], ids=lambda path: path.name)
def test_an_old_python_can_read_the_commands_far_enough_to_say_so(path: Path) -> None:
    body = ast.parse(path.read_text(), feature_version=(3, 6)).body
    first = next(node for node in body if isinstance(node, ast.Import))
    assert first.names[0].name == ("guard" if path in COMMANDS else "sys")


def test_a_missing_python_is_said_by_make() -> None:
    done = subprocess.run(["make", "run", "PYTHON=no-such-python"], cwd=BIN.parent, capture_output=True, text=True)
    assert done.stderr.startswith("no-such-python is missing. Install Python 3.11")


# When a part of it fails


def test_a_missing_prepare_command_is_said_in_one_line(tmp_path: Path) -> None:
    unknown = "import sys; sys.exit('Unknown command: \\'prepare\\'\\nType \\'manage.py help\\' for usage.')"
    said = Checkout(tmp_path, prepare=unknown).refusal(variables={"PORT": str(postgres.free_port())})
    assert said.startswith("manage.py prepare failed: Unknown command: 'prepare'")


def test_a_failing_prepare_gives_its_reason_and_its_log(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path, prepare="raise ValueError('the demo has no clinic')")
    said = checkout.refusal(variables={"PORT": str(postgres.free_port())})
    assert said.startswith("manage.py prepare failed: ValueError: the demo has no clinic")
    assert "var/prepare.log" in said
    assert "Traceback" in (checkout.root / "var/prepare.log").read_text()


def test_a_server_that_dies_gives_its_reason(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path, wsgi="raise ValueError('no such database')")
    said = checkout.refusal(variables={"PORT": str(postgres.free_port())})
    assert said.startswith("gunicorn stopped by itself: ValueError: no such database")


# When all is well


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_opens_says_where_and_stops_everything_when_asked(checkout: Checkout, number: int) -> None:
    port = postgres.free_port()
    process = checkout.start(variables={"PORT": str(port)})
    try:
        said = [process.stdout.readline().strip() for _ in range(4)]
        assert said[0] == "Staff sign-in: admin"
        assert said[1] == f"The clinic is open: http://localhost:{port}/"
        assert said[2].split() == ["Staff", "sign", "in:", f"http://localhost:{port}/admin/"]
        assert said[3].startswith("Ctrl-C stops it.")
        assert get(port, "/en/") == "/en/"
    finally:
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors
    with pytest.raises(ConnectionRefusedError):
        get(port, "/en/")


def test_what_runs_by_the_clock_runs_beside_the_server() -> None:
    server, *beside = run.servers(8000, 2)
    assert (server.name, *(one.name for one in beside)) == ("gunicorn", "tidy", "deliver")
    assert [one.command[1:] for one in beside] == [
        ["manage.py", "tidy", "--every", "60"],
        ["manage.py", "deliver", "--every", "5"],
    ]
