"""Converts single workflows to modules and reports, in any process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transpile.findings.diagnostics import Added
from transpile.module_tests.render import render_tests
from transpile.report.guide import Entry, entry
from transpile.report.overlay import Traces
from transpile.report.page import packed
from transpile.report.workflow import Sources, WorkflowReport, report_of
from transpile.targets.flyte.cuts import Owner
from transpile.targets.flyte.render import plan_digest
from transpile.targets.flyte.sides import files_of
from transpile.targets.helper_use import helpers_in
from transpile.targets.plan import PlanTask
from transpile.targets.printing import render_module


@dataclass(frozen=True, slots=True)
class Standing:
    """A file of a module as it stands in the output folder, and the digest of its plan."""

    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class ConvertTask:
    """The conversion of one workflow.

    `standing` has files of its module by path, `traces` how its jobs ended in a run. `tests` is the
    path of the tests to write, if any.
    """

    plan: PlanTask
    sources: Sources
    standing: Mapping[str, Standing]
    traces: Traces | None = None
    tests: str = ""


class ConvertedFile(NamedTuple):
    """A file of a module; `text` is None if it stands as it is. `digest` is that of its plan."""

    path: str
    digest: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Converted:
    """A converted workflow.

    `network` is the number of its network. `helpers` are the run-time helpers that it uses, `added`
    is what was found, `cuts` is what other workflows need to know, `entry` what the README of the
    output folder says. `tests` has path and text of its tests, if they were asked for.
    """

    network: int
    files: tuple[ConvertedFile, ...]
    helpers: frozenset[str]
    added: Added
    cuts: Owner
    report: WorkflowReport
    entry: Entry
    tests: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ConvertedBatch:
    """Converted workflows, and the part of report.html with the details of all of them."""

    workflows: tuple[Converted, ...]
    details: str


def warm_up() -> None:
    """Does nothing: a process that looks it up has imported the conversion."""


def convert_batch(tasks: Sequence[ConvertTask]) -> ConvertedBatch:
    """Convert some workflows."""
    found, details = zip(*map(_convert, tasks), strict=True)
    return ConvertedBatch(found, packed(f"[{','.join(details)}]"))


def _convert(task: ConvertTask) -> tuple[Converted, str]:
    """The converted workflow, and its details for report.html."""
    diagnostics = task.plan.findings.opened()
    module, facts = task.plan.plan(diagnostics)
    files, texts = [], {}
    for file in files_of(module):
        digest, standing = plan_digest(file), task.standing.get(file.path)
        stands = standing is not None and standing.digest == digest
        texts[file.path] = standing.text if stands and standing else render_module(file)
        files.append(ConvertedFile(file.path, digest, None if stands else texts[file.path]))
    report, details = report_of(module, facts, texts, task.sources, diagnostics, task.traces)
    helpers = frozenset().union(*map(helpers_in, texts.values()))
    cuts = Owner.of(module)
    network, added = task.plan.part.network, diagnostics.added
    tests = (task.tests, render_tests(module, facts)) if task.tests else None
    found = Converted(network, tuple(files), helpers, added, cuts, report, entry(module), tests)
    return found, details
