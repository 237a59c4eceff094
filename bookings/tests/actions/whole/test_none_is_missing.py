"""Every action is among those that are tried with a power cut."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import bookings
from bookings.actions.deliver import deliver
from bookings.actions.move import is_late, must_call, wish_of
from bookings.actions.offers import accepted_place
from bookings.actions.outbox import channel_of
from bookings.actions.post import post
from bookings.actions.privacy import lock_all
from bookings.actions.told import may_try_again
from bookings.actions.undo import last_step
from bookings.actions.waitlist import without_offer
from bookings.tests.actions.whole.test_every_action import CASES

Function = Callable[..., Any]
ACTIONS, TESTS = "bookings.actions.", "bookings.tests."
TRIED = {case.action for case in CASES}
# It sends message by message: workers that are killed at any line of it are in bookings/tests/delivery.
ONE_BY_ONE = {deliver}
# What stands beside the actions and only reads, but is used elsewhere or looks like one.
ONLY_READ = {
    is_late,
    must_call,
    wish_of,
    accepted_place,
    last_step,
    without_offer,
    may_try_again,
    lock_all,
    post,
    channel_of,
}


def modules() -> Iterator[ModuleType]:
    for found in walk_packages(bookings.__path__, "bookings."):
        if not f"{found.name}.".startswith((TESTS, "bookings.migrations.")):
            yield import_module(found.name)


def functions_of_actions(module: ModuleType) -> set[Function]:
    """Those that it defines or imports, of a module of actions."""
    found = {value for value in vars(module).values() if inspect.isfunction(value)}
    return {one for one in found if one.__module__.startswith(ACTIONS) and not one.__name__.startswith("_")}


def is_action(function: Function) -> bool:
    """As the house has it: keyword-only. What takes its arguments by place works inside of an action."""
    parameters = inspect.signature(function).parameters.values()
    is_context = inspect.isgeneratorfunction(inspect.unwrap(function))
    return not is_context and all(one.kind == one.KEYWORD_ONLY for one in parameters)


def names(functions: set[Function]) -> list[str]:
    return sorted(f"{one.__module__}.{one.__name__}" for one in functions)


def test_every_action_is_tried() -> None:
    inside = [module for module in modules() if module.__name__.startswith(ACTIONS)]
    wanted = {one for module in inside for one in functions_of_actions(module) if is_action(one)}
    assert len(wanted) > 30
    assert names(wanted - TRIED - ONE_BY_ONE - ONLY_READ) == []


def test_so_is_all_else_that_writes_and_is_used_by_others() -> None:
    elsewhere = [module for module in modules() if not module.__name__.startswith(ACTIONS)]
    used = {one for module in elsewhere for one in functions_of_actions(module)}
    assert names(used - TRIED - ONE_BY_ONE - ONLY_READ) == []
