"""Makes the README.md of an output folder: what is in it, how to run and register it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transpile.findings.finding import Level
from transpile.report.overview import Overview
from transpile.report.templates import render
from transpile.targets.flyte.model import ModulePlan, NodeRole
from transpile.targets.flyte.sides import files_of

MOST_WORKFLOWS, MOST_STARTS, MOST_SOURCES = 40, 3, 2
"""Maximum number of listed workflows, and of start times and sources of each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the README says about a workflow; paths are those in its package.

    `starts` are the cron expression and the time zone of some launch plans, `sources` some of the
    files that it is made from. `plan` is a launch plan with a schedule, `side` a side module.
    `otherwise` says how it starts without a schedule, `waits_for` names other workflows.
    """

    title: str
    path: str
    variable: str
    starts: tuple[tuple[str, str], ...]
    more_starts: int
    asked: str
    sources: tuple[str, ...]
    more_sources: int
    plan: str
    side: str
    otherwise: str = ""
    waits_for: str = ""


def entry(module: ModulePlan) -> Entry:
    """The entry of a module."""
    plans = [plan for plan in module.launch_plans if plan.cron]
    starts = [(plan.cron, plan.timezone or "UTC") for plan in plans]
    return Entry(
        title=module.title,
        path=module.path,
        variable=module.name,
        starts=tuple(starts[:MOST_STARTS]),
        more_starts=max(0, len(starts) - MOST_STARTS),
        asked=_asked(module),
        sources=module.sources[:MOST_SOURCES],
        more_sources=max(0, len(module.sources) - MOST_SOURCES),
        plan=plans[0].name if plans else "",
        side=next((file.path for file in files_of(module) if file.beside), ""),
    )


def _asked(module: ModulePlan) -> str:
    """What an execution checks first: its day, or its time."""
    if any(plan.role is NodeRole.START_TIME for plan in module.run_days):
        return "at start times"
    return "on run days" if module.run_days else ""


def guide(package: str, within: str, entries: Sequence[Entry], overview: Overview) -> str:
    """The text of README.md; `entries` has one workflow at least.

    `within` is the folder of the package in OUT.
    """
    said = {line.row.title: line for line in overview.lines()}
    rows = [
        replace(
            row,
            path=within + row.path,
            side=row.side and within + row.side,
            otherwise=said[row.title].start,
            waits_for=said[row.title].waits_for,
        )
        for row in sorted(entries, key=lambda entry: entry.path)
    ]
    cuts = [cut for cut, _, _ in overview.links.cuts]
    form = overview.estate.settings.rules.form
    return render(
        "guide_flyte2.md" if form.drives else "guide.md",
        package=package,
        within=within,
        target=within.rstrip("/") or ".",
        entries=rows[:MOST_WORKFLOWS],
        more=max(0, len(rows) - MOST_WORKFLOWS),
        first=rows[0],
        sides=next((row.side for row in rows if row.side), ""),
        plan=next((row.plan for row in rows if row.plan), ""),
        counted=[_counted(overview, level) for level in (Level.ERROR, Level.WARNING)],
        cuts=bool(cuts),
        starts=any(cut.starts for cut in cuts),
        endpoint=form.platform.endpoint,
    )


def _counted(overview: Overview, level: Level) -> str:
    """The number of findings of a level, with the word."""
    number = overview.levels[level]
    return f"{number:,} {level.value}{'s' * (number != 1)}"
