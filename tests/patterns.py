"""Every regular expression of the tool, and the texts on which a bad one takes for ever.

Run as a program it prints each pattern that is slow, with the text that shows it.
"""

import ast
import importlib
import itertools
import re
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType, ModuleType
from typing import Any

from lark import Lark

from tests.support import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as constants
    import sre_parse as parser

CALLS = ("compile", "match", "search", "fullmatch", "finditer", "findall", "split", "sub", "subn")
SCREEN, LONG = 2_000, 20_000
"""Lengths of the hostile text: a first look, and the measure."""

SUSPECT, BOUND, LIMIT = 0.001, 0.05, 0.25
"""Seconds of processor time: worth a measure, too slow if it also grows, given up.

A linear pattern takes a few milliseconds for the long text, a quadratic one from 0.1 seconds on.
"""

GROWTH = 3
"""Twice the text takes a linear pattern twice as long, a quadratic one four times."""

TAIL = "\0!"
SYMBOLS = [*" \n\t#\"'<>\\()*/$^=:;,.-_&|@[]{}0a", "é"]
PAIRS = [
    "<<",
    '\\"',
    "a ",
    " #",
    "#\n",
    "a\n",
    "\n ",
    '"\n',
    "/*",
    "*/",
    "()",
    "0,",
    "a.",
    "${",
    "''",
    "# \n",
    "#  \n",
    "* \n",
    "<< >> ",
    "/* */ ",
    "a \n",
    '"" ',
]


@dataclass(frozen=True)
class Found:
    """A pattern, where it stands, and the methods by which it is used."""

    place: str
    pattern: str
    flags: int
    methods: tuple[str, ...]


# ---------------------------------------------------------------- where patterns stand


def of_package(package: str = "transpile") -> Iterator[Found]:
    """The patterns in every call of `re` of a package. Raises ValueError for one it cannot see."""
    folder = ROOT / package
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")}
    used: dict[str, set[str]] = {}
    for tree in modules.values():
        _note_uses(tree, used)
    for path, tree in sorted(modules.items()):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield from _in_tree(tree, str(path.relative_to(ROOT)), importlib.import_module(name), used)


def _note_uses(tree: ast.Module, used: dict[str, set[str]]) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CALLS:
            name = getattr(node.value, "id", getattr(node.value, "attr", ""))
            used.setdefault(name, set()).add(node.attr)


