"""Prints tasks with a template of the team."""

import ast
import functools
from dataclasses import dataclass, replace

import black
from jinja2 import Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from transpile.targets.flyte.filters import FILTERS, dotted, environment, names
from transpile.targets.flyte.helpers import first_line, free_names
from transpile.targets.flyte.model import TaskPlan
from transpile.targets.flyte.names import IMPORTED
from transpile.targets.flyte.objects import Unfit, check_plain
from transpile.targets.flyte.values import Call

_TROUBLE = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""Errors that templates and their filters raise."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A task as a template prints it, and its imports: module, name and variable."""

    task: TaskPlan
    imports: tuple[tuple[str, str, str], ...]


def print_task(task: TaskPlan, template: str, facts: dict[str, str]) -> Printed:
    """Print a task with a template. Raises Unfit.

    A template prints imports, `from x import y`, and one statement: a function with the name,
    parameters and result of the task, or an object with its name that returns nothing.
    """
    try:
        text = _compiled(template).render(task=task, job=facts)
        tree = ast.parse(text)
        *before, last = tree.body or [ast.Pass()]
        imports = tuple(found for statement in before for found in _imported(statement))
        silent = _is_silent(last, task)
        lines = text.splitlines()
        body = "\n".join(lines[first_line(last, lines) - 1 :])
        body = black.format_str(body, mode=black.Mode()).rstrip("\n")
    except SyntaxError as error:
        raise Unfit(f"the template does not print valid Python: {error.msg}") from error
    except _TROUBLE as error:
        raise Unfit(f"the template: {error}") from error
    _check_limit(last, task)
    others = tuple(sorted(free_names(last) - {variable for _, _, variable in imports}))
    for name in others:
        if name not in IMPORTED:
            raise Unfit(f"the module has no name {name}; import it in the template")
    return Printed(replace(task, text=body, names=others, silent=silent), imports)


@functools.cache
def _compiled(source: str) -> Template:
    sandbox = environment(ImmutableSandboxedEnvironment)
    for output in sandbox.parse(source).find_all(nodes.Output):
        for printed in output.nodes:
            if isinstance(printed, nodes.TemplateData):
                continue
            if not isinstance(printed, nodes.Filter) or printed.name not in FILTERS:
                known = ", ".join(sorted(FILTERS))
                raise Unfit(f"line {printed.lineno} of the template must end in one of {known}")
            line = source.splitlines()[printed.lineno - 1]
            if printed.name == "comment" and "#" not in line.partition("{{")[0]:
                raise Unfit(f"line {printed.lineno} of the template prints a comment without a #")
    return sandbox.from_string(source)


def _imported(statement: ast.stmt) -> list[tuple[str, str, str]]:
    """Module, name and variable of each import of a statement."""
    if not isinstance(statement, ast.ImportFrom) or statement.level or not statement.module:
        raise Unfit(
            "the template prints more than imports of the form `from x import y` and a task"
        )
    found = [(statement.module, a.name, a.asname or a.name) for a in statement.names]
    for package, name, variable in found:
        dotted(package)
        names((name, variable))
        if package == "__future__":
            raise Unfit("the template imports from __future__, which changes the whole module")
    return found


def _check_limit(statement: ast.stmt, task: TaskPlan) -> None:
    """Raise Unfit if the template loses the time limit of the job."""
    limited = isinstance(task.result, Call) and "time_limit" in dict(task.result.keywords)
    words = {node.arg for node in ast.walk(statement) if isinstance(node, ast.keyword)}
    if limited and words.isdisjoint(("time_limit", "timeout")):
        raise Unfit("the template leaves out the time limit: time_limit of the result, or timeout")


def _is_silent(statement: ast.stmt, task: TaskPlan) -> bool:
    """True for a task that returns nothing. Raises Unfit if the task does not fit the workflow."""
    if isinstance(statement, ast.FunctionDef) and statement.name == task.function:
        if not statement.decorator_list:
            raise Unfit("the function of the template has no decorator, so it is not a task")
        arguments = statement.args
        found = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        if sorted(found) != sorted(task.parameters) or arguments.vararg or arguments.kwarg:
            wanted = ", ".join(task.parameters) or "none"
            raise Unfit(f"the function of the template must have the parameters: {wanted}")
        result = ast.unparse(statement.returns) if statement.returns else "None"
        if result == task.result_type:
            return False
        if result == "None":
            check_plain(task)
            return True
        raise Unfit(f"the function of the template must return {task.result_type}")
    match statement:
        case ast.Assign(targets=[ast.Name(id=task.function)]):
            check_plain(task)
            return True
    raise Unfit(f"the template must define {task.function}")
