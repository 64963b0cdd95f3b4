"""The plan of a driver, ready to be printed."""

from dataclasses import dataclass

from transpile.targets.flyte.values import Call, Value


@dataclass(frozen=True, slots=True)
class EnvironmentPlan:
    """A TaskEnvironment: the image, resources, secrets and variables of some tasks."""

    variable: str
    name: str
    settings: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of a driver that starts a job or opens a box.

    It is kept in `variable` if another line needs it. `name` is that of the job, which the function
    runs if there is one. `comments` document a job or box without a task of its own.
    """

    variable: str
    name: str
    call: Call
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DriverPlan:
    """The task that drives a workflow.

    `environment_of` has the environment of each task function. With `loses`, a start is lost while
    an earlier run goes on. `trigger` is the parameter with the name of the trigger, if one of them
    has to check its day or time. `opens` makes the flow and `ends` finishes it.
    """

    environments: tuple[EnvironmentPlan, ...]
    environment_of: dict[str, str]
    task: str
    documentation: tuple[str, ...]
    triggers: tuple[Value, ...]
    loses: bool
    trigger: str
    kickoff: str
    opens: Call
    statements: tuple[Statement, ...]
    ends: Call
