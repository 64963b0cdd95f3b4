"""Looks up existing entities: their modules are parsed and not run."""

import ast
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TypeAlias

from transpile.model import Entity, Parameter
from transpile.model.rules import FLYTE2, TARGETS

_BUILT_IN = {"bool", "dict", "float", "int", "list", "str"}
_TYPING = {"Dict": "dict", "List": "list"}
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class NoEntity(Exception):
    """The entity does not exist; the message gives the reason."""


def find_entity(text: str, folders: Sequence[str]) -> Entity:
    """The entity `module:name`, looked up in folders and then on Python's path.

    Raises NoEntity.
    """
    module, colon, name = text.partition(":")
    parts = module.split(".")
    if not (colon and name.isidentifier() and all(part.isidentifier() for part in parts)):
        raise NoEntity("its form is module:name")
    path = _file(parts, [*folders, *sys.path])
    if path is None:
        raise NoEntity(f"module {module} does not exist")
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError, RecursionError) as error:
        raise NoEntity(f"module {module} cannot be read: {error}") from error
    found = [node for node in _statements(tree) if name in _defined(node)]
    if not found:
        raise NoEntity(f"module {module} has no {name}")
    last = found[-1]
    if not isinstance(last, _FUNCTION):
        return Entity(module, name)
    if not last.decorator_list:
        raise NoEntity(f"function {name} has no decorator")
    targets = filter(None, map(_target, last.decorator_list))
    return Entity(module, name, tuple(_inputs(last)), _outputs(last), next(targets, ""))


def _target(decorator: ast.expr) -> str:
    """The platform of a decorator: Flyte 2 has `@env.task`, flytekit `@task` and its like."""
    found = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(found, ast.Attribute):
        is_flytekit = ast.unparse(found.value).partition(".")[0] == "flytekit"
        return TARGETS[0] if is_flytekit else FLYTE2 if found.attr == "task" else ""
    is_flytekit = isinstance(found, ast.Name) and found.id in ("dynamic", "task", "workflow")
    return TARGETS[0] if is_flytekit else ""


def _file(parts: Sequence[str], folders: Sequence[str]) -> Path | None:
    """The source file of a module, found without importing its packages."""
    search: Sequence[str] = folders
    origin = None
    for number, part in enumerate(parts):
        spec = PathFinder.find_spec(part, list(search))
        if spec is None:
            return None
        origin = spec.origin
        search = list(spec.submodule_search_locations or ())
        if number < len(parts) - 1 and not search:
            return None
    return Path(origin) if origin and origin.endswith(".py") else None


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of a module, also those under `if` and `try`."""
    pending = list(reversed(tree.body))
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, ast.If | ast.Try):
            pending += reversed([*node.body, *node.orelse])


def _defined(node: ast.stmt) -> set[str]:
    if isinstance(node, _FUNCTION):
        return {node.name}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return {node.target.id}
    if isinstance(node, ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    return set()


def _inputs(function: _Function) -> Iterator[Parameter]:
    given = function.args
    names = [*given.posonlyargs, *given.args]
    optional = len(names) - len(given.defaults)
    for number, argument in enumerate(names):
        yield Parameter(argument.arg, _type(argument.annotation), number < optional)
    for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        yield Parameter(argument.arg, _type(argument.annotation), default is None)


def _outputs(function: _Function) -> tuple[Parameter, ...] | None:
    """The outputs, which flytekit calls o0, o1 ...; None if they may be those of a NamedTuple."""
    returns = function.returns
    if returns is None or (isinstance(returns, ast.Constant) and returns.value is None):
        return ()
    if isinstance(returns, ast.Subscript) and ast.unparse(returns.value) in ("tuple", "Tuple"):
        parts = returns.slice.elts if isinstance(returns.slice, ast.Tuple) else [returns.slice]
        return tuple(Parameter(f"o{n}", _type(part)) for n, part in enumerate(parts))
    known = _type(returns)
    return (Parameter("o0", known),) if known else None


def _type(annotation: ast.expr | None) -> str:
    """The annotation, if it consists of built-in types; else empty."""
    if isinstance(annotation, ast.Attribute) and ast.unparse(annotation.value) == "typing":
        return _TYPING.get(annotation.attr, "")
    if isinstance(annotation, ast.Name):
        name = _TYPING.get(annotation.id, annotation.id)
        return name if name in _BUILT_IN else ""
    if isinstance(annotation, ast.Subscript):
        outer = _type(annotation.value)
        inside = annotation.slice
        parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
        inner = [_type(part) for part in parts]
        return f"{outer}[{', '.join(inner)}]" if outer and all(inner) else ""
    return ""
