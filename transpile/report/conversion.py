"""Converts single workflows to modules and reports, in any process."""

from collections.abc import Sequence
from dataclasses import dataclass

from transpile.findings.diagnostics import Added
from transpile.report.page import packed
from transpile.report.workflow import Sources, WorkflowReport, report_of
from transpile.targets.flyte.helper_use import helpers_in
from transpile.targets.flyte.plan import PlanTask
from transpile.targets.flyte.render import plan_digest, render_module


@dataclass(frozen=True, slots=True)
class Standing:
    """The module as it stands in the output folder, and the digest of its plan."""

    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class ConvertTask:
    """The conversion of one workflow."""

    plan: PlanTask
    sources: Sources
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Converted:
    """A converted workflow.

    `text` is None if the module stands as it is. `digest` is that of its plan, `helpers` are the
    run-time helpers that it uses, `added` is what was found.
    """

    text: str | None
    digest: str
    helpers: frozenset[str]
    added: Added
    report: WorkflowReport


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
    digest, standing = plan_digest(module), task.standing
    stands = standing is not None and standing.digest == digest
    text = standing.text if stands and standing else render_module(module)
    report, details = report_of(module, facts, text, task.sources, diagnostics)
    converted = Converted(
        None if stands else text, digest, helpers_in(text), diagnostics.added, report
    )
    return converted, details
