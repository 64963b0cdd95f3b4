"""Renders plans as Python source; templates print and make no decision."""

import hashlib
from collections.abc import Iterable, Sequence

from jinja2 import FunctionLoader, Template

from transpile.model import Form
from transpile.sources.resources import read_resource
from transpile.targets.flyte.admin import constants_of
from transpile.targets.flyte.cut_plans import CutsPlan
from transpile.targets.flyte.filters import environment
from transpile.targets.flyte.helpers import assemble
from transpile.targets.flyte.imports import imports_of
from transpile.targets.flyte.layout import lay_out
from transpile.targets.flyte.model import ModulePlan, TaskPlan

_ENVIRONMENT = environment(
    loader=FunctionLoader(lambda name: read_resource("templates", f"{name}.py.jinja"))
)


def template(name: str) -> Template:
    """The template of that name."""
    return _ENVIRONMENT.get_template(name)


_TASK = template("task")
_BRANCH = template("branch")
_APPROVAL = template("approval")
_WAIT = template("wait")
_OBJECT = template("task_object")
_HANDLER = template("handler")
_WORKFLOW = template("workflow")
_FUNCTION = template("workflow_function")
_CUTS = template("cuts")
_CUT = template("cut")
_MODULE = template("module")
_DATES = template("dates")
_RUN_DAYS = template("run_days")
_LAUNCH_PLAN = template("launch_plan")
_MAIN = template("main")
_RUNTIME_HEADING = "Run-time helpers of these workflows: the standard library and flytekit."
_LOG_FILTER = "logger.addFilter"
"""The statement of the runtime that filters a message of flytekit out of the log."""


def render_workflows(module: ModulePlan) -> str:
    """The text of a module of workflows."""
    parts = [text_of(_MODULE, module=module, imports=imports_of(module))]
    template = _FUNCTION if module.form.declarative else _WORKFLOW
    for workflow in module.workflows:
        for task in workflow.tasks:
            parts.append(_task(task))
            parts += [text_of(_BRANCH, task=task)] if task.branch else []
            parts += [text_of(_APPROVAL, task=task)] if task.approval else []
            parts += [text_of(_WAIT, task=task)] if task.wait else []
        parts += [text_of(_HANDLER, workflow=workflow)] if workflow.handler else []
        parts.append(text_of(template, workflow=workflow))
    if module.dates:
        parts.append("\n\n".join(text_of(_DATES, days=days) for days in module.dates))
    parts += [text_of(_RUN_DAYS, plan=plan) for plan in module.run_days]
    parts += [text_of(_LAUNCH_PLAN, plan=plan) for plan in module.launch_plans]
    parts += [] if module.beside else [text_of(_MAIN, main=module.main)]
    return joined(parts)


def joined(parts: Sequence[str]) -> str:
    """The heading of a module, and what follows it, apart as black has them."""
    heading, *rest = parts
    # black wants two empty lines only before a definition.
    defines = rest[0].startswith(("@", "def ", "class "))
    close = not defines and not heading.rpartition("\n")[2].startswith("#")
    return heading + ("\n\n" if close else "\n\n\n") + "\n\n\n".join(rest) + "\n"


def render_cuts(plan: CutsPlan) -> str:
    """The text of a module of cuts."""
    constants = (*plan.cuts, *plan.tells)
    parts = [text_of(_CUTS, plan=plan), *(text_of(_CUT, cut=cut) for cut in constants)]
    return "\n\n".join(parts) + "\n"


def text_of(template: Template, **values: object) -> str:
    """What a template prints, in black's format."""
    return lay_out(template.render(**values).strip("\n"))


def _task(task: TaskPlan) -> str:
    return task.text or text_of(_OBJECT if task.maker else _TASK, task=task)


def plan_digest(module: ModulePlan) -> str:
    """A digest of everything in a plan that is printed."""
    printed = (
        module.form,
        module.folder,
        module.heading,
        module.left_out,
        module.entities,
        module.cuts,
        module.sides,
        module.workflows,
        module.dates,
        module.run_days,
        module.launch_plans,
        module.driver,
    )
    return hashlib.sha256(repr(printed).encode("utf-8", "surrogatepass")).hexdigest()


def render_runtime(form: Form, names: Iterable[str]) -> str:
    """The text of job_runtime.py with these helpers; a form with branches serves all modules."""
    constants = constants_of(form.platform)
    wanted = (_LOG_FILTER, *names)
    return assemble(_RUNTIME_HEADING, wanted, constants, branching=form.branching)
