"""Flyte's control plane: what it records about other runs, and what it is asked to do.

The calls block: they belong in a thread beside the event loop of a driver.
"""

import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, TypeVar

import flyte
from flyte import remote
from flyte.errors import InitializationError, RuntimeUserError
from flyte.syncify import syncify

from transpile.runtime.flyte2.failures import Failure, status_of_code
from transpile.runtime.masking import shown
from transpile.runtime.records import Execution, NodeRecord
from transpile.runtime.statuses import (
    SUCCESS,
    TERMINATED,
    Status,
)

Reply = TypeVar("Reply")

# Flyte's name of the action that is the run's own task.
ROOT_ACTION = "a0"
LATEST_FIRST = ("created_at", "desc")
# Flyte's phases for each phase of an execution.
RUN_PHASES = {
    "SUCCEEDED": ("succeeded", "recovered"),
    "FAILED": ("failed",),
    "ABORTED": ("aborted",),
    "TIMED_OUT": ("timed_out",),
    "RUNNING": (
        "queued",
        "waiting_for_resources",
        "initializing",
        "running",
        "paused",
    ),
}
# Why a run is related to an earlier one that it repeats.
RECOVERS = "RELATION_TYPE_RECOVER"
REPEATED = ("RELATION_TYPE_RERUN", RECOVERS)
# Seconds between questions while the control plane is away: five minutes in all.
PAUSES = (1, 2, 4, 8, 15, 30, 60, 60, 60, 60)


@dataclass
class Admin:
    """Traffic with Flyte's control plane.

    `executions` asks about a project and domain, the other methods about those of this run. While
    the control plane is away, each question is asked again after each of the pauses.
    """

    project: str
    domain: str
    pauses: tuple[float, ...] = PAUSES

    def executions(self, workflow: str, phase: str = "") -> Iterator[Execution]:
        """The runs of a driver task, the newest first; those in a phase, if one is given."""
        runs = self._listed(
            lambda: remote.Run.listall(
                task_name=workflow,
                in_phase=RUN_PHASES[phase] if phase else None,
                sort_by=LATEST_FIRST,
                limit=sys.maxsize,
                project=self.project,
                domain=self.domain,
            )
        )
        for run in runs:
            yield Execution(
                run.name,
                workflow,
                phase_of_run(phase_in(run.action)),
                start_in(run.action),
                end_in(run.action),
            )

    def nodes(self, execution: str, parent: str = "") -> list[NodeRecord]:
        """The jobs and rows that the driver of a run has recorded, the newest first.

        No action holds others, so a parent has none.
        """
        if parent:
            return []
        # Open-source control planes have no filter for the parent action.
        actions = self._listed(
            lambda: remote.Action.listall(for_run_name=execution, sort_by=LATEST_FIRST)
        )
        try:
            children = [each for each in actions if each.parent_name == ROOT_ACTION]
        except Exception as error:
            if error_code(error) == "not_found":
                return []
            raise
        records = (action_record(execution, self._named(each)) for each in children)
        return [record for record in records if record]

    def output(self, record: NodeRecord) -> str | int | None:
        """The status of a job that has ended, such as "FAILURE 3"; the output of a row."""
        details = self._details(record.execution, record.id)
        phase = phase_in(details)
        if phase in RUN_PHASES["SUCCEEDED"]:
            value = self._value(details)
            if details.pb2.metadata.HasField("trace"):
                return value
            return str(Status(SUCCESS, value if type(value) is int else None))
        if phase == "failed":
            info = details.error_info
            return status_of_code(info.code if info else "")
        return TERMINATED if phase in ("aborted", "timed_out") else None

    def labels(self, execution: str) -> dict[str, str]:
        """No names: runs resume no others."""
        return {}

    def original(self, execution: str) -> str:
        """The name of the run that this one reruns or recovers; empty if there is none."""
        return self._related(execution, REPEATED)

    def recovered(self, execution: str) -> str:
        """The name of the run that this one recovers; empty if there is none."""
        return self._related(execution, (RECOVERS,))

    def _related(self, execution: str, types: Collection[str]) -> str:
        found = self._asked(lambda: remote.RunDetails.get(name=execution))
        relation = found.action_details.to_dict()["metadata"].get("relation", {})
        if relation.get("relationType") not in types:
            return ""
        return str(relation["relatedTo"]["name"])

    def kickoff(self, execution: str) -> datetime:
        """When a run was to start; one that reruns or recovers another has the other's time."""
        found = self._asked(lambda: remote.RunDetails.get(name=execution))
        scheduled = time_in(found.pb2.run_spec, "run_start_time")
        return scheduled or start_in(found.action_details)

    def start(self, task: str, name: str) -> str:
        """Start a deployed task as the run of this name, and say what has become of it."""
        # Some control planes answer a second start of a name as they do the first one.
        if self._exists(name):
            return f"{name} started already"
        deployed = remote.Task.get(task, auto_version="latest")
        runner = flyte.with_runcontext(mode="remote", name=name)
        try:
            self._asked(lambda: runner.run(deployed))
        except RuntimeUserError as error:
            if error.code != "RunAlreadyExistsError":
                raise
            return f"{name} started already"
        return f"{name} started"

    def _exists(self, name: str) -> bool:
        try:
            self._asked(lambda: remote.RunDetails.get(name=name))
        except Exception as error:
            if error_code(error) == "not_found":
                return False
            raise
        return True

    def _named(self, action: Any) -> Any:
        """An action that has a name: open-source control planes list actions without one."""
        if action.pb2.metadata.WhichOneof("spec"):
            return action
        return self._details(action.run_name, action.name)

    def _details(self, execution: str, action: str) -> Any:
        details_of = remote.ActionDetails.get
        return self._asked(lambda: details_of(run_name=execution, name=action))

    def _value(self, details: Any) -> str | int | None:
        """The first output of an action, if it is a text or a whole number."""
        try:
            literals = self._asked(syncify(details.output_literals))
        except Exception as error:
            # Outputs may have been cleaned up.
            if error_code(error) == "not_found":
                return None
            raise
        if "o0" not in literals:
            return None
        value = literals["o0"].scalar.primitive
        kind = value.WhichOneof("value")
        if kind == "string_value":
            return str(value.string_value)
        return int(value.integer) if kind == "integer" else None

    def _listed(self, listing: Callable[[], Iterator[Any]]) -> Iterator[Any]:
        """The entries of a listing, each once, read page by page."""
        seen = set[str]()
        entries = listing()

        def following() -> Any:
            nonlocal entries
            try:
                return next((each for each in entries if each.name not in seen), None)
            except Exception:
                # A listing that has failed is over; the next one passes over what is known.
                entries = listing()
                raise

        while (found := self._asked(following)) is not None:
            seen.add(found.name)
            yield found

    def _asked(self, ask: Callable[[], Reply]) -> Reply:
        """The answer to a question. Raises Failure if the control plane stays away."""
        pauses = iter(self.pauses)
        while True:
            try:
                return ask()
            except Exception as error:
                if is_final(error):
                    raise
                said = str(error) or type(error).__name__
                pause = next(pauses, None)
                if pause is None:
                    raise Failure("Flyte does not answer", said) from error
                print(f"Flyte does not answer: {shown(said)}; again in {pause} s")
                time.sleep(pause)


