"""VARS: macros of a node's submit description."""

from lark import Token

from transpile.dialects.dagman.lines import Line
from transpile.dialects.dagman.model import Dag, Macro
from transpile.dialects.dagman.settings import addressed
from transpile.dialects.dagman.tokens import Parts, unescaped, wrong
from transpile.findings.diagnostics import Diagnostics

_PLACES = ("PREPEND", "APPEND")
_BLANKS = " \t\r\f\v"


def variables(dag: Dag, line: Line, parts: Parts, diagnostics: Diagnostics) -> None:
    """VARS: pairs of a name and a value, in front of the description or, with APPEND, behind it."""
    name, place, *pairs = parts
    near = (place or pairs[0]).start_pos - name.end_pos == 1
    if place and not (near and place in _PLACES):
        line.newer[f"{place} in small letters or behind several blanks"] = None
    elif not place and near and pairs[0].startswith(_PLACES):
        # 23.9 takes these letters off whatever is behind them.
        letters = next(word for word in _PLACES if pairs[0].startswith(word))
        line.newer[f"a variable whose name begins with {letters}"] = None
    if any(pair.type == "NEWER_PAIR" for pair in pairs):
        line.newer['a variable other than name="value", of letters, digits, _ and .'] = None
    found = [_pair(pair) for pair in pairs]
    behind = bool(place) and place.upper() == "APPEND"
    for node in addressed(dag, name, "VARS"):
        for key, value in found:
            known = node.variables.get(key)
            # DAGMan: what is said again has the place of the first time.
            node.variables[key] = Macro(value, known.behind if known else behind)


def _pair(pair: Token) -> tuple[str, str]:
    key, _, value = (part.strip(_BLANKS) for part in pair.partition("="))
    if key.lower().startswith("queue"):
        raise wrong(pair, f"a variable may not be called {key}")
    if "+" in key[1:] or key == "+":
        raise wrong(pair, f"a + begins a name, or stands nowhere: {key}")
    if value.startswith(('"', "'")):
        value = unescaped(value[1:-1])
    return (f"MY.{key[1:]}" if key.startswith("+") else key), value
