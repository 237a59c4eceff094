"""How a command ends: whatever stops it is one line or a quiet exit code, never a traceback."""

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from typing import NoReturn

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_with(main: Callable[[], int | None]) -> NoReturn:
    """Runs a command's `main` and exits with what it returns."""
    stop_on_signals()
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nStopped before the end.", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        sys.exit(f"{error.filename or sys.argv[0]}: {error.strerror or error}")


def stop_on_signals() -> None:
    """SIGTERM and a closed terminal end like Ctrl-C: as a KeyboardInterrupt, so that every `finally` runs."""
    for number in STOPPING:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup stays nohup
            signal.signal(number, signal.default_int_handler)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """For cleaning up, which takes seconds at most: a second Ctrl-C would only leave something behind."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
