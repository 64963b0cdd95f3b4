"""Values that a command hands over to other jobs, in a JSON file."""

import contextvars
import json
import math
import operator
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from transpile.runtime.resumable import resumable
from transpile.runtime.statuses import succeeded

COMPARISONS = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

# The variable that tells a command the file for its values, and the file.
OUTPUT_FILE: contextvars.ContextVar[Mapping[str, str]] = contextvars.ContextVar(
    "output_file",
    default=MappingProxyType({}),
)


@resumable
def with_outputs(
    function: Callable[..., Any],
    *arguments: Any,
    output_file: str,
    **options: Any,
) -> tuple[Any, str]:
    """Call `run` or its like; return its result and the command's values for other jobs as JSON.

    The command writes them into the file that its variable `output_file` names. A command that
    failed has no values.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "outputs.json")
        token = OUTPUT_FILE.set({output_file: path})
        try:
            empty_output_file()
            result = function(*arguments, **options)
        finally:
            OUTPUT_FILE.reset(token)
        if isinstance(result, str) and not succeeded(result):
            return result, ""
        return result, _read_outputs(path)


def empty_output_file() -> None:
    """Drop the values of an earlier attempt."""
    for path in OUTPUT_FILE.get().values():
        open(path, "w").close()


def _read_outputs(path: str) -> str:
    """The values in the file, all as texts; empty if the file holds no JSON object."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        found = json.loads(text) if text.strip() else {}
        if None in found.values():
            raise ValueError("a value is null")
        texts = {
            key: value if isinstance(value, str) else json.dumps(value)
            for key, value in found.items()
        }
        return json.dumps(texts)
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        print(f"no values for other jobs: {error}")
        return ""


def has_output(outputs: str, name: str) -> bool:
    """True if the job hands over a value of that name."""
    return bool(outputs) and name in json.loads(outputs)


def compare_output(outputs: str, name: str, sign: str, value: str | int) -> bool:
    """True if the comparison holds by the rules of JavaScript; a missing output is "null".

    A text is compared as text. For a number, the output is read as a number; an output that is not
    a number is unequal to all numbers, and neither less nor greater.
    """
    found = json.loads(outputs)[name] if has_output(outputs, name) else "null"
    compare = COMPARISONS[sign.removeprefix("not ")]
    if isinstance(value, int):
        result = compare(_number(found), value)
    else:
        result = compare(found.encode("utf-16-be"), value.encode("utf-16-be"))
    return bool(result) is not sign.startswith("not ")


def _number(text: str) -> float:
    """The number that Nashorn, the JavaScript engine of Java, reads in a text; else NaN."""
    text = text.strip()
    if re.fullmatch(r"[-+]?0[xX][0-9a-fA-F]+", text):
        return int(text, 16)
    if re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", text, re.ASCII):
        return float(text)
    if re.fullmatch(r"[-+]?Infinity", text):
        return float(text)
    return math.nan if text else 0.0


def output_or(value: str, name: str, *outputs: str) -> str:
    """The value of that name that a job hands over, of the last job that does; else `value`."""
    for found in reversed(outputs):
        if has_output(found, name):
            return str(json.loads(found)[name])
    return value
