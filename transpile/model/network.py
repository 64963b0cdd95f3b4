"""What the source says: jobs, variables, and how the whole starts."""

from dataclasses import dataclass, field

from transpile.model.alert import Alert
from transpile.model.engine import Engine
from transpile.model.job import Blocked, Job
from transpile.model.schedule import Schedule
from transpile.sources.text import Span


@dataclass(frozen=True, slots=True)
class Variable:
    """A global variable. `value` is None when nothing in the estate sets it.

    With `is_start` it is the time at which the run starts.
    """

    name: str
    value: str | None
    is_start: bool = False


@dataclass(slots=True)
class Tally:
    """How many attributes of the source ended in which way."""

    translated: int = 0
    noted: int = 0
    unsupported: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """Everything that a source says about jobs that know one another.

    Its jobs run by the rules of its `engine`. With a `title` all its jobs are one workflow of that
    name, which runs as a whole, by its `schedule`, or, `refused`, not at all; `alerts` are what
    people hear of its end. `deleted` holds the places of jobs that the source deletes itself.
    `side_files` are the real paths of files that were read for it beside the sources, or looked
    for; `side_texts` has what was read, by the names that spans have for them. `outside` says of
    what conditions may name and no workflow runs why that is so; it has been reported.
    `plan` is what only the engine over days needs beside the jobs, in the terms of its dialect.
    """

    jobs: dict[str, Job]
    variables: dict[str, Variable]
    engine: type[Engine]
    deleted: dict[str, Span] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    title: str | None = None
    schedule: Schedule | None = None
    alerts: tuple[Alert, ...] = ()
    refused: bool = False
    side_files: frozenset[str] = frozenset()
    side_texts: dict[str, str] = field(default_factory=dict)
    outside: dict[str, Blocked] = field(default_factory=dict)
    plan: object = None
