"""Assembles `job_runtime.py` from `transpile.runtime`: the helpers in use and what they need."""

import ast
import builtins
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transpile import __version__
from transpile.sources.resources import read_resource

MODULES = tuple("""
    log masking failures inputs statuses restarts records admin siblings resume resumable errors
    outputs processes shell commands judged waits files executions approvals boxes nodes alerts
    handlers policies schedules dates calendars estate gates clocks legacy
    """.split())
"""The modules of `transpile.runtime`, each after the modules that it imports."""

MODULES_OF_FLYTE2 = tuple("""
    masking inputs statuses restarts flyte2/resume resumable flyte2/failures outputs processes shell
    commands judged waits files records flyte2/admin executions boxes nodes flyte2/attempts alerts
    dates calendars estate legacy clocks flyte2/clocks flyte2/approvals flyte2/gates flyte2/legacy
    flyte2/conditions flyte2/members flyte2/rows flyte2/flow
    """.split())
"""Those for programs of Flyte 2; later definitions replace earlier ones of the same name."""

BRANCHING = "promises"
"""The module whose definitions replace others for workflows with native branches."""

_WIDTH = 88
_OWN = "transpile"
_Import = tuple[str, str]
"""A module and a name in it; without a name, the module itself."""


@dataclass(frozen=True, slots=True)
class _Definition:
    """A top-level statement of the runtime, with the names that it needs.

    `place` is its module and its position there, `gap` the number of empty lines before it.
    """

    name: str
    text: str
    needs: frozenset[str]
    place: tuple[int, int]
    gap: int
    is_block: bool


@dataclass(frozen=True, slots=True)
class _Source:
    """Definitions and imports of the runtime, by name."""

    definitions: Mapping[str, _Definition]
    imports: Mapping[str, _Import]

    def reached_from(self, names: Iterable[str]) -> tuple[list[_Definition], set[_Import]]:
        """The definitions that the names need, in order, and their imports."""
        found: dict[str, _Definition] = {}
        imports: set[_Import] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name in found:
                continue
            if name in self.definitions:
                found[name] = self.definitions[name]
                pending += found[name].needs
            elif name in self.imports:
                imports.add(self.imports[name])
        return sorted(found.values(), key=lambda each: each.place), imports


def assemble(
    heading: str,
    names: Iterable[str],
    constants: Mapping[str, str],
    *,
    branching: bool,
    drives: bool = False,
) -> str:
    """The text of a module with these definitions and everything that they need.

    `constants` holds the text of some definitions. With `branching`, tests of statuses also work on
    Flyte's promises. With `drives`, they serve programs of Flyte 2. Unknown names are ignored.
    """
    source = _source(branching=branching, drives=drives)
    wanted = (name for name in names if name in source.definitions)
    definitions, imports = source.reached_from(wanted)
    parts = [f'"""{heading}"""\n\n# Made by transpile {__version__}.']
    parts += ("", *_import_lines(imports)) if imports else ()
    for before, each in zip((None, *definitions), definitions, strict=False):
        parts.append("\n" * _gap(before, each) + constants.get(each.name, each.text))
    return "\n".join(parts) + "\n"


def _gap(before: _Definition | None, after: _Definition) -> int:
    """The number of empty lines between two statements in black's style."""
    if after.is_block or (before is not None and before.is_block):
        return 2
    if before is None or before.place != (after.place[0], after.place[1] - 1):
        return 1
    return after.gap


def _import_lines(imports: Iterable[_Import]) -> Iterator[str]:
    """Import statements, those of the standard library first."""
    for is_flyte in (False, True):
        chosen = [each for each in imports if each[0].startswith("flyte") is is_flyte]
        plain = sorted(module for module, name in chosen if not name)
        modules = sorted({module for module, name in chosen if name})
        if is_flyte and chosen:
            yield ""
        yield from (f"import {module}" for module in plain)
        for module in modules:
            names = sorted((n for m, n in chosen if m == module and n), key=_rank)
            line = f"from {module} import {', '.join(names)}"
            if len(line) > _WIDTH:
                line = "\n".join((f"from {module} import (", *(f"    {n}," for n in names), ")"))
            yield line


def _rank(name: str) -> tuple[int, str]:
    """The sort key of an imported name: constants, classes, functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


@functools.cache
def _source(*, branching: bool, drives: bool) -> _Source:
    definitions: dict[str, _Definition] = {}
    imports: dict[str, _Import] = {}
    statuses = MODULES.index("statuses") + 1
    modules = [*MODULES[:statuses], BRANCHING, *MODULES[statuses:]] if branching else MODULES
    modules = MODULES_OF_FLYTE2 if drives else modules
    for number, module in enumerate(modules):
        text = read_resource("runtime", f"{module}.py")
        tree = ast.parse(text)
        imports.update(_imported(tree))
        definitions.update(_defined(tree, text.split("\n"), number))
    return _Source(definitions, imports)


def _imported(tree: ast.Module) -> Iterator[tuple[str, _Import]]:
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from ((alias.name, (alias.name, "")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not (node.module or "").startswith(_OWN):
            yield from ((alias.name, (node.module or "", alias.name)) for alias in node.names)


def _defined(tree: ast.Module, lines: list[str], number: int) -> Iterator[tuple[str, _Definition]]:
    for position, node in enumerate(tree.body):
        name = _name(node)
        if name is None:
            continue
        start = first_line(node, lines)
        gap = next(n for n in range(start) if lines[start - 2 - n])
        text = "\n".join(lines[start - 1 : node.end_lineno])
        is_block = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        yield name, _Definition(name, text, free_names(node), (number, position), gap, is_block)


def _name(node: ast.stmt) -> str | None:
    """The name that a statement defines; for a call, that of the function."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case ast.Expr(value=ast.Call(func=function)):
            return ast.unparse(function)
    return None


def first_line(statement: ast.stmt, lines: Sequence[str]) -> int:
    """The number of a statement's first line, with its decorators and the comments above it."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    line = min([statement.lineno, *(node.lineno for node in decorators)])
    while line > 1 and lines[line - 2].startswith("#"):
        line -= 1
    return line


def free_names(statement: ast.stmt) -> frozenset[str]:
    """The names that a statement uses and neither binds itself nor finds among the built-ins."""
    used, bound = set[str](), set(dir(builtins))
    members = set(map(id, _members(statement)))
    for node in ast.walk(statement):
        match node:
            case _ if id(node) in members:
                # A function of a class does not see the other members by their names alone.
                continue
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name) | ast.arg(arg=name) | ast.ExceptHandler(name=str(name)):
                bound.add(name)
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                bound.add(name)
            case ast.alias(name=name, asname=alias):
                bound.add(alias or name.partition(".")[0])
    return frozenset(used - bound)


def _members(statement: ast.stmt) -> Iterator[ast.AST]:
    """What binds the members of classes: functions, and the targets of assignments."""
    for node in ast.walk(statement):
        for member in node.body if isinstance(node, ast.ClassDef) else ():
            yield member
            yield from getattr(member, "targets", ())
            if isinstance(member, ast.AnnAssign):
                yield member.target
