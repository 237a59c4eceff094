"""The first import of every command here: an old Python gets one line instead of a syntax error.

This file, and the commands that import it, must still parse on Python 3.6.
"""

import sys

NEEDED = (3, 11)


def complaint(version: tuple) -> str:
    """What to say to this Python version; nothing if it will do."""
    if tuple(version[:2]) >= NEEDED:
        return ""
    found = ".".join(str(part) for part in version[:3])
    return (
        f"Python 3.11 or newer is needed, and this is Python {found}. Install one "
        "(Debian 12: apt-get install python3), or name it: make run PYTHON=python3.11"
    )


if complaint(sys.version_info):
    sys.exit(complaint(sys.version_info))
