"""Renders programs as Python source; templates print and make no decision."""

from collections.abc import Iterable

from transpile.targets.flyte.helpers import assemble
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.render import joined, template, text_of
from transpile.targets.flyte.values import Fixed
from transpile.targets.flyte2.imports import imports_of
from transpile.targets.flyte2.model import DriverPlan

_MODULE = template("flyte2_module")
_ENVIRONMENT = template("flyte2_environment")
_TASK = template("flyte2_task")
_CHECK = template("flyte2_check")
_DRIVER = template("flyte2_driver")
_MAIN = template("flyte2_main")
_DATES = template("dates")
_RUNTIME_HEADING = "Run-time helpers of these programs: the standard library and flyte."


def render_program(module: ModulePlan, driver: DriverPlan) -> str:
    """The text of the module."""
    workflow = module.main
    parts = [text_of(_MODULE, module=module, imports=imports_of(module, driver))]
    parts.append(_environments(driver))
    for task in workflow.tasks:
        environment = driver.environment_of[task.function]
        parts.append(text_of(_TASK, task=task, environment=environment))
    if module.dates:
        parts.append("\n\n".join(text_of(_DATES, days=days) for days in module.dates))
    parts += [text_of(_CHECK, plan=plan) for plan in module.run_days]
    triggers = driver.triggers
    parts.append(
        text_of(
            _DRIVER,
            workflow=workflow,
            driver=driver,
            environment=driver.environments[-1].variable,
            triggers=triggers[0] if len(triggers) == 1 else Fixed(triggers),
            checks=module.run_days,
        )
    )
    parts.append(text_of(_MAIN, main=workflow))
    return joined(parts)


def _environments(driver: DriverPlan) -> str:
    """The environments; that of the driver is the last one and is deployed with the others."""
    *others, _ = (each.variable for each in driver.environments)
    return "\n".join(
        text_of(
            _ENVIRONMENT,
            environment=each,
            others=others if each is driver.environments[-1] else [],
        )
        for each in driver.environments
    )


def runtime_of_flyte2(names: Iterable[str]) -> str:
    """The text of job_runtime.py with these helpers."""
    return assemble(_RUNTIME_HEADING, names, {}, branching=False, drives=True)
