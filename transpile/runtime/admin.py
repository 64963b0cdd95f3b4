"""Flyte Admin: what it records about other workflows, and what it is asked to do."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from typing import Any, TypeVar

from flyteidl.admin import execution_pb2, signal_pb2
from flyteidl.core import identifier_pb2, literals_pb2, types_pb2
from flytekit import Resources, Secret, current_context
from flytekit.configuration import Config, PlatformConfig
from flytekit.core.context_manager import ExecutionState, FlyteContextManager
from flytekit.exceptions.user import (
    FlyteEntityAlreadyExistsException,
    FlyteEntityNotExistException,
    FlyteInvalidInputException,
)
from flytekit.models.admin.common import Sort
from flytekit.models.common import NamedEntityIdentifier
from flytekit.models.core.execution import NodeExecutionPhase, WorkflowExecutionPhase
from flytekit.models.core.identifier import (
    Identifier,
    NodeExecutionIdentifier,
    WorkflowExecutionIdentifier,
)
from flytekit.models.execution import ExecutionMetadata, ExecutionSpec, NotificationList
from flytekit.models.filters import Equal
from flytekit.models.literals import LiteralMap
from flytekit.remote import FlyteRemote

from transpile.runtime.failures import Failure
from transpile.runtime.masking import shown
from transpile.runtime.records import Execution, NodeRecord
from transpile.runtime.restarts import RERUN, RESUME, named_in

Answer = TypeVar("Answer")

# From [platform] in transpile.toml: how tasks reach Flyte Admin.
ENVIRONMENT: dict[str, str] = {}
SECRETS: list[Secret] = []
# A pod holds two processes with flytekit: the one that fetches the code takes 100 MB,
# the task 120 MB, of which 15 MB are the look's own.
SMALL = Resources(cpu="50m", mem="300Mi")

NEWEST_FIRST = Sort("created_at", Sort.Direction.DESCENDING)
PAGE = 100
# Seconds between questions while Flyte Admin is away: five minutes in all.
PAUSES = (1, 2, 4, 8, 15, 30, 60, 60, 60, 60)


@dataclass
class Admin:
    """Traffic with Flyte Admin about one project and domain.

    While it is away, each question is asked again after each of the pauses.
    """

    remote: FlyteRemote
    project: str
    domain: str
    pauses: tuple[float, ...] = PAUSES

    def executions(self, workflow: str, phase: str = "") -> Iterator[Execution]:
        """The executions of a workflow, the newest first; those in a phase, if one is given."""
        filters = [Equal("workflow.name", workflow)]
        filters += [Equal("phase", phase)] if phase else []
        for found in self._pages(
            lambda token: self.remote.client.list_executions_paginated(
                self.project,
                self.domain,
                limit=PAGE,
                token=token,
                filters=filters,
                sort_by=NEWEST_FIRST,
            )
        ):
            yield execution_record(found, workflow)

    def execution(self, name: str) -> Execution:
        """The execution of that name; for one that a launch plan's node started, that around it.

        Raises RuntimeError if there is none.
        """
        try:
            found = self._get(name)
        except FlyteEntityNotExistException:
            raise RuntimeError(f"there is no execution {shown(name)}") from None
        parent = found.spec.metadata.parent_node_execution
        if parent is not None:
            return self.execution(parent.execution_id.name)
        return execution_record(found, self._workflow(name).name)

    def labels(self, execution: str) -> dict[str, str]:
        """The display names of the nodes of an execution's workflows, by their ids."""
        workflow = Identifier.from_flyte_idl(self._workflow(execution))
        found = self._asked(lambda: self.remote.client.get_workflow(workflow))
        compiled = found.closure.compiled_workflow
        return {
            node.id: node.metadata.name
            for each in (compiled.primary, *compiled.sub_workflows)
            for node in each.template.nodes
            if node.metadata
        }

    def _workflow(self, execution: str) -> Any:
        """The workflow of an execution, which flytekit's model of one lacks."""
        named = self._execution(execution).to_flyte_idl()
        wanted = execution_pb2.WorkflowExecutionGetRequest(id=named)
        found = self._asked(lambda: self.remote.client.raw.get_execution(wanted))
        return found.closure.workflow_id

    def nodes(self, execution: str, parent: str = "") -> list[NodeRecord]:
        """The nodes that an execution has recorded, at its top level or inside a parent node."""
        identifier = self._execution(execution)
        pages = self._pages(
            lambda token: self.remote.client.list_node_executions(
                identifier, limit=PAGE, token=token, unique_parent_id=parent
            )
        )
        try:
            return [node_record(execution, found) for found in pages]
        except FlyteEntityNotExistException:
            return []

    def output(self, record: NodeRecord) -> str | int | None:
        """The first output of a node, if it is a text or a whole number."""
        return self.outputs(record).get("o0")

    def outputs(self, record: NodeRecord) -> dict[str, str | int | None]:
        """The outputs of a node by name; None for one that is no text and no whole number."""
        node = NodeExecutionIdentifier(record.id, self._execution(record.execution))
        data = self._asked(lambda: self.remote.client.get_node_execution_data(node))
        found = data.full_outputs.literals
        return {name: value_in(found[name]) for name in sorted(found)}

    def task(self, record: NodeRecord) -> str:
        """The name of the task that a node has run; empty if it has run none."""
        node = NodeExecutionIdentifier(record.id, self._execution(record.execution))
        attempts_of = self.remote.client.list_task_executions_paginated
        attempts, _ = self._asked(lambda: attempts_of(node, limit=1))
        return attempts[0].id.task_id.name if attempts else ""

    def original(self, execution: str) -> str:
        """The name of the execution that this one recovers; empty if it recovers none."""
        recovered = self._get(execution).spec.metadata.reference_execution
        return recovered.name if recovered else ""

    def kickoff(self, execution: str) -> datetime:
        """When an execution was to start; the first of those that recover or resume one another.

        One that the node of a launch plan has started counts as a part of the execution around it.
        """
        found = self._get(execution)
        metadata = found.spec.metadata
        if metadata.scheduled_at is not None:
            scheduled: datetime = metadata.scheduled_at.replace(tzinfo=timezone.utc)
            return scheduled
        parent = metadata.parent_node_execution
        around = parent.execution_id if parent else metadata.reference_execution
        earlier = around.name if around else execution_record(found).resumes
        try:
            return self.kickoff(earlier) if earlier else created_at(found)
        except FlyteEntityNotExistException:
            return created_at(found)

    def open(self, execution: str, gate: str) -> None:
        """Answer a gate of an execution with yes, also before the gate has started."""
        self._signal(execution, gate)
        primitive = literals_pb2.Primitive(boolean=True)
        yes = literals_pb2.Literal(scalar=literals_pb2.Scalar(primitive=primitive))
        answer = signal_pb2.SignalSetRequest(id=self._gate(execution, gate), value=yes)
        client: Any = self.remote.client
        self._asked(lambda: client._signal.SetSignal(answer, metadata=client._metadata))

    def is_answered(self, execution: str, gate: str) -> bool:
        """True if a gate of an execution has an answer, yes or no."""
        return bool(self._signal(execution, gate).HasField("value"))

    def _signal(self, execution: str, gate: str) -> Any:
        """The signal of a gate; it is made if there is none."""
        # flytekit's client has no method for a signal that does not exist yet.
        client: Any = self.remote.client
        stub, metadata = client._signal, client._metadata
        boolean = types_pb2.LiteralType(simple=types_pb2.BOOLEAN)
        name = self._gate(execution, gate)
        wanted = signal_pb2.SignalGetOrCreateRequest(id=name, type=boolean)
        return self._asked(lambda: stub.GetOrCreateSignal(wanted, metadata=metadata))

    def _gate(self, execution: str, gate: str) -> Any:
        run = self._execution(execution).to_flyte_idl()
        return identifier_pb2.SignalIdentifier(signal_id=gate, execution_id=run)

    def start(self, launch_plan: str, name: str) -> str:
        """Start a launch plan as the execution of this name, and say what has become of it."""
        client = self.remote.client
        plans_of = client.list_launch_plans_paginated
        named = NamedEntityIdentifier(self.project, self.domain, launch_plan)
        plans, _ = self._asked(lambda: plans_of(named, limit=1, sort_by=NEWEST_FIRST))
        if not plans:
            raise RuntimeError(f"the launch plan {launch_plan} is not registered")
        by_hand = ExecutionMetadata(ExecutionMetadata.ExecutionMode.MANUAL, "", 0)
        spec = ExecutionSpec(plans[0].id, by_hand, notifications=NotificationList([]))
        here = (self.project, self.domain, name, spec, LiteralMap({}))
        try:
            self._asked(lambda: client.create_execution(*here))
        except FlyteEntityAlreadyExistsException:
            return f"{name} {self._reason(name)}"
        return f"{name} started"

    def _reason(self, name: str) -> str:
        """Why a start was refused: Flyte gives one code for both reasons."""
        try:
            self._get(name)
        except FlyteEntityNotExistException:
            return "not started, for another execution is running"
        return "started already"

    def _get(self, execution: str) -> Any:
        named = self._execution(execution)
        return self._asked(lambda: self.remote.client.get_execution(named))

    def _execution(self, name: str) -> WorkflowExecutionIdentifier:
        return WorkflowExecutionIdentifier(self.project, self.domain, name)

    def _pages(self, ask: Callable[[str], tuple[list[Any], str]]) -> Iterator[Any]:
        token = ""
        while True:
            found, token = self._asked(partial(ask, token))
            yield from found
            if not token:
                return

    def _asked(self, ask: Callable[[], Answer]) -> Answer:
        """The answer to a question. Raises Failure if Flyte Admin stays away."""
        pauses = iter(self.pauses)
        while True:
            try:
                return ask()
            except (
                FlyteEntityAlreadyExistsException,
                FlyteEntityNotExistException,
                FlyteInvalidInputException,
            ):
                raise
            except Exception as error:
                # flytekit has no common class for what may be over in a moment.
                why = error.__cause__ if hasattr(error.__cause__, "details") else None
                said = str(why.details() if why else error)
                pause = next(pauses, None)
                if pause is None:
                    raise Failure("Flyte Admin does not answer", said) from error
                print(f"Flyte Admin does not answer: {shown(said)}; again in {pause} s")
                time.sleep(pause)


