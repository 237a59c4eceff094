"""What ran, how long it took, whether it passed."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One line of the closing table."""

    name: str
    seconds: float
    passed: bool
    note: str = ""


def timed(name: str, work: Callable[[], tuple[bool, str]]) -> Step:
    """Runs `work`, which answers whether it passed, and a note."""
    began = time.monotonic()
    passed, note = work()
    return Step(name, time.monotonic() - began, passed, note)


def close(steps: Sequence[Step]) -> int:
    """Prints the table; the exit code of the whole."""
    width = max(len(step.name) for step in steps)
    print()
    for step in steps:
        verdict = "pass" if step.passed else "FAIL"
        print(f"{step.name:<{width}}  {step.seconds:7.1f} s  {verdict}  {step.note}".rstrip())
    failed = sum(not step.passed for step in steps)
    verdict = f"{failed} of {len(steps)} failed" if failed else "all passed"
    print(f"{'total':<{width}}  {sum(step.seconds for step in steps):7.1f} s  {verdict}", flush=True)
    return 1 if failed else 0
