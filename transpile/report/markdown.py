"""Makes report.md: a summary of a conversion, for a merge request."""

from transpile.findings.finding import Level
from transpile.report.overview import Overview
from transpile.report.templates import render
from transpile.report.workflow import WorkflowRow

MOST_WORKFLOWS, MOST_CUTS, MOST_PLACES = 40, 20, 3
"""Maximum number of listed workflows and cuts, and of places per code; report.html has all."""


def markdown(overview: Overview) -> str:
    """The text of report.md."""
    rows = sorted(overview.lines(), key=lambda line: _by_need(line.row))
    workflows, cuts = overview.workflows, overview.links.cuts
    return render(
        "report.md",
        overview=overview,
        rows=rows[:MOST_WORKFLOWS],
        cuts=[(cut, workflows[number].title) for cut, number, _ in cuts[:MOST_CUTS]],
        more_cuts=max(0, len(cuts) - MOST_CUTS),
        more=max(0, len(rows) - MOST_WORKFLOWS),
        places=MOST_PLACES,
        levels=list(Level),
        answered=overview.estate.settings.rules.site.readings,
        asked=overview.estate.readings,
        accepted=overview.estate.diagnostics.accepted(),
        first=min(workflows, key=_by_ease, default=None),
        worst=[group for group in overview.groups if group.level is Level.ERROR],
        unproven=[group for group in overview.groups if group.level is Level.WARNING],
    )


def _by_need(row: WorkflowRow) -> tuple[int, int, int, str]:
    """A sort key: most errors first, then most warnings, then most jobs."""
    errors, warnings = row.levels[Level.ERROR], row.levels[Level.WARNING]
    return -errors, -warnings, -row.jobs, row.title


def _by_ease(row: WorkflowRow) -> tuple[int, int, str]:
    """A sort key: fewest errors first, then most jobs."""
    return row.levels[Level.ERROR], -row.jobs, row.title
