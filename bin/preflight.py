"""What must be true before anything starts; each problem ends with one line saying what to do."""

import errno
import os
import re
import socket
import sys
from pathlib import Path


def writable(root: Path) -> None:
    """The project folder takes `.venv` and `var`, and both, if they exist, take files."""
    for folder in (root, root / ".venv", root / "var"):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            sys.exit(f"No permission to write in {folder}: change its owner, or copy the project elsewhere.")


def port(text: str) -> int:
    """The port to serve on, free at this moment."""
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT is {text!r}, and must be a number from 1 to 65535: PORT=8001 make run")
    number = int(text)
    other = number + 1 if 1024 <= number < 65535 else 8001
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", number))
        except OSError as error:
            why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            sys.exit(f"Port {number} on 127.0.0.1 {why}. Use another: PORT={other} make run")
    return number


def workers(text: str) -> int:
    """How many processes answer requests."""
    if not re.fullmatch("[0-9]{1,3}", text) or int(text) < 1:
        sys.exit(f"WEB_WORKERS is {text!r}, and must be a number from 1 to 999: WEB_WORKERS=2 make run")
    return int(text)
