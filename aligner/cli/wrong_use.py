"""What is wrong with a command line, in one line and in words of our own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

# All that Typer can have against a command line; it gives the class itself no name to users.
UsageError: type[Exception] = typer.BadParameter.__bases__[0]

# What is asked for instead, by the faults' names in pydantic, with which newer Typers read values.
_ASKED_FOR = {
    "less_than_equal": "give a number of {le:g} or less, not {value!r}",
    "greater_than_equal": "give a number of {ge:g} or more, not {value!r}",
    "int_parsing": "give a whole number, not {value!r}",
    "float_parsing": "give a number, not {value!r}",
    "value_error": "{error}",
}


def told(error: Any) -> str:
    """What Typer has found wrong, without its own words and those of what it is built on.

    error: a UsageError.
    """
    message: str = error.format_message()
    for foreign, own in _own_words(error.__cause__):
        message = message.replace(foreign, own)
    message = message.removeprefix("Invalid value: ").removeprefix("Invalid value for ").rstrip(".")
    where = getattr(error.ctx, "command_path", None)
    return f"{message}; see {where} --help" if where else message


def _own_words(cause: Any) -> Iterator[tuple[str, str]]:
    """For each fault of a value the words for it, theirs and ours."""
    if not hasattr(cause, "errors"):
        return
    for fault in cause.errors():
        if asked_for := _ASKED_FOR.get(fault["type"]):
            yield fault["msg"], asked_for.format(value=fault["input"], **fault.get("ctx", {}))
