"""Plans to Python source: the templates print, and take no decision."""

import hashlib
from collections.abc import Sequence

from jinja2 import Environment, FunctionLoader, StrictUndefined

from transpile.flyte.layout import lay_out
from transpile.flyte.literals import annotation, bound, keyword, operand, passed, python, string
from transpile.flyte.model import ModulePlan, Value
from transpile.resources import read_resource

INDENT = "    "
_PRAGMAS = ("!", ":", "fmt:", "isort:", "mypy:", "noqa", "pylint:", "ruff:", "type:", "yapf:")


def _name(text: str) -> str:
    if not (text.isidentifier() and text.isascii()):
        raise ValueError(f"{text!r} is no identifier")
    return text


def _dotted(text: str) -> str:
    return ".".join(map(_name, text.split(".")))


def _names(names: Sequence[str]) -> str:
    return ", ".join(map(_name, names))


def _imported(pairs: Sequence[tuple[str, str]]) -> str:
    return ", ".join(
        _name(name) if name == alias else f"{_name(name)} as {_name(alias)}"
        for name, alias in pairs
    )


def _strings(texts: Sequence[str]) -> str:
    """A tuple."""
    return f"({', '.join(map(string, texts))}{',' if len(texts) == 1 else ''})"


def _parameters(names: Sequence[str]) -> str:
    return ", ".join(f"{_name(name)}: str" for name in names)


def _keywords(pairs: Sequence[tuple[str, Value]]) -> str:
    return ", ".join(map(keyword, pairs))


def _comment(text: str) -> str:
    """One line that no line break or odd character can end early."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    clean = text.strip()
    # Comments that tools obey must not come from a source.
    return f"- {clean}" if clean.startswith(_PRAGMAS) else clean


def _docstring(lines: Sequence[str], indent: str = INDENT) -> str:
    """A docstring literal as black leaves it; its first line is not empty."""
    clean = [_docstring_line(line) for line in lines]
    if clean[0].startswith('"'):
        # It would join the opening quotes.
        clean[0] = f" {clean[0]}"
    while len(clean) > 1 and not clean[-1]:
        clean.pop()
    if len(clean) == 1:
        space = " " if clean[0].endswith('"') else ""
        return f'"""{clean[0]}{space}"""'
    body = "".join(f"\n{indent}{line}" if line else "\n" for line in clean[1:])
    return f'"""{clean[0]}{body}\n{indent}"""'


def _docstring_line(line: str) -> str:
    return _comment(line).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: read_resource("templates", f"{name}.py.jinja")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters.update(FILTERS)
    return environment


FILTERS = {
    "annotation": annotation,
    "bound": bound,
    "comment": _comment,
    "docstring": _docstring,
    "dotted": _dotted,
    "imported": _imported,
    "keywords": _keywords,
    "name": _name,
    "names": _names,
    "operand": operand,
    "parameters": _parameters,
    "passed": passed,
    "py": python,
    "strings": _strings,
}
"""Every `{{ }}` of a template ends in one of these."""

_ENVIRONMENT = _environment()
_TASK = _ENVIRONMENT.get_template("task")
_WORKFLOW = _ENVIRONMENT.get_template("workflow")
_FUNCTION = _ENVIRONMENT.get_template("workflow_function")
_MODULE = _ENVIRONMENT.get_template("module")
_DATES = _ENVIRONMENT.get_template("dates")
_RUN_DAYS = _ENVIRONMENT.get_template("run_days")
_LAUNCH_PLAN = _ENVIRONMENT.get_template("launch_plan")
_MAIN = _ENVIRONMENT.get_template("main")
RUNTIME_SOURCE = _ENVIRONMENT.get_template("job_runtime")


def render_module(module: ModulePlan) -> str:
    """The text of the module."""
    parts = [_MODULE.render(module=module)]
    template = _FUNCTION if module.form.declarative else _WORKFLOW
    for workflow in module.workflows:
        parts += [_TASK.render(task=task) for task in workflow.tasks]
        parts.append(template.render(workflow=workflow))
    if module.dates:
        parts.append("\n".join(_DATES.render(days=days) for days in module.dates))
    parts += [_RUN_DAYS.render(plan=plan) for plan in module.run_days]
    parts += [_LAUNCH_PLAN.render(plan=plan) for plan in module.launch_plans]
    parts.append(_MAIN.render(main=module.main))
    return "\n\n\n".join(lay_out(part.strip("\n")) for part in parts) + "\n"


def plan_digest(module: ModulePlan) -> str:
    """The same for plans that give the same text."""
    printed = (
        module.form,
        module.folder,
        module.heading,
        module.left_out,
        module.imports,
        module.entities,
        module.workflows,
        module.dates,
        module.run_days,
        module.launch_plans,
    )
    return hashlib.sha256(repr(printed).encode("utf-8", "surrogatepass")).hexdigest()


def render_runtime() -> str:
    """The text of the run-time helper module."""
    return RUNTIME_SOURCE.render().strip("\n") + "\n"
