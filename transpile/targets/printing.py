"""Prints planned modules and their run-time helpers for the target that they are planned for."""

from collections.abc import Iterable

from transpile.model import Form
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.names import HELPERS as FLYTE_HELPERS
from transpile.targets.flyte.render import render_runtime as runtime_of_flyte
from transpile.targets.flyte.render import render_workflows
from transpile.targets.flyte2.names import HELPERS as FLYTE2_HELPERS
from transpile.targets.flyte2.render import render_program, runtime_of_flyte2


def render_module(module: ModulePlan) -> str:
    """The text of the module."""
    if module.driver is not None:
        return render_program(module, module.driver)
    return render_workflows(module)


def helper_names(form: Form) -> frozenset[str]:
    """The run-time helpers that modules may import."""
    return FLYTE2_HELPERS if form.drives else FLYTE_HELPERS


def render_runtime(form: Form | None = None, names: Iterable[str] | None = None) -> str:
    """The text of job_runtime.py with these helpers, by default all.

    A form with branches serves all modules of flytekit.
    """
    form = form or Form()
    names = helper_names(form) if names is None else names
    return runtime_of_flyte2(names) if form.drives else runtime_of_flyte(form, names)
