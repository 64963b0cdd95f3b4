"""What dry-run and verify are pointed at: legacy sources or emitted modules, ready to be run."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transpile.flyte.model import ModulePlan
from transpile.flyte.render import render_module, render_runtime
from transpile.ir import Command, ExitRule, Network
from transpile.pipeline import Estate
from transpile.rehearsal.blueprint import Workflow
from transpile.rehearsal.engine import Record
from transpile.rehearsal.rehearse import Plan, Rehearsal, runtime_source
from transpile.rehearsal.result import BoxStates, Result, summarise
from transpile.rehearsal.roster import (
    Roster,
    box_states,
    labelled_roster,
    reported_boxes,
    reported_roster,
    roster_of,
)
from transpile.rehearsal.verify import Verdict, Verifier
from transpile.semantics import Ending, Engine, Outcome, State, engine_of
from transpile.semantics.autosys import succeeds

REPORT = "report.json"


@dataclass(slots=True)
class Target:
    """One workflow that can be run. `rules` has the success rules of jobs, where they are known."""

    rehearsal: Rehearsal
    workflow: Workflow
    variable: str
    roster: Roster
    box_states: Callable[[Mapping[str, str | None]], BoxStates]
    rules: dict[str, ExitRule] = field(default_factory=dict)
    globals: dict[str, str] = field(default_factory=dict)

    def failure(self, job: str) -> Outcome:
        """How the job fails if nobody says with which exit code."""
        rule = self.rules.get(job, ExitRule())
        return Outcome((next((c for c in range(1, 256) if not succeeds(rule, c)), 1),))

    def run(self, plan: Plan, watch: Callable[[Record], None] | None = None) -> Result:
        """Run it once."""
        outcome = self.rehearsal.run(self.workflow, plan, watch)
        inputs = {**self.workflow.defaults, **plan.inputs}
        values = {name: _set(inputs.get(given)) for name, given in self.globals.items()}
        states = self.box_states(values)
        return summarise(self.rehearsal, self.workflow, self.roster, states, outcome)


def _set(value: Any) -> str | None:
    """The value of a global; its own spelling stands for none."""
    return None if value is None or str(value).startswith("$$") else str(value)


def write_module(module: ModulePlan, folder: Path) -> Path:
    """Write the module as `convert` does."""
    path = folder / f"{module.name}.py"
    path.write_text(render_module(module), encoding="utf-8")
    return path


def from_estate(estate: Estate, folder: Path, *, execute: bool) -> Iterator[Target]:
    """The workflows of an estate, emitted into a folder. Raises LoadError."""
    for module, network in estate.emitted():
        rehearsal = Rehearsal(write_module(module, folder), render_runtime(), execute=execute)
        yield Target(
            rehearsal=rehearsal,
            workflow=rehearsal.workflows[module.name],
            variable=module.name,
            roster=roster_of(network),
            box_states=_exact(engine_of(network)),
            rules=_rules(network),
            globals=module.inputs,
        )


def _rules(network: Network) -> dict[str, ExitRule]:
    jobs = network.jobs.values()
    return {job.name: job.action.success for job in jobs if isinstance(job.action, Command)}


def _exact(engine: Engine) -> Callable[[Mapping[str, str | None]], BoxStates]:
    """The states of boxes by the source's own rules."""

    def of_values(values: Mapping[str, str | None]) -> BoxStates:
        def of_run(endings: Mapping[str, Ending], found: Mapping[str, Record]) -> dict[str, State]:
            return engine.boxes(endings, reported_boxes(found), values)

        return of_run

    return of_values


def is_emitted(path: Path) -> bool:
    """True for a Python module, or a folder that holds one which builds workflows."""
    if path.suffix == ".py":
        return True
    return path.is_dir() and any(map(_builds_workflows, _modules(path)))


def _modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.py") if path.name != "job_runtime.py")


def _builds_workflows(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return "flytekit" in text and "orkflow" in text


def from_modules(path: Path, *, execute: bool) -> Iterator[Target]:
    """The workflows of an emitted module, or of a folder of them. Raises LoadError and OSError.

    report.json beside them says which jobs they were made from; without it the nodes do.
    """
    folder = path if path.is_dir() else path.parent
    paths = [p for p in _modules(path) if _builds_workflows(p)] if path.is_dir() else [path]
    rows = _reported(folder)
    source = runtime_source(folder, render_runtime(), execute=execute)
    for module in paths:
        rehearsal = Rehearsal(module.resolve(), source, execute=execute)
        reported = reported_roster(row for row in rows if row.get("module") == module.stem)
        for variable, workflow in rehearsal.workflows.items():
            found = labelled_roster(workflow)
            known = variable == module.stem and set(found) <= set(reported)
            roster = reported if known else found
            yield Target(rehearsal, workflow, variable, roster, _approximate(roster))


def _reported(folder: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        return [row for row in data["jobs"] if isinstance(row["name"], str)]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _approximate(roster: Roster) -> Callable[[Mapping[str, str | None]], BoxStates]:
    def of_values(_: Mapping[str, str | None]) -> BoxStates:
        return lambda endings, found: box_states(roster, endings, found)

    return of_values


def verify_module(
    module: ModulePlan, path: Path, network: Network, most: int, seed: int
) -> Verdict:
    """Compare an emitted module with the network of its jobs. Raises LoadError."""
    rehearsal = Rehearsal(path, render_runtime())
    workflow = rehearsal.workflows[module.name]
    return Verifier(rehearsal, workflow, network, module.inputs).verify(most, seed)
