"""Comparisons of job outputs in conditions, as the JavaScript engine of Java evaluates them."""

import math
import re

from transpile.model import COMPARISONS, OutputValue


def compares(atom: OutputValue, value: str) -> bool:
    """FlowRunner.evaluateExpression: compare an output with a text or a number, like JavaScript."""
    word = atom.operator.removeprefix("not ")
    if isinstance(atom.value, int):
        result = COMPARISONS[word](_as_number(value), atom.value)
    else:
        result = COMPARISONS[word](value.encode("utf-16-be"), atom.value.encode("utf-16-be"))
    return bool(result) is not atom.operator.startswith("not ")


def _as_number(text: str) -> float:
    """JSType.toNumber of Nashorn, the JavaScript engine of Java: no `0b11`, but `-0x10`."""
    text = text.strip()
    if re.fullmatch(r"[-+]?0x[0-9a-f]+", text, re.I):
        return int(text, 16)
    if re.fullmatch(r"[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|Infinity)", text, re.A):
        return float(text)
    return math.nan if text else 0.0
