"""Reads the code of a driver: which jobs each of its lines names."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_STARTING = ("box", "on_ice", "passes", "start")


class Line(NamedTuple):
    """What the line of a job names: other jobs and boxes, and the box that it stands in."""

    named: tuple[str, ...]
    box: str


def lines_of(drive: Callable[..., Any]) -> dict[str, Line]:
    """The lines of a driver by the job or box that they start; none if its code is not there."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(drive)))
    except (OSError, SyntaxError):
        return {}
    jobs: dict[str, str] = {}
    found: dict[str, Line] = {}
    for statement in tree.body[0].body if isinstance(tree.body[0], ast.AsyncFunctionDef) else ():
        call = statement.value if isinstance(statement, ast.Assign | ast.Expr) else None
        started = _started(call)
        if started is None:
            continue
        holder, job, arguments = started
        used = (n.id for each in arguments for n in ast.walk(each) if isinstance(n, ast.Name))
        named = tuple(dict.fromkeys(jobs[name] for name in used if name in jobs))
        found[job] = Line(named, jobs.get(holder, ""))
        for target in _targets(statement):
            jobs[target] = job
    return found


def _started(call: ast.expr | None) -> tuple[str, str, list[ast.expr]] | None:
    """The variable, the job and the other arguments of `flow.start("LOAD", ...)`."""
    match call:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=holder), attr=word),
            args=[ast.Constant(value=str(job)), *arguments],
        ) if (
            word in _STARTING
        ):
            return holder, job, arguments
    return None


def _targets(statement: ast.stmt) -> Iterator[str]:
    for target in statement.targets if isinstance(statement, ast.Assign) else ():
        if isinstance(target, ast.Name):
            yield target.id
