"""The power fails in the middle of an action."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


class PowerCut(Exception):
    pass


@contextmanager
def failing_at(number: int) -> Iterator[list[str]]:
    """Raises PowerCut instead of the write with this number, counted from 1; yields the writes so far."""
    writes: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITE.match(sql):
            writes.append(sql)
            if len(writes) == number:
                raise PowerCut
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield writes
