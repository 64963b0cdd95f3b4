"""What Flyte's front door records: executions, their nodes, and signals.

It answers as flyteadmin does. Tests write the records with `run`, `Run.node` and `Run.end`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import count
from threading import Lock
from typing import Any

import grpc
from flyteidl.admin import (
    execution_pb2,
    node_execution_pb2,
    signal_pb2,
    task_execution_pb2,
)
from flyteidl.core import identifier_pb2
from flyteidl.core.execution_pb2 import NodeExecution, WorkflowExecution
from flyteidl.core.literals_pb2 import Literal, LiteralCollection, Primitive, Scalar
from google.protobuf.message import Message

PROJECT, DOMAIN = "project", "development"
MOMENT = timedelta(seconds=1)
NOW = timedelta()
OVER = ("SUCCEEDED", "FAILED", "ABORTED", "TIMED_OUT", "SKIPPED", "RECOVERED")
LARGEST_PAGE = 1000


def execution_id(name: str) -> Any:
    return identifier_pb2.WorkflowExecutionIdentifier(project=PROJECT, domain=DOMAIN, name=name)


def _stamp(closure: Any, phase: str, ago: timedelta, took: timedelta) -> None:
    """Say when something in this phase began and ended; `ago` is the age of its last change."""
    changed = datetime.now(timezone.utc) - ago
    closure.updated_at.FromDatetime(changed)
    if phase in OVER:
        closure.started_at.FromDatetime(changed - took)
        closure.duration.FromTimedelta(took)
    elif phase != "QUEUED":
        closure.started_at.FromDatetime(changed)


@dataclass
class Run:
    """An execution that Flyte Admin has recorded."""

    workflow: str
    record: execution_pb2.Execution
    nodes: list[tuple[str, node_execution_pb2.NodeExecution]] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    tasks: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.record.id.name)

    @property
    def phase(self) -> str:
        return str(WorkflowExecution.Phase.Name(self.record.closure.phase))

    def end(self, phase: str, ago: timedelta = NOW) -> None:
        self.record.closure.phase = WorkflowExecution.Phase.Value(phase)
        _stamp(self.record.closure, phase, ago, MOMENT)

    def node(
        self,
        node: str,
        phase: str = "SUCCEEDED",
        output: Any = None,
        ago: timedelta = NOW,
        *,
        inside: str = "",
        launched: "Run | None" = None,
        is_parent: bool = False,
        task: str = "",
    ) -> str:
        """Record a node, or its next phase. Returns its full id, for nodes `inside` it.

        A tuple has several outputs. A node that runs a `task` has a record of that.
        """
        full = f"{inside}-0-{node}" if inside else node
        found = node_execution_pb2.NodeExecution(
            id=identifier_pb2.NodeExecutionIdentifier(
                node_id=full, execution_id=execution_id(self.name)
            ),
            metadata=node_execution_pb2.NodeExecutionMetaData(
                spec_node_id=node, is_parent_node=is_parent
            ),
        )
        found.closure.phase = NodeExecution.Phase.Value(phase)
        _stamp(found.closure, phase, ago, MOMENT)
        if phase in ("RECOVERED", "SKIPPED"):
            found.closure.ClearField("started_at")
            found.closure.ClearField("duration")
        if launched is not None:
            found.closure.workflow_node_metadata.executionId.CopyFrom(launched.record.id)
        self.nodes = [(i, one) for i, one in self.nodes if one.id.node_id != full]
        self.nodes.append((inside, found))
        self.outputs[full] = output
        if task:
            self.tasks[full] = task
        return full


class Records:
    """The part of the front door that tells about executions. `away` requests fail first."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.signals: dict[tuple[str, str], Literal | None] = {}
        self.away = 0
        self.asked: list[str] = []
        self.lock = Lock()
        self._names = count(1)

    def run(
        self,
        workflow: str,
        phase: str = "RUNNING",
        ago: timedelta = NOW,
        *,
        name: str = "",
        recovers: "Run | None" = None,
        part_of: "Run | None" = None,
        variables: Mapping[str, str] | None = None,
    ) -> Run:
        """Record an execution that began `ago`, and has just ended if the phase says so."""
        record = execution_pb2.Execution(id=execution_id(name or f"run{next(self._names)}"))
        record.closure.phase = WorkflowExecution.Phase.Value(phase)
        record.closure.workflow_id.name = workflow
        for key, value in (variables or {}).items():
            record.spec.envs.values.add(key=key, value=value)
        if part_of is not None:
            around = record.spec.metadata.parent_node_execution
            around.execution_id.CopyFrom(part_of.record.id)
        record.closure.created_at.FromDatetime(datetime.now(timezone.utc) - ago)
        _stamp(record.closure, phase, ago, MOMENT)
        if recovers is not None:
            record.spec.metadata.reference_execution.CopyFrom(recovers.record.id)
        found = Run(workflow, record)
        self.runs.append(found)
        return found

    def opened(self, run: Run) -> set[str]:
        """The gates of an execution that were answered with yes."""
        return {
            gate
            for (name, gate), value in self.signals.items()
            if name == run.name and value is not None and value.scalar.primitive.boolean
        }

    def _found(self, named: Any, context: grpc.ServicerContext) -> Run:
        for run in self.runs:
            if run.record.id == named:
                return run
        context.abort(grpc.StatusCode.NOT_FOUND, f"execution {named.name} is not here")
        raise AssertionError

    def ListExecutions(self, request: Any, context: grpc.ServicerContext) -> Message:
        found = [
            run for run in self.runs if (request.id.project, request.id.domain) == (PROJECT, DOMAIN)
        ]
        for text in filter(None, request.filters.split("+")):
            name, _, value = text.removeprefix("eq(").removesuffix(")").partition(",")
            if name not in ("workflow.name", "phase") or not text.startswith("eq("):
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"invalid filter {text}")
            of = {"workflow.name": lambda r: r.workflow, "phase": lambda r: r.phase}[name]
            found = [run for run in found if of(run) == value]
        if request.sort_by.key == "created_at":
            downwards = request.sort_by.direction == request.sort_by.DESCENDING
            found.sort(key=lambda r: r.record.closure.created_at.ToNanoseconds(), reverse=downwards)
        page, token = _page([run.record for run in found], request, context)
        return execution_pb2.ExecutionList(executions=page, token=token)

    def GetExecution(self, request: Any, context: grpc.ServicerContext) -> Message:
        return self._found(request.id, context).record

    def ListNodeExecutions(self, request: Any, context: grpc.ServicerContext) -> Message:
        nodes = [
            node
            for run in self.runs
            if run.record.id == request.workflow_execution_id
            for node in run.nodes
        ]
        parent = request.unique_parent_id
        if parent and not any(node.id.node_id == parent for _, node in nodes):
            context.abort(grpc.StatusCode.NOT_FOUND, f"node {parent} is not here")
        page, token = _page([n for around, n in nodes if around == parent], request, context)
        return node_execution_pb2.NodeExecutionList(node_executions=page, token=token)

    def GetNodeExecutionData(self, request: Any, context: grpc.ServicerContext) -> Message:
        run = self._found(request.id.execution_id, context)
        output = run.outputs.get(request.id.node_id)
        found = node_execution_pb2.NodeExecutionGetDataResponse()
        if output is not None:
            for place, value in enumerate(output if isinstance(output, tuple) else (output,)):
                found.full_outputs.literals[f"o{place}"].CopyFrom(_literal(value))
        return found

    def ListTaskExecutions(self, request: Any, context: grpc.ServicerContext) -> Message:
        run = self._found(request.node_execution_id.execution_id, context)
        node = request.node_execution_id
        found = []
        if name := run.tasks.get(node.node_id):
            task = identifier_pb2.Identifier(resource_type=identifier_pb2.TASK, name=name)
            attempt = identifier_pb2.TaskExecutionIdentifier(task_id=task, node_execution_id=node)
            found = [task_execution_pb2.TaskExecution(id=attempt)]
        page, token = _page(found, request, context)
        return task_execution_pb2.TaskExecutionList(task_executions=page, token=token)

    def GetOrCreateSignal(self, request: Any, context: grpc.ServicerContext) -> Message:
        with self.lock:
            value = self.signals.setdefault(_signal(request.id), None)
        return signal_pb2.Signal(id=request.id, type=request.type, value=value)

    def SetSignal(self, request: Any, context: grpc.ServicerContext) -> Message:
        with self.lock:
            known = _signal(request.id) in self.signals
            if known:
                self.signals[_signal(request.id)] = request.value
        if not known:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "the signal does not exist")
        return signal_pb2.SignalSetResponse()

    def ListSignals(self, request: Any, context: grpc.ServicerContext) -> Message:
        found = [
            signal_pb2.Signal(
                id=identifier_pb2.SignalIdentifier(signal_id=gate, execution_id=execution_id(name)),
                value=value,
            )
            for (name, gate), value in self.signals.items()
            if name == request.workflow_execution_id.name
        ]
        page, token = _page(found, request, context)
        return signal_pb2.SignalList(signals=page, token=token)