def _in_tree(
    tree: ast.Module, file: str, module: ModuleType, used: dict[str, set[str]]
) -> Iterator[Found]:
    names = {id(n.value): n.targets for n in ast.walk(tree) if isinstance(n, ast.Assign)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_call_of_re(node.func):
            assert isinstance(node.func, ast.Attribute)
            called = {getattr(target, "id", "") for target in names.get(id(node), ())}
            methods = {node.func.attr}
            if methods == {"compile"}:
                methods = set().union(*(used.get(name, ()) for name in called))
            place = f"{file}:{node.lineno}"
            yield _found(node, place, module, tuple(sorted(methods)) or ("match", "finditer"))


def _is_call_of_re(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr in CALLS
    )


def _found(node: ast.Call, place: str, module: ModuleType, methods: tuple[str, ...]) -> Found:
    given = [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
    if getattr(node.func, "attr", "") == "compile":
        given += node.args[1:2]
    flags = sum(int(_evaluated(value, module)) for value in given)
    return Found(place, _pattern(node.args[0], module, place), flags, methods)


def _pattern(node: ast.expr, module: ModuleType, place: str) -> str:
    """The text of a pattern; what is escaped into it stands as a word."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_pattern(part, module, place) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        node = node.value
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.escape":
            return "word"
    try:
        return str(_evaluated(node, module))
    except NameError as error:
        raise ValueError(f"{place}: the pattern is not known before the call: {error}") from error


def _evaluated(node: ast.expr, module: ModuleType) -> Any:
    return eval(compile(ast.Expression(node), "pattern", "eval"), vars(module))


def of_grammars() -> Iterator[Found]:
    """The terminals of every grammar, which are matched where the text has been read up to."""
    for path in sorted((ROOT / "grammars").glob("*.lark")):
        text = path.read_text(encoding="utf-8")
        starts = re.findall(r"^\??([a-z]\w*)(?:\.\d+)?:", text, re.M)
        for terminal in Lark(text, parser="lalr", start=starts[:1]).terminals:
            pattern = terminal.pattern.to_regexp()
            yield Found(f"{path.name} {terminal.name}", pattern, 0, ("match",))


def all_patterns() -> list[Found]:
    """Every pattern of the tool."""
    return [*of_package(), *of_grammars()]


# ---------------------------------------------------------------- hostile text


def hostile(pattern: str, flags: int) -> Iterator[tuple[str, str]]:
    """Beginnings that lead into each repetition of a pattern, and what to repeat there."""
    tree = parser.parse(pattern, flags)
    own = sorted({c for c in _characters(tree) if c.isprintable()})
    places = dict.fromkeys([("", ""), *_repetitions(tree, "")])
    bodies = dict.fromkeys(body for _, body in places if body)
    pairs = ["".join(pair) for pair in itertools.product(own[:6], repeat=2)]
    units = dict.fromkeys([*bodies, *SYMBOLS, *own, *PAIRS, *pairs])
    mixed = [f"{body}{symbol}" for body in bodies for symbol in (" ", "\n", *own[:4])]
    for prefix in dict.fromkeys(prefix for prefix, _ in places):
        yield from ((prefix, unit) for unit in [*units, *mixed])


def _characters(tree: Any) -> Iterator[str]:
    for code, value in tree:
        if code in (constants.LITERAL, constants.NOT_LITERAL):
            yield chr(value)
        elif code is constants.IN:
            yield from _characters(value)
        else:
            for part in _parts(code, value):
                yield from _characters(part)


def _parts(code: Any, value: Any) -> list[Any]:
    """The patterns inside an item of a pattern."""
    if code in (
        constants.MAX_REPEAT,
        constants.MIN_REPEAT,
        getattr(constants, "POSSESSIVE_REPEAT", None),
    ):
        return [value[2]]
    if code is constants.SUBPATTERN:
        return [value[3]]
    if code is constants.BRANCH:
        return list(value[1])
    if code in (constants.ASSERT, constants.ASSERT_NOT):
        return [value[1]]
    if code is getattr(constants, "ATOMIC_GROUP", None):
        return [value]
    return []


def _repetitions(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """For each repetition: a text that leads to it, and one that it takes."""
    for code, value in tree:
        for part in _parts(code, value):
            yield from _repetitions(part, before)
        if code in (constants.MAX_REPEAT, constants.MIN_REPEAT) and value[1] > 50:
            sample = _sample(value[2])
            yield before, sample
            # A repetition that takes a different text first.
            yield before + sample, sample
        if code is not constants.ASSERT_NOT and code is not constants.ASSERT:
            before += _sample([(code, value)])


def _sample(tree: Any) -> str:
    """A short text that the pattern takes."""
    text = ""
    for code, value in tree:
        if code is constants.LITERAL:
            text += chr(value)
        elif code is constants.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif code is constants.ANY:
            text += "a"
        elif code is constants.IN:
            text += _member(value)
        elif code in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            text += _sample(value[2]) * max(value[0], 1)
        elif code is constants.BRANCH:
            text += _sample(value[1][0])
        elif code is constants.SUBPATTERN:
            text += _sample(value[3])
    return text


def _member(items: Any) -> str:
    """A character of a set: a letter or a blank where these are in it."""
    taken = re.compile(_set_of(items))
    return next((c for c in ["a", " ", *SYMBOLS, "A", "Z"] if taken.match(c)), "a")


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


def _set_of(items: Any) -> str:
    inside = ""
    for code, value in items:
        if code is constants.NEGATE:
            inside += "^"
        elif code is constants.LITERAL:
            inside += re.escape(chr(value))
        elif code is constants.RANGE:
            inside += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        elif code is constants.CATEGORY:
            inside += _CATEGORIES[str(value)]
    return f"[{inside}]"


# ---------------------------------------------------------------- measuring


class _Late(Exception):
    """The pattern takes longer than the bound."""


def _stop(_: int, __: FrameType | None) -> None:
    raise _Late


def runner(found: Found, method: str) -> Callable[[str], object]:
    """A function that uses the pattern as the tool does."""
    compiled = re.compile(found.pattern, found.flags)
    if method in ("finditer", "findall", "sub", "subn", "split"):
        return lambda text: sum(1 for _ in compiled.finditer(text))
    called: Callable[[str], object] = getattr(compiled, method)
    return called


def seconds(run: Callable[[str], object], text: str) -> float:
    """The processor time of a run, cut where it is far beyond the bound."""
    begin = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        run(text)
    except _Late:
        pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - begin


def _steady(run: Callable[[str], object], prefix: str, unit: str, length: int) -> float:
    """The least of a few measures, as other programs run here, too."""
    text = prefix + unit * (length // len(unit)) + TAIL
    return min(seconds(run, text) for _ in range(3))


def slow(found: Found) -> tuple[str, str, float] | None:
    """The beginning and the unit on which a pattern is slow, and for how long."""
    for method in found.methods:
        run = runner(found, method)
        for prefix, unit in hostile(found.pattern, found.flags):
            short, long = (prefix + unit * (n // len(unit)) + TAIL for n in (SCREEN, LONG))
            if seconds(run, short) < SUSPECT or seconds(run, long) < BOUND:
                continue
            taken = _steady(run, prefix, unit, LONG)
            if taken > LIMIT / 3 or taken > max(
                BOUND, GROWTH * _steady(run, prefix, unit, LONG // 2)
            ):
                return prefix, unit, taken
    return None


def main() -> int:
    """Print the slow patterns; their number is the exit code."""
    signal.signal(signal.SIGPROF, _stop)
    patterns, bad = all_patterns(), 0
    for found in patterns:
        verdict = slow(found)
        if verdict is not None:
            prefix, unit, taken = verdict
            bad += 1
            shown = f"{prefix!r} and {unit!r} repeated"
            print(f"{found.place}: {taken:.1f} s on {shown}: {found.pattern!r}", flush=True)
    print(f"{len(patterns)} patterns")
    return bad


if __name__ == "__main__":
    sys.exit(main())
