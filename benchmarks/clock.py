"""Timing in this process: the median of many runs, and how many queries one takes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

WARM_UP, RUNS = 5, 40


@dataclass(frozen=True)
class Timing:
    """Median, fastest and slowest of the runs in milliseconds, and the queries of one run."""

    median: float
    fastest: float
    slowest: float
    queries: int


def timed(work: Callable[[], Any]) -> Timing:
    for _ in range(WARM_UP):
        work()
    with CaptureQueriesContext(connection) as queries:
        work()
    # Now: the log that it counts in is emptied by the next request.
    count = len(queries)
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return Timing(statistics.median(seconds) * 1e3, min(seconds) * 1e3, max(seconds) * 1e3, count)