def execution_record(found: Any, workflow: str = "") -> Execution:
    """The record of an execution as flytekit's client has read it."""
    variables = found.spec.envs.envs if found.spec.envs else {}
    return Execution(
        found.id.name,
        workflow,
        WorkflowExecutionPhase.enum_to_string(found.closure.phase),
        created_at(found),
        changed_at(found.closure),
        variables.get(RESUME, ""),
        named_in(variables.get(RERUN)),
    )


def value_in(literal: Any) -> str | int | None:
    """The value of a literal, if it is a text or a whole number."""
    value = literal.scalar and literal.scalar.primitive
    found = value.value if value else None
    return found if isinstance(found, str | int) else None


def node_record(execution: str, found: Any) -> NodeRecord:
    """The record of a node as flytekit's client has read it."""
    launched = found.closure.workflow_node_metadata
    return NodeRecord(
        execution=execution,
        id=found.id.node_id,
        node=found.metadata.spec_node_id or found.id.node_id,
        phase=NodeExecutionPhase.enum_to_string(found.closure.phase),
        changed=changed_at(found.closure),
        is_parent=found.metadata.is_parent_node,
        launched=launched.execution_id.name if launched else "",
    )


def changed_at(closure: Any) -> datetime:
    """When an execution or a node ended, or its last change if it has not run."""
    ended: datetime = closure.started_at + closure.duration
    # Without a start, which skipped and recovered nodes lack, flytekit reads the year 1970.
    return closure.updated_at or ended if ended.year == 1970 else ended


