"""VARS: macros of a node's submit description."""

import re

from transpile.diagnostics import Diagnostics
from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Macro
from transpile.dialects.dagman.settings import addressed
from transpile.dialects.dagman.tokens import Refusal, Words

_PLACE = re.compile(r"PREPEND|APPEND")
_NEWER_PLACE = re.compile(r"(PREPEND|APPEND)(?=[ \t]+[^ \t=])", re.I)
_PAIR = re.compile(
    r"""\s*(?P<key>[+A-Za-z0-9_.]+)\s*=\s*"(?P<value>(?:[^"\\]|\\["\\])*)\"""", re.ASCII
)
_NEWER_PAIR = re.compile(
    r"""\s*(?P<key>[^\s="']+)\s*=\s*"""
    r"""(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|(?P<bare>[^\s"']\S*))(?!\S)"""
)


def variables(dag: Dag, line: Line, words: Words, diagnostics: Diagnostics) -> None:
    """VARS: pairs of a name and a value, in front of the description or, with APPEND, behind it."""
    name = words.name()
    text, near = words.rest(), words.gap == 1
    start = words.column
    behind, at = _placed(text, near, words)
    found: list[tuple[str, str]] = []
    while text[at:].strip():
        match = _PAIR.match(text, at)
        if match is None:
            match = _NEWER_PAIR.match(text, at)
            if match is None:
                raise Refusal("A701", start + at, reason='it takes pairs such as name="value"')
            words.only_newer('a variable other than name="value", of letters, digits, _ and .')
        found.append(_pair(match, start))
        at = match.end()
    if not found:
        raise Refusal("A701", start, reason="there is no variable")
    for node in addressed(dag, name, "VARS"):
        for key, value in found:
            known = node.variables.get(key)
            # DAGMan: what is said again has the place of the first time.
            node.variables[key] = Macro(value, known.behind if known else behind)


def _placed(text: str, near: bool, words: Words) -> tuple[bool, int]:
    """Whether APPEND is said, and where the pairs begin. `near`: one blank stands before."""
    newer, match = _NEWER_PLACE.match(text), _PLACE.match(text) if near else None
    if newer is not None and match is None:
        words.only_newer(f"{newer[0]} in small letters or behind several blanks")
        match = newer
    elif newer is None and match is not None:
        # 23.9 takes these letters off whatever is behind them.
        words.only_newer(f"a variable whose name begins with {match[0]}")
        return False, 0
    return (match[0].upper() == "APPEND", match.end()) if match else (False, 0)


def _pair(match: re.Match[str], start: int) -> tuple[str, str]:
    key, groups = match["key"], match.groupdict()
    column = start + match.start("key")
    if key.lower().startswith("queue"):
        raise Refusal("A701", column, reason=f"a variable may not be called {key}")
    if "+" in key[1:] or key == "+":
        raise Refusal("A701", column, reason=f"a + begins a name, or stands nowhere: {key}")
    value = next(v for n, v in groups.items() if n != "key" and v is not None)
    if groups.get("bare") is None:
        value = re.sub(r"\\(.)", r"\1", value)
    return (f"MY.{key[1:]}" if key.startswith("+") else key), value
