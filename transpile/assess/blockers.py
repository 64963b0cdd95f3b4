"""Ranks what keeps workflows from a better grade."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from transpile.assess.effort import Grade
from transpile.assess.workflow import Assessment
from transpile.findings.finding import CODES


@dataclass(slots=True)
class Blocker:
    """A code, or a kind of thing to read, and the workflows that have it.

    `jobs` are those of these workflows, `findings` those of the code. `mended` are the numbers of
    workflows with a better grade once this alone is dealt with, by that grade.
    """

    name: str
    title: str
    level: str
    findings: int = 0
    jobs: int = 0
    workflows: int = 0
    mended: dict[Grade, int] = field(default_factory=lambda: defaultdict(int))


def blockers(workflows: Iterable[Assessment]) -> Sequence[Blocker]:
    """All blockers; first those in workflows with the most jobs."""
    found: dict[str, Blocker] = {}
    for workflow in workflows:
        before = workflow.grade
        for level, counts in (
            ("error", workflow.errors),
            ("warning", workflow.warnings),
            ("to read", workflow.to_read),
        ):
            for name, number in counts.items():
                title = CODES[name].title if name in CODES else ""
                blocker = found.setdefault(name, Blocker(name, title, level))
                blocker.findings += number
                blocker.jobs += workflow.jobs
                blocker.workflows += 1
                after = workflow.without(name)
                if after is not before:
                    blocker.mended[after] += 1
    levels = ("error", "warning", "to read")
    return sorted(found.values(), key=lambda b: (-b.jobs, levels.index(b.level), b.name))