def created_at(execution: Any) -> datetime:
    """When an execution was created."""
    created: datetime = execution.closure.created_at
    return created


def on_platform() -> bool:
    """True in a task's container; a local run has no Flyte Admin."""
    state = FlyteContextManager.current_context().execution_state
    return state is not None and state.mode is ExecutionState.Mode.TASK_EXECUTION


@contextmanager
def missing_variables(variables: Mapping[str, str]) -> Iterator[None]:
    """Set the environment variables that are not set, for a while."""
    missing = variables.keys() - os.environ.keys()
    os.environ.update({name: variables[name] for name in missing})
    try:
        yield
    finally:
        for name in missing:
            del os.environ[name]


def flyte_admin(
    project: str = "",
    domain: str = "",
    pauses: tuple[float, ...] = PAUSES,
) -> Admin:
    """Flyte Admin, by default for the project and domain of this execution.

    Raises RuntimeError if nothing says where it is, or if this task cannot log in.
    """
    with missing_variables(ENVIRONMENT):
        secret = os.environ.get("FLYTE_CREDENTIALS_CLIENT_SECRET_LOCATION")
        if secret and not os.path.exists(secret):
            raise RuntimeError(
                "this task has no login for Flyte Admin: give the secret under [platform] "
                "in transpile.toml to its job, by a rule with `secrets`, and convert again"
            )
        config = Config.auto()
        unknown = config.platform.endpoint == PlatformConfig().endpoint
        if unknown and "FLYTE_PLATFORM_URL" not in os.environ:
            raise RuntimeError(
                "this task has no address of Flyte Admin: "
                "set `endpoint` under [platform] in transpile.toml and convert again"
            )
    here = current_context().execution_id
    place = (project or here.project, domain or here.domain)
    return Admin(FlyteRemote(config, *place), *place, pauses)
