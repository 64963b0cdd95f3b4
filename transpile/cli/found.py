"""Finds out what a team has to decide about an estate, for `transpile init`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from transpile.dialects import DIALECTS
from transpile.findings.codes.cuts import NoEndpoint
from transpile.findings.codes.jobs import UnsetGlobal
from transpile.findings.codes.limits import SharedFile
from transpile.findings.codes.reading import UnknownPlaceholder
from transpile.findings.codes.schedules import NoTimeZone, UnknownTimeZone
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding, Starts
from transpile.model import Facts, FileWatch, GlobalValue, Job, Kind, Status, StatusTest, atoms
from transpile.model.condition import label_of
from transpile.model.facts import properties_of, traits_of
from transpile.model.job import plain
from transpile.pipeline import Estate, Loaded
from transpile.team.survey import Survey, SurveyedWorkflow

_USERS = ("owner", "user", "streamlogon", "user.to.proxy")
"""Notes with the user as which a job runs, in lower case."""

_LAYERS = ("application", "sub_application", "group")
"""Notes by which modules can stand in folders."""


def survey_of(loaded: Loaded, estate: Estate) -> Survey:
    """What a team has to decide about an estate; plans all its workflows."""
    workflows = tuple(_workflow(module.title, facts) for module, facts in estate.plans())
    found, jobs = estate.diagnostics, _jobs(estate.networks)
    dialects = [DIALECTS[name] for name in loaded.sources]
    readings = tuple(reading for dialect in dialects for reading in dialect.readings)
    schedules = [
        each
        for job, _ in jobs
        for each in (job.schedule.each() if job.schedule else ())
        if each.timezone
    ]
    traits = [traits_of(job, dialect) for job, dialect in jobs]
    blocked = [each for (job, _), each in zip(jobs, traits, strict=True) if job.kind is Kind.OTHER]
    known = {key for job, dialect in jobs for key in properties_of(job, dialect)}
    return Survey(
        files={name: len(sources) for name, (_, sources) in loaded.sources.items()},
        tables=tuple(table for dialect in dialects for table in dialect.tables),
        jobs=len(jobs),
        workflows=workflows,
        zones=_ranked(str(schedule.timezone) for schedule in schedules),
        unzoned=bool(_texts(found, NoTimeZone)),
        unknown_zones=_ranked(_texts(found, UnknownTimeZone)),
        placeholders=_ranked(_placeholders(_texts(found, UnknownPlaceholder))),
        outside=_ranked(_outside(estate)),
        hosts=_ranked(each["machine"] for each in traits if each["machine"]),
        users=_ranked(_users(job for job, _ in jobs)),
        types=_ranked(each["type"] for each in blocked),
        unset=tuple(sorted(set(_texts(found, UnsetGlobal)))),
        watched=tuple(dict.fromkeys(_watched(job for job, _ in jobs))),
        shared=tuple(dict.fromkeys(_texts(found, SharedFile))),
        readings=readings,
        asked=_asked(found, [reading.name for reading in readings]),
        properties=tuple(key for key in _LAYERS if key in known),
        unplanned=tuple(str(d) for d in found if d.kind.starts is Starts.NOT_PLANNED),
        needs_endpoint=any(d.kind is NoEndpoint for d in found),
    )


def _jobs(networks: Iterable[Facts]) -> list[tuple[Job, str]]:
    """The jobs that the sources define, each with the name of its dialect."""
    return [(job, n.said.engine.name) for n in networks for job in n.said.jobs.values()]


def _ranked(names: Iterable[str]) -> Mapping[str, int]:
    """The names, the most frequent ones first, with their numbers."""
    return dict(sorted(Counter(names).items(), key=lambda found: (-found[1], found[0])))


def _texts(diagnostics: Diagnostics, kind: type[Finding]) -> list[str]:
    return [found.text for found in diagnostics if found.kind is kind]


def _placeholders(texts: Iterable[str]) -> Iterator[str]:
    """The names in placeholders; a text with several words has none."""
    found = (re.findall(r"\w+", text) for text in texts)
    return (names[0] for names in found if len(names) == 1)


def _workflow(title: str, facts: Facts) -> SurveyedWorkflow:
    jobs = sum(not facts.members.get(name) for name in facts.jobs)
    return SurveyedWorkflow(title=title, units=facts.groups[0], jobs=jobs)


def _outside(estate: Estate) -> Iterator[str]:
    """For each job the other jobs that its conditions name, no source defines and no rule binds."""
    site = estate.settings.rules.site
    for facts in estate.networks:
        known = facts.said.jobs
        for job in known.values():
            labels = {
                label_of(atom)
                for condition in job.conditions
                for atom in atoms(condition)
                if not isinstance(atom, GlobalValue)
                and not (isinstance(atom, Status) and atom.test is StatusTest.NOT_RUNNING)
                and (atom.instance is not None or atom.job not in known)
            }
            yield from (label for label in sorted(labels) if site.external(label) is None)


def _users(jobs: Iterable[Job]) -> Iterator[str]:
    for job in jobs:
        yield from {value for key, value in job.notes if key.lower() in _USERS}


def _watched(jobs: Iterable[Job]) -> Iterator[str]:
    """The files that jobs wait for."""
    for job in jobs:
        if isinstance(job.action, FileWatch):
            yield plain(job.action.path)


def _asked(diagnostics: Diagnostics, names: Sequence[str]) -> dict[str, str]:
    """The code of a finding that names a reading, by reading."""
    found: dict[str, str] = {}
    for diagnostic in diagnostics:
        words = set(re.findall(r"\w+", f"{diagnostic.message} {diagnostic.help}"))
        found |= {name: diagnostic.code for name in names if name in words and name not in found}
    return found
