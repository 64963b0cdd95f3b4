"""Renders plans as Python source; templates print and make no decision."""

import hashlib
from collections.abc import Iterable

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
from transpile.targets.flyte.names import HELPERS

_ENVIRONMENT = environment(
    loader=FunctionLoader(lambda name: read_resource("templates", f"{name}.py.jinja"))
)
_TASK = _ENVIRONMENT.get_template("task")
_BRANCH = _ENVIRONMENT.get_template("branch")
_APPROVAL = _ENVIRONMENT.get_template("approval")
_WAIT = _ENVIRONMENT.get_template("wait")
_OBJECT = _ENVIRONMENT.get_template("task_object")
_HANDLER = _ENVIRONMENT.get_template("handler")
_WORKFLOW = _ENVIRONMENT.get_template("workflow")
_FUNCTION = _ENVIRONMENT.get_template("workflow_function")
_CUTS = _ENVIRONMENT.get_template("cuts")
_CUT = _ENVIRONMENT.get_template("cut")
_MODULE = _ENVIRONMENT.get_template("module")
_DATES = _ENVIRONMENT.get_template("dates")
_RUN_DAYS = _ENVIRONMENT.get_template("run_days")
_LAUNCH_PLAN = _ENVIRONMENT.get_template("launch_plan")
_MAIN = _ENVIRONMENT.get_template("main")
_RUNTIME_HEADING = "Run-time helpers of these workflows: the standard library and flytekit."
_LOG_FILTER = "logger.addFilter"
"""The statement of the runtime that filters a message of flytekit out of the log."""


def render_module(module: ModulePlan) -> str:
    """The text of the module."""
    parts = [_text(_MODULE, module=module, imports=imports_of(module))]
    template = _FUNCTION if module.form.declarative else _WORKFLOW
    for workflow in module.workflows:
        for task in workflow.tasks:
            parts.append(_task(task))
            parts += [_text(_BRANCH, task=task)] if task.branch else []
            parts += [_text(_APPROVAL, task=task)] if task.approval else []
            parts += [_text(_WAIT, task=task)] if task.wait else []
        parts += [_text(_HANDLER, workflow=workflow)] if workflow.handler else []
        parts.append(_text(template, workflow=workflow))
    if module.dates:
        parts.append("\n\n".join(_text(_DATES, days=days) for days in module.dates))
    parts += [_text(_RUN_DAYS, plan=plan) for plan in module.run_days]
    parts += [_text(_LAUNCH_PLAN, plan=plan) for plan in module.launch_plans]
    parts += [] if module.beside else [_text(_MAIN, main=module.main)]
    heading, *rest = parts
    # black wants two empty lines only before a definition.
    defines = rest[0].startswith(("@", "def ", "class "))
    close = not defines and not heading.rpartition("\n")[2].startswith("#")
    return heading + ("\n\n" if close else "\n\n\n") + "\n\n\n".join(rest) + "\n"


def render_cuts(plan: CutsPlan) -> str:
    """The text of a module of cuts."""
    parts = [_text(_CUTS, plan=plan), *(_text(_CUT, cut=cut) for cut in plan.cuts)]
    return "\n\n".join(parts) + "\n"


def _text(template: Template, **values: object) -> str:
    return lay_out(template.render(**values).strip("\n"))


def _task(task: TaskPlan) -> str:
    return task.text or _text(_OBJECT if task.maker else _TASK, task=task)


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
    )
    return hashlib.sha256(repr(printed).encode("utf-8", "surrogatepass")).hexdigest()


def render_runtime(form: Form | None = None, names: Iterable[str] = HELPERS) -> str:
    """The text of job_runtime.py with these helpers; a form with branches serves all modules."""
    form = form or Form()
    constants = constants_of(form.platform)
    wanted = (_LOG_FILTER, *names)
    return assemble(_RUNTIME_HEADING, wanted, constants, branching=form.branching)
