"""Puts the inventory of an estate together: one value for all formats of output."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transpile.assess.blockers import Blocker, blockers
from transpile.assess.commands import Found
from transpile.assess.effort import MINUTES, SETTLED, Grade, minutes_of, parts_of_findings
from transpile.assess.needs import Use, merged
from transpile.assess.waves import in_order, waves_of_jobs
from transpile.assess.workflow import Assessment, counted
from transpile.findings.diagnostics import Diagnostic, Diagnostics
from transpile.findings.finding import CODES, Level
from transpile.findings.need import Need
from transpile.model import AnyOf, Condition, ExitCode, GlobalValue, Job, Status, atoms
from transpile.pipeline import Estate


@dataclass(frozen=True, slots=True)
class _Attributed:
    """The workflows with all findings about them, and the findings about none of them."""

    workflows: tuple[Assessment, ...]
    others: tuple[Diagnostic, ...]


def inventory(estate: Estate, assessments: Sequence[Assessment]) -> dict[str, Any]:
    """The inventory as JSON values; the workflows with the most work come first."""
    found = _attributed(estate, assessments)
    workflows, (errors, warnings) = found.workflows, counted(found.others)
    needs = merged(workflow.needs for workflow in workflows)
    minutes = {
        "workflows": sum(workflow.minutes for workflow in workflows),
        "findings about no workflow": minutes_of(parts_of_findings(errors, warnings)),
        "needs": minutes_of({"need": sum(kind in SETTLED for kind, _ in needs)}),
    }
    networks, waves = estate.chosen_facts, waves_of_jobs(estate)
    jobs = [job for facts in networks for job in facts.jobs.values()]
    return {
        "files": len(estate.sources),
        "jobs": dict(Counter(job.kind.value for job in jobs).most_common()),
        "conditions": dict(_forms(jobs).most_common()),
        "globals": sum(len(facts.said.variables) for facts in networks),
        "left_out": sum(name in facts.jobs for facts in networks for name in facts.left_out),
        "grades": list(_grades(workflows)),
        "hours": _hours(sum(minutes.values())),
        "hours_by_part": {part: _hours(number) for part, number in minutes.items()},
        "minutes_rule": dict(MINUTES),
        "blockers": [_blocker(each) for each in blockers(workflows)],
        "needs": list(_needs(needs, workflows)),
        "calendars": _calendars(workflows, needs),
        "schedules": sum(workflow.schedules for workflow in workflows),
        "clocks": _clocks(workflows),
        "findings": _findings(estate.diagnostics),
        "findings_about_no_workflow": {
            "errors": sum(errors.values()),
            "warnings": sum(warnings.values()),
        },
        "workflows": [
            _row(each, in_order(estate, {waves[each.network].get(job, "") for job in each.names}))
            for each in sorted(workflows, key=_by_work)
        ],
    }


def _hours(minutes: int) -> float:
    return round(minutes / 60, 1)


def _by_work(workflow: Assessment) -> tuple[int, str]:
    return -workflow.minutes, workflow.workflow


def _attributed(estate: Estate, assessments: Sequence[Assessment]) -> _Attributed:
    """A finding about no job is one about the only workflow of that name, or in that file."""
    owners: dict[str, list[int]] = defaultdict(list)
    for number, workflow in enumerate(assessments):
        for name in {workflow.workflow, *workflow.files}:
            owners[name].append(number)
    for file in _files_of_others(estate, assessments):
        owners.pop(file, None)
    added: dict[int, list[Diagnostic]] = defaultdict(list)
    others = list(_about_left_out(estate, assessments))
    known = {name for facts in estate.networks for name in facts.jobs}
    for found in estate.diagnostics:
        if found.job in known:
            continue
        candidates = owners.get(found.job or "") or owners.get(found.span.file) or []
        if len(candidates) == 1:
            added[candidates[0]].append(found)
        else:
            others.append(found)
    workflows = (
        workflow.with_findings(added[number]) if number in added else workflow
        for number, workflow in enumerate(assessments)
    )
    return _Attributed(tuple(workflows), tuple(others))


def _files_of_others(estate: Estate, assessments: Sequence[Assessment]) -> set[str]:
    """The files with jobs of workflows that are not selected."""
    if estate.selection is None:
        return set()
    chosen = frozenset().union(*(workflow.names for workflow in assessments))
    jobs = (item for facts in estate.networks for item in facts.jobs.items())
    return {job.span.file for name, job in jobs if name not in chosen}


def _about_left_out(estate: Estate, assessments: Sequence[Assessment]) -> Iterator[Diagnostic]:
    """The findings about jobs in no workflow; names are unique within a network only."""
    assessed: dict[int, set[str]] = defaultdict(set)
    for workflow in assessments:
        assessed[workflow.network] |= workflow.names
    for number, facts in enumerate(estate.networks):
        estate.diagnostics.scope = facts.title
        for name in facts.jobs:
            if name not in assessed[number]:
                yield from estate.diagnostics.judged(name)


def _grades(workflows: Sequence[Assessment]) -> Iterator[dict[str, Any]]:
    for grade in Grade:
        found = [workflow for workflow in workflows if workflow.grade is grade]
        yield {
            "grade": grade.value,
            "meaning": grade.meaning,
            "workflows": len(found),
            "jobs": sum(workflow.jobs for workflow in found),
            "hours": _hours(sum(workflow.minutes for workflow in found)),
        }


def _blocker(blocker: Blocker) -> dict[str, Any]:
    return {
        "code": blocker.name if blocker.name in CODES else None,
        "title": blocker.title or blocker.name,
        "level": blocker.level,
        "findings": blocker.findings,
        "jobs": blocker.jobs,
        "workflows": blocker.workflows,
        "become_automatic": blocker.mended.get(Grade.AUTOMATIC, 0),
        "become_review": blocker.mended.get(Grade.REVIEW, 0),
    }


def _needs(needs: Mapping[Found, Use], workflows: Sequence[Assessment]) -> Iterator[dict[str, Any]]:
    """The needs by kind; those of most jobs first."""
    users = Counter(need for workflow in workflows for need in workflow.needs)
    order = {kind: number for number, kind in enumerate(Need)}
    ranked = sorted(needs.items(), key=lambda n: (order[n[0][0]], -n[1].jobs, n[0][1]))
    for (kind, name), use in ranked:
        yield {
            "kind": kind.value,
            "name": name,
            "jobs": use.jobs,
            "workflows": users[kind, name],
            "file": use.first.file,
            "line": use.first.line,
            **({"in_clear": use.in_clear} if kind is Need.SECRET else {}),
        }


def _calendars(workflows: Sequence[Assessment], needs: Mapping[Found, Use]) -> list[dict[str, Any]]:
    """The calendars that schedules use, and the missing ones."""
    known = {name: facts for each in workflows for name, facts in each.calendars.items()}
    users = Counter(name for workflow in workflows for name in workflow.calendars)
    missing = {name for kind, name in needs if kind is Need.CALENDAR} - known.keys()
    users.update(
        name
        for workflow in workflows
        for kind, name in workflow.needs
        if kind is Need.CALENDAR and name in missing
    )
    return [
        {
            "name": name,
            "found": name in known,
            "workflows": users[name],
            "first": known[name].first if name in known else None,
            "last": known[name].last if name in known else None,
            "days": known[name].days if name in known else None,
        }
        for name in sorted({*known, *missing}, key=lambda name: (-users[name], name))
    ]


def _clocks(workflows: Sequence[Assessment]) -> list[dict[str, Any]]:
    """The start times by time zone; those of most schedules first."""
    schedules: Counter[tuple[str, str]] = Counter()
    users: Counter[tuple[str, str]] = Counter()
    for workflow in workflows:
        schedules.update(workflow.clocks)
        users.update(workflow.clocks.keys())
    ranked = sorted(schedules.items(), key=lambda each: (-each[1], each[0]))
    return [
        {"timezone": zone or None, "times": times, "schedules": n, "workflows": users[zone, times]}
        for (zone, times), n in ranked
    ]


def _forms(jobs: Iterable[Job]) -> Counter[str]:
    """The number of atoms of each kind in conditions, and of conditions with an OR."""
    found: Counter[str] = Counter()
    for job in jobs:
        for condition in job.conditions:
            found["or"] += _has_or(condition)
            for atom in atoms(condition):
                if isinstance(atom, Status):
                    found[atom.test.value] += 1
                elif isinstance(atom, ExitCode):
                    found["exit code"] += 1
                elif isinstance(atom, GlobalValue):
                    found["global"] += 1
                else:
                    found["output"] += 1
                if not isinstance(atom, GlobalValue):
                    found["look-back"] += bool(atom.lookback)
    return +found


def _has_or(condition: Condition | None) -> bool:
    pending = [condition]
    while pending:
        term = pending.pop()
        if isinstance(term, AnyOf):
            return True
        pending += getattr(term, "terms", ())
    return False


def _findings(diagnostics: Diagnostics) -> list[dict[str, Any]]:
    counts = Counter(found.code for found in diagnostics)
    order = {level: number for number, level in enumerate(Level)}
    rows = [
        {
            "code": code,
            "level": CODES[code].level.value,
            "count": number,
            "title": CODES[code].title,
        }
        for code, number in counts.items()
    ]
    return sorted(rows, key=lambda row: (order[CODES[row["code"]].level], -row["count"]))


def _row(workflow: Assessment, waves: list[str]) -> dict[str, Any]:
    return {
        "workflow": workflow.workflow,
        "engine": workflow.engine,
        "grade": workflow.grade.value,
        "hours": _hours(workflow.minutes),
        "jobs": workflow.jobs,
        "boxes": workflow.boxes,
        "edges": workflow.edges,
        "depth": workflow.depth,
        "width": workflow.width,
        "watched": workflow.watched,
        "cuts": workflow.cuts,
        "launch_plans": workflow.launch_plans,
        "errors": sum(workflow.errors.values()),
        "warnings": sum(workflow.warnings.values()),
        "waves": waves,
        "blockers": [*sorted(workflow.errors), *sorted(workflow.warnings), *workflow.to_read],
    }
