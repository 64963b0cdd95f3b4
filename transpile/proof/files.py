"""Finds the tasks that make the files that other tasks wait for."""

import ast
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

from transpile.model.files import HOLE, Use, file_of, files_of
from transpile.proof.blueprint import Node, Task, Workflow

_SHELL = ("stdout", "stderr")

Makers = dict[str, frozenset[str]]
"""For the path of each node that waits for a file, the paths of the nodes that make it."""

_Place = tuple[tuple[Workflow | None, str], ...]
"""A node after the nodes around it, outermost first, each with its workflow."""


def paths_in(call: ast.Call, *, written: bool) -> Iterator[str]:
    """The paths in a call of a helper: files that its commands write, or the awaited file."""
    words = {word.arg: word.value for word in call.keywords if word.arg}
    if not written:
        found = file_of(_text(call.args[0], {}), Use.READ) if call.args else None
        yield from [found.path] if found else []
        return
    env = words.get("env")
    names = _values(env) if isinstance(env, ast.Dict) else {}
    for value in (*call.args, *(words[key] for key in _SHELL if key in words)):
        for use in files_of(_text(value, names), own_of(env, names)):
            if use.use in (Use.WRITE, Use.APPEND):
                yield use.path


def own_of(env: ast.expr | None, names: dict[str, str]) -> set[str]:
    """The variables of a command that do not hold a parameter of the task."""
    keys = env.keys if isinstance(env, ast.Dict) else []
    found = {str(key.value) for key in keys if isinstance(key, ast.Constant)}
    return found - names.keys()


def _values(env: ast.Dict) -> dict[str, str]:
    """The variables of a command that hold a parameter of the task, with its name."""
    pairs = zip(env.keys, env.values, strict=True)
    return {
        str(key.value): value.id
        for key, value in pairs
        if isinstance(key, ast.Constant) and isinstance(value, ast.Name)
    }


def _text(value: ast.expr, names: dict[str, str]) -> str:
    """The text of an expression, with marks for parameters; empty for other expressions."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        text = value.value
        for name, parameter in names.items():
            for spelt in (f"${{{name}}}", f"${name}"):
                text = text.replace(spelt, f"{HOLE}{parameter}{HOLE}")
        return text
    if isinstance(value, ast.Name):
        return f"{HOLE}{value.id}{HOLE}"
    if isinstance(value, ast.JoinedStr):
        return "".join(_text(part, names) for part in value.values)
    return _text(value.value, names) if isinstance(value, ast.FormattedValue) else ""


class Handovers:
    """Finds the makers of the files that nodes of a workflow wait for.

    `waits` and `writes` are the paths of files that the task of a node waits for, or writes.
    """

    def __init__(
        self, waits: Callable[[Node, Task], set[str]], writes: Callable[[Node, Task], set[str]]
    ) -> None:
        self._waits = waits
        self._writes = writes
        self._waiting: list[tuple[_Place, set[str]]] = []
        self._making: dict[str, list[_Place]] = {}
        self._known: dict[tuple[int, str], set[str]] = {}
        self._patterns: list[str] = []

    def of(self, workflow: Workflow) -> Makers:
        """The makers of each file that a node of the workflow waits for.

        Tasks downstream of a wait do not count as its makers.
        """
        self._walk(workflow.nodes, workflow, ())
        self._patterns = [path for path in self._making if "*" in path]
        found: Makers = {}
        for place, paths in self._waiting:
            makers = (maker for path in paths for maker in self._makers(path))
            found[_name(place)] = frozenset(
                _name(maker) for maker in makers if not self._is_behind(maker, place)
            )
        return found

    def _makers(self, path: str) -> Iterator[_Place]:
        yield from self._making.get(path, ())
        for pattern in self._patterns:
            if fnmatchcase(path, pattern):
                yield from self._making[pattern]

    def _walk(self, nodes: list[Node], around: Workflow | None, place: _Place) -> None:
        for node in nodes:
            here = (*place, (around, node.id))
            if not isinstance(node.target, Task):
                inner = node.target if isinstance(node.target, Workflow) else None
                self._walk(node.target.nodes, inner, here)
                continue
            if waits := self._waits(node, node.target):
                self._waiting.append((here, waits))
            for path in self._writes(node, node.target):
                self._making.setdefault(path, []).append(here)

    def _is_behind(self, maker: _Place, wait: _Place) -> bool:
        """True if the maker starts only after the wait."""
        pairs = zip(maker, wait, strict=False)
        (around, last), (_, first) = next(
            ((a, b) for a, b in pairs if a[1] != b[1]), (wait[-1],) * 2
        )
        return around is not None and last in self._behind(around, first)

    def _behind(self, workflow: Workflow, first: str) -> set[str]:
        key = (id(workflow), first)
        if key not in self._known:
            found = {first}
            for _ in workflow.nodes:
                more = {n.id for n in workflow.nodes if not found.isdisjoint(n.upstream)} - found
                if not more:
                    break
                found |= more
            self._known[key] = found
        return self._known[key]


def _name(place: _Place) -> str:
    return "/".join(node for _, node in place)
