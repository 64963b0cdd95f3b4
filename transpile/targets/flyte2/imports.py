"""Finds the imports of an emitted program from its plan."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from transpile.targets.flyte.imports import Imports, names_in
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.names import RUNTIME, STANDARD
from transpile.targets.flyte.values import Moment
from transpile.targets.flyte2.model import DriverPlan
from transpile.targets.flyte2.names import HELPERS

_HOMES = {
    "ActionPhase": "flyte.models",
    "datetime": "datetime",
    "notify": "flyte",
    "timedelta": "datetime",
    "timezone": "datetime",
}


def imports_of(module: ModulePlan, driver: DriverPlan) -> Imports:
    """The imports of a module."""
    used = set(_names(module, driver))
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name in used & _HOMES.keys():
        found[_HOMES[name]].add((name, name))
    for package, name, variable in module.entities:
        found[package].add((name, variable))
    groups = {package: tuple(sorted(found[package])) for package in sorted(found)}
    # A driver asks by itself: it names the cuts that it waits for and those that it starts.
    cuts = (cut for cut in module.cuts if cut[1] in used)
    own = {
        f"{module.form.package}.{place}": tuple(constant for _, constant in constants)
        for place, constants in groupby(cuts, key=itemgetter(0))
    }
    own[f"{module.form.package}.{RUNTIME}"] = tuple(sorted(used & HELPERS))
    return Imports(
        standard=tuple(item for item in groups.items() if item[0] in STANDARD),
        packages=tuple(item for item in groups.items() if item[0] not in STANDARD),
        own=tuple(sorted(own.items())),
    )


def _names(module: ModulePlan, driver: DriverPlan) -> Iterator[str]:
    workflow = module.main
    for task in workflow.tasks:
        yield from (name for _, value in task.settings for name in names_in(value))
        yield from names_in(task.result)
        yield from ("with_alerts",) if task.alerts else ()
        yield from ("datetime",) if any(isinstance(n, Moment) for n in task.parameters) else ()
    for given in workflow.inputs:
        yield from ("datetime",) if given.type == "datetime" else ()
        yield from ("timezone",) if given.type == "datetime" and given.default is None else ()
        yield from () if given.default is None else names_in(given.default)
    for constant in module.dates:
        yield from () if constant.value is None else names_in(constant.value)
    for days in module.run_days:
        yield from ("datetime", "rests", *names_in(days.day or ()), *names_in(days.test))
    for trigger in driver.triggers:
        yield from names_in(trigger)
    yield from ("BY_HAND", "datetime") if driver.kickoff else ()
    yield from ("runs_already",) if driver.loses else ()
    for call in (driver.opens, *(each.call for each in driver.statements), driver.ends):
        yield from names_in(call)
