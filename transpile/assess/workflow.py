"""Assesses one workflow, in any process."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from transpile.assess.commands import Found
from transpile.assess.effort import Grade, minutes_of, parts_of_findings
from transpile.assess.needs import Use, needs_of
from transpile.assess.schedules import CalendarFacts, calendars_of, clocks_of, schedules_of
from transpile.findings.diagnostics import Added, Diagnostic
from transpile.findings.finding import Level
from transpile.findings.need import Need
from transpile.model import Approval, Facts
from transpile.model.programs import Schedulers
from transpile.targets.plan import PlanTask

ENTITY = "job that an existing task stands for"
APPROVAL = "approval"
IN_CLEAR = "secret in clear text"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known about a workflow before it is written.

    `errors` and `warnings` are the numbers of findings by code, accepted ones apart. `to_read` are
    the numbers of things that a person has to read although there is no finding. `network` is the
    number of the network with the jobs, `names`.
    """

    workflow: str
    network: int
    engine: str
    files: frozenset[str]
    names: frozenset[str]
    jobs: int
    boxes: int
    edges: int
    depth: int
    width: int
    watched: int
    cuts: int
    launch_plans: int
    schedules: int
    needs: Mapping[Found, Use]
    clocks: Mapping[tuple[str, str], int]
    calendars: Mapping[str, CalendarFacts]
    to_read: Mapping[str, int]
    errors: Mapping[str, int] = field(default_factory=dict)
    warnings: Mapping[str, int] = field(default_factory=dict)

    @property
    def grade(self) -> Grade:
        """What is left to do."""
        return self.without()

    def without(self, mended: str = "") -> Grade:
        """The grade once a code, or a kind of thing to read, is dealt with."""
        if self.errors.keys() - {mended}:
            return Grade.MANUAL
        if self.warnings.keys() - {mended} or self.to_read.keys() - {mended}:
            return Grade.REVIEW
        return Grade.AUTOMATIC

    @property
    def minutes(self) -> int:
        """The estimated work, without that on needs."""
        parts = {
            "workflow": 1,
            "job": self.jobs,
            "watched job": self.watched,
            "wait or start": self.cuts,
            "thing to read": sum(self.to_read.values()),
        }
        return minutes_of(parts | parts_of_findings(self.errors, self.warnings))

    def with_findings(self, found: Iterable[Diagnostic]) -> "Assessment":
        """The assessment with further findings."""
        errors, warnings = counted(found)
        return replace(
            self,
            errors=Counter(self.errors) + errors,
            warnings=Counter(self.warnings) + warnings,
        )


def counted(found: Iterable[Diagnostic]) -> tuple[Counter[str], Counter[str]]:
    """The numbers of errors and of warnings by code, without accepted ones."""
    errors: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    for finding in found:
        if not finding.accepted and finding.level is Level.ERROR:
            errors[finding.code] += 1
        elif not finding.accepted and finding.level is Level.WARNING:
            warnings[finding.code] += 1
    return errors, warnings


def assess_batch(
    tasks: Sequence[PlanTask], schedulers: Schedulers
) -> list[tuple[Assessment, Added]]:
    """The assessments of some workflows, and what planning found about them."""
    return [_assess(task, schedulers) for task in tasks]


def _assess(task: PlanTask, schedulers: Schedulers) -> tuple[Assessment, Added]:
    findings = task.findings.opened()
    module, facts = task.plan(findings)
    judged = {name: findings.judged(name) for name in facts.jobs}
    needs = needs_of(facts, schedulers, judged)
    schedules = tuple(schedules_of(facts))
    boxes = sum(bool(facts.members.get(name)) for name in facts.jobs)
    depth, width = _shape(facts)
    errors, warnings = counted(found for each in judged.values() for found in each)
    assessed = Assessment(
        workflow=module.title,
        network=task.part.network,
        engine=facts.said.engine.name,
        files=frozenset(job.span.file for job in facts.jobs.values()),
        names=frozenset(facts.jobs),
        jobs=len(facts.jobs) - boxes,
        boxes=boxes,
        edges=sum(d.edge for d in facts.dependencies),
        depth=depth,
        width=width,
        watched=len(module.watched),
        cuts=len(facts.cuts),
        launch_plans=len(module.launch_plans),
        schedules=len(schedules),
        needs=needs,
        clocks=clocks_of(schedules),
        calendars=calendars_of(schedules),
        to_read=_to_read(facts, needs),
        errors=errors,
        warnings=warnings,
    )
    return assessed, findings.added


def _to_read(facts: Facts, needs: Mapping[Found, Use]) -> dict[str, int]:
    jobs = facts.jobs.values()
    counts = {
        ENTITY: sum(job.call is not None for job in jobs),
        APPROVAL: sum(isinstance(job.action, Approval) for job in jobs),
        IN_CLEAR: sum(kind is Need.SECRET and use.in_clear for (kind, _), use in needs.items()),
    }
    return {what: number for what, number in counts.items() if number}


def _shape(facts: Facts) -> tuple[int, int]:
    """Depth, the number of jobs in the longest row, and width, the most jobs at one depth."""
    graph = facts.graph
    leaf = {v: n for n, v in graph.start.items() if not facts.members.get(n)}
    level = [0] * len(graph.behind)
    for vertex in graph.sorted:
        after = level[vertex] + (vertex in leaf)
        for target in graph.behind[vertex]:
            level[target] = max(level[target], after)
    found = Counter(level[vertex] for vertex in leaf)
    return (max(found) + 1, max(found.values())) if found else (0, 0)
