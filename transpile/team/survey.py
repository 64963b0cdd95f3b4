"""What a team has to decide about an estate, before it writes any setting."""

from collections.abc import Mapping
from dataclasses import dataclass

from transpile.model.readings import Reading

MOST_JOBS = 100
"""Flyte's default limit of nodes in a workflow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedWorkflow:
    """A workflow of an estate: its title, its units in source order, and its number of jobs."""

    title: str
    units: tuple[str, ...]
    jobs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a team has to decide about an estate, by kind; numbers are those of jobs.

    `files` has the number of files by format, `tables` the names of settings that only the formats
    know. `zones` are the time zones of schedules, `unzoned` tells that some have none.
    `outside` are jobs that conditions name and no source defines. `shared` are files that tasks
    pass to one another, `unset` are globals without a value. `asked` has the code that asks for a
    reading, if one does. `properties` are those by which modules can stand in folders, `unplanned`
    says which schedules were left out.
    """

    files: Mapping[str, int]
    tables: tuple[str, ...]
    jobs: int
    workflows: tuple[SurveyedWorkflow, ...]
    zones: Mapping[str, int]
    unzoned: bool
    unknown_zones: Mapping[str, int]
    placeholders: Mapping[str, int]
    outside: Mapping[str, int]
    hosts: Mapping[str, int]
    users: Mapping[str, int]
    types: Mapping[str, int]
    unset: tuple[str, ...]
    watched: tuple[str, ...]
    shared: tuple[str, ...]
    readings: tuple[Reading, ...]
    asked: Mapping[str, str]
    properties: tuple[str, ...]
    unplanned: tuple[str, ...]
    needs_endpoint: bool

    @property
    def large(self) -> tuple[SurveyedWorkflow, ...]:
        """The workflows that hold more jobs than Flyte takes nodes, and several units."""
        found = (w for w in self.workflows if w.jobs > MOST_JOBS and len(w.units) > 1)
        return tuple(sorted(found, key=lambda workflow: (-workflow.jobs, workflow.title)))