def is_final(error: Exception) -> bool:
    """True for an error that the same question meets again."""
    final = ("not_found", "invalid_argument")
    kinds = (RuntimeUserError, InitializationError, TypeError, ValueError)
    return isinstance(error, kinds) or error_code(error) in final


def error_code(error: Exception) -> str:
    """The code of an error, such as "not_found"; empty if it has none."""
    code = getattr(error, "code", "")
    return str(getattr(code, "value", code))


def action_record(execution: str, action: Any) -> NodeRecord | None:
    """The record of a job or a row; None for the row of a job that is skipped or hangs."""
    metadata = action.pb2.metadata
    kind = metadata.WhichOneof("spec")
    if kind not in ("task", "trace"):
        return None
    if kind == "task":
        node = metadata.task.id.name.rpartition(".")[2]
    else:
        node = metadata.trace.name
        if node.endswith((" skipped", " hangs")):
            return None
    # However a job ended, its output says how. One that is recovered ran in an earlier run.
    phase = phase_in(action)
    recorded = "RUNNING" if phase_of_run(phase) == "RUNNING" else "SUCCEEDED"
    recorded = "RECOVERED" if phase == "recovered" else recorded
    return NodeRecord(execution, action.name, node, recorded, end_in(action))


def phase_of_run(phase: str) -> str:
    """The phase of an execution for Flyte's phase of a run."""
    found = (name for name, phases in RUN_PHASES.items() if phase in phases)
    return next(found, "RUNNING")


def phase_in(action: Any) -> str:
    """Flyte's phase of an action, such as "succeeded"."""
    return str(action.phase.value) if action.raw_phase else "queued"


def start_in(action: Any) -> datetime:
    """When an action was created; the present time if Flyte has not recorded that yet."""
    return time_in(action.pb2.status, "start_time") or datetime.now(timezone.utc)


def end_in(action: Any) -> datetime:
    """When an action ended, or its start if it has not."""
    return time_in(action.pb2.status, "end_time") or start_in(action)


def time_in(message: Any, field: str) -> datetime | None:
    """The time in a field of a message, if it holds one."""
    if not message.HasField(field):
        return None
    found: datetime = getattr(message, field).ToDatetime(tzinfo=timezone.utc)
    return found


def on_platform() -> bool:
    """True in a task of a run that a control plane knows; a local run has none."""
    return bool(flyte.ctx()) and flyte.is_control_plane_available()


def flyte_admin(
    project: str = "",
    domain: str = "",
    pauses: tuple[float, ...] = PAUSES,
) -> Admin:
    """Flyte's control plane, by default for the project and domain of this run."""
    # Flyte has connected this task's process before the task began.
    place = (project or flyte.current_project(), domain or flyte.current_domain())
    return Admin(*place, pauses)


def this_run() -> str:
    """The name of this run; empty outside of one."""
    here = flyte.ctx()
    return (here.action.run_name or "") if here else ""