def _literal(value: Any) -> Literal:
    if isinstance(value, list):
        return Literal(collection=LiteralCollection(literals=map(_literal, value)))
    field_name = {bool: "boolean", int: "integer", str: "string_value"}[type(value)]
    return Literal(scalar=Scalar(primitive=Primitive(**{field_name: value})))


def _signal(identifier: Any) -> tuple[str, str]:
    run = identifier.execution_id
    return run.name if run == execution_id(run.name) else "elsewhere", identifier.signal_id


def _page(
    found: Sequence[Any], request: Any, context: grpc.ServicerContext
) -> tuple[Sequence[Any], str]:
    """The part of a list that a request asks for, and the token of the next part."""
    if not 0 < request.limit <= LARGEST_PAGE:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"invalid limit {request.limit}")
    start = int(request.token or 0)
    page = found[start : start + request.limit]
    # As in flyteadmin, a full page has a token even if no other one follows.
    return page, str(start + len(page)) if len(page) == request.limit else ""


class Absence(grpc.ServerInterceptor):
    """Fails requests while the front door is away."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def intercept_service(self, continuation: Any, details: Any) -> Any:
        self._records.asked.append(details.method.rpartition("/")[2])
        with self._records.lock:
            away = self._records.away > 0
            self._records.away -= away
        if not away:
            return continuation(details)

        def fail(request: Any, context: grpc.ServicerContext) -> None:
            context.abort(grpc.StatusCode.UNAVAILABLE, "Admin is away")

        return grpc.unary_unary_rpc_method_handler(fail)
