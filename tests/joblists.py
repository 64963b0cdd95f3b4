"""Lists of jobs as text, what is read from them, and the same graph in every shape."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import yaml

from transpile.dialects import DIALECTS
from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.model import Command, Condition, Job, Network, Site, Status, replaced
from transpile.model.condition import ExitCode
from transpile.model.rules import Table
from transpile.sources.text import Source, Span

TOML = Span("transpile.toml", 1)


class Found(NamedTuple):
    """What was read: the networks, and the findings about them in their order."""

    networks: list[Network]
    findings: list[Diagnostic]

    @property
    def jobs(self) -> dict[str, Job]:
        """The jobs of all networks."""
        return {name: job for network in self.networks for name, job in network.jobs.items()}

    @property
    def places(self) -> list[tuple[str, int, int]]:
        """The code of each finding but A731, with its line and column."""
        found = (f for f in self.findings if f.code != "A731")
        return [(f.code, f.span.line, f.span.column) for f in found]

    def said(self, code: str) -> list[str]:
        """The messages of the findings with a code."""
        return [found.message for found in self.findings if found.code == code]

    def command(self, name: str) -> str:
        """The command of a job."""
        action = self.jobs[name].action
        assert isinstance(action, Command)
        return "".join(map(str, action.text))

    def waits(self) -> dict[str, list[str]]:
        """What each job waits for, by conditions on successes."""
        found = {}
        for name, job in self.jobs.items():
            terms = getattr(job.condition, "terms", (job.condition,))
            found[name] = [term.job for term in terms if isinstance(term, Status)]
        return found


def read(
    text: str, label: str = "night.csv", zone: str = "", tables: Sequence[Mapping[str, object]] = ()
) -> Found:
    """What is read from a list of that name; `zone` is the default one."""
    diagnostics = Diagnostics()
    site = Site(
        timezones=(("default", zone),) if zone else (),
        tables=tuple(Table("list", table, TOML) for table in tables),
    )
    networks = list(DIALECTS["joblist"].read([Source(label, text)], diagnostics, site))
    diagnostics.decide()
    return Found(networks, list(diagnostics))


def bare(job: Job) -> Job:
    """The job without the places where it stands, and without texts for readers."""
    nowhere = Span("", 0)

    def unplaced(condition: Condition | None) -> Condition | None:
        if condition is None:
            return None
        return replaced(
            condition,
            lambda a: replace(a, span=None, offset=0) if isinstance(a, Status | ExitCode) else a,
        )

    rule = job.box_rule
    if rule is not None:
        rule = replace(rule, span=nowhere)
    return replace(
        job,
        span=nowhere,
        condition=unplaced(job.condition),
        condition_text="",
        condition_span=None,
        box_rule=rule,
        notes=(),
        description="",
    )


class Step(NamedTuple):
    """A job of a graph to write."""

    name: str
    command: str
    after: tuple[str, ...] = ()


def as_table(steps: Sequence[Step], delimiter: str = ",", separator: str = ";") -> str:
    """The graph as a table."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["name", "command", "after"])
    for step in steps:
        writer.writerow([step.name, step.command, separator.join(step.after)])
    return text.getvalue()


def _mapping(step: Step) -> dict[str, object]:
    return {"command": step.command, **({"after": list(step.after)} if step.after else {})}


def as_yaml(steps: Sequence[Step]) -> str:
    """The graph as a mapping in YAML."""
    return str(yaml.safe_dump({"jobs": {s.name: _mapping(s) for s in steps}}, sort_keys=False))


def as_json(steps: Sequence[Step]) -> str:
    """The graph as a list in JSON."""
    return json.dumps([{"name": step.name, **_mapping(step)} for step in steps], indent="\t")


def in_dot(text: str) -> str:
    """A quoted text of dot."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def as_dot(steps: Sequence[Step]) -> str:
    """The graph in dot."""
    lines = [f"{in_dot(step.name)} [command={in_dot(step.command)}];" for step in steps]
    lines += [f"{in_dot(other)} -> {in_dot(step.name)};" for step in steps for other in step.after]
    return "\n".join(["digraph {", *lines, "}"])


def as_pairs(steps: Sequence[Step]) -> str:
    """The graph as pairs, which have no commands."""
    alone = (f"{step.name} {step.name}" for step in steps)
    edges = (f"{other} {step.name}" for step in steps for other in step.after)
    return "\n".join([*alone, *edges])
