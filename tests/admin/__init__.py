"""Flyte's front door on loopback: the services as far as pyflyte and our helpers call them."""

import base64
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import grpc
from flyteidl.admin import (
    common_pb2,
    execution_pb2,
    launch_plan_pb2,
    task_pb2,
    workflow_pb2,
)
from flyteidl.core import identifier_pb2
from flyteidl.core.compiler_pb2 import (
    CompiledTask,
    CompiledWorkflow,
    CompiledWorkflowClosure,
    ConnectionSet,
)
from flyteidl.service import (
    admin_pb2_grpc,
    dataproxy_pb2,
    dataproxy_pb2_grpc,
    signal_pb2_grpc,
)
from google.protobuf.message import Message

from tests.admin import checks
from tests.admin.records import OVER, Absence, Records

Key = tuple[str, str]
"""Name and version."""


def _key(identifier: Any) -> Key:
    return identifier.name, identifier.version


@dataclass
class Door(
    Records,
    admin_pb2_grpc.AdminServiceServicer,
    dataproxy_pb2_grpc.DataProxyServiceServicer,
    signal_pb2_grpc.SignalServiceServicer,
):
    """Keeps what is registered and refuses what flyteadmin refuses."""

    folder: Path
    endpoint: str = ""
    upload_url: str = ""
    tasks: dict[Key, task_pb2.TaskSpec] = field(default_factory=dict)
    workflows: dict[Key, workflow_pb2.WorkflowSpec] = field(default_factory=dict)
    launch_plans: dict[Key, launch_plan_pb2.LaunchPlanSpec] = field(default_factory=dict)
    active: dict[str, str] = field(default_factory=dict)
    executions: list[execution_pb2.ExecutionCreateRequest] = field(default_factory=list)
    identical: set[tuple[str, str, str]] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def config(self) -> Path:
        """A configuration file of flytectl and pyflyte that leads here."""
        path = self.folder / "config.yaml"
        path.write_text(f"admin:\n  endpoint: dns:///{self.endpoint}\n  insecure: true\n")
        return path

    def _keep(
        self,
        kept: dict[Key, Any],
        request: Any,
        reasons: Iterable[str],
        context: grpc.ServicerContext,
    ) -> None:
        key = _key(request.id)
        found = [*checks.identifier(request.id), *reasons]
        with self.lock:
            known = kept.setdefault(key, request.spec) if not found else None
        if known is not None and known is not request.spec:
            if known == request.spec:
                self.identical.add((type(request).__name__, *key))
                context.abort(grpc.StatusCode.ALREADY_EXISTS, "identical structure already exists")
            found = ["different structure already exists"]
        if found:
            self.refused += [f"{key[0]}: {why}" for why in found]
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "; ".join(found))

    def _get(self, kept: dict[Key, Any], identifier: Any, context: grpc.ServicerContext) -> Any:
        if _key(identifier) not in kept:
            context.abort(grpc.StatusCode.NOT_FOUND, f"{identifier.name} is not here")
        return kept[_key(identifier)]

    def _of_version(self, version: str) -> dict[str, task_pb2.TaskSpec]:
        return {name: spec for (name, other), spec in self.tasks.items() if other == version}

    def _interfaces(self, version: str) -> dict[str, Any]:
        """Those of launch plans: of what they start."""
        return {
            name: self.workflows[_key(spec.workflow_id)].template.interface
            for (name, other), spec in self.launch_plans.items()
            if other == version
        }

    def CreateTask(self, request: Any, context: grpc.ServicerContext) -> Message:
        self._keep(self.tasks, request, checks.task(request.spec), context)
        return task_pb2.TaskCreateResponse()

    def CreateWorkflow(self, request: Any, context: grpc.ServicerContext) -> Message:
        for template in (request.spec.template, *request.spec.sub_workflows):
            for node in template.nodes:
                # flytekit lists them in any order, and propeller's compiler sorts them.
                node.upstream_node_ids.sort()
        version = request.id.version
        reasons = checks.workflow(
            request.spec, self._of_version(version), self._interfaces(version)
        )
        self._keep(self.workflows, request, reasons, context)
        return workflow_pb2.WorkflowCreateResponse()

    def CreateLaunchPlan(self, request: Any, context: grpc.ServicerContext) -> Message:
        spec = self._get(self.workflows, request.spec.workflow_id, context)
        reasons = checks.launch_plan(request.spec, spec.template.interface)
        self._keep(self.launch_plans, request, reasons, context)
        return launch_plan_pb2.LaunchPlanCreateResponse()

    def UpdateLaunchPlan(self, request: Any, context: grpc.ServicerContext) -> Message:
        self._get(self.launch_plans, request.id, context)
        if request.state == launch_plan_pb2.ACTIVE:
            self.active[request.id.name] = request.id.version
        else:
            self.active.pop(request.id.name, None)
        return launch_plan_pb2.LaunchPlanUpdateResponse()

    def CreateExecution(self, request: Any, context: grpc.ServicerContext) -> Message:
        plan = self._get(self.launch_plans, request.spec.launch_plan, context)
        started = request.spec.launch_plan.name
        with self.lock:
            refused = any(run.name == request.name for run in self.runs)
            of_plan = (run for run in self.runs if run.record.spec.launch_plan.name == started)
            running = sum(run.phase not in OVER for run in of_plan)
            refused |= 0 < plan.concurrency_policy.max <= running
            if not refused:
                run = self.run(plan.workflow_id.name, "QUEUED", name=request.name)
                run.record.spec.MergeFrom(request.spec)
                self.executions.append(request)
        if refused:
            context.abort(grpc.StatusCode.ALREADY_EXISTS, "refused as flyteadmin refuses it")
        return execution_pb2.ExecutionCreateResponse(id=run.record.id)

    def GetTask(self, request: Any, context: grpc.ServicerContext) -> Message:
        spec = self._get(self.tasks, request.id, context)
        compiled = CompiledTask(template=spec.template)
        return task_pb2.Task(id=request.id, closure=task_pb2.TaskClosure(compiled_task=compiled))

    def GetWorkflow(self, request: Any, context: grpc.ServicerContext) -> Message:
        spec = self._get(self.workflows, request.id, context)
        templates = (spec.template, *spec.sub_workflows)
        tasks = self._of_version(request.id.version)
        nodes = [
            node for template in templates for node in (*template.nodes, template.failure_node)
        ]
        nodes += [chosen for node in nodes for chosen in checks.cases(node)]
        used = {node.task_node.reference_id.name for node in nodes if node.HasField("task_node")}
        primary, *inner = (
            CompiledWorkflow(template=template, connections=ConnectionSet())
            for template in templates
        )
        compiled = CompiledWorkflowClosure(
            primary=primary,
            sub_workflows=inner,
            tasks=[CompiledTask(template=tasks[name].template) for name in sorted(used)],
        )
        closure = workflow_pb2.WorkflowClosure(compiled_workflow=compiled)
        return workflow_pb2.Workflow(id=request.id, closure=closure)

    def GetLaunchPlan(self, request: Any, context: grpc.ServicerContext) -> Message:
        spec = self._get(self.launch_plans, request.id, context)
        state = int(self.active.get(request.id.name) == request.id.version)
        closure = launch_plan_pb2.LaunchPlanClosure(
            state=state, expected_inputs=spec.default_inputs
        )
        return launch_plan_pb2.LaunchPlan(id=request.id, spec=spec, closure=closure)

    def GetActiveLaunchPlan(self, request: Any, context: grpc.ServicerContext) -> Message:
        return self._plan(request.id, self.active.get(request.id.name, ""), context)

    def ListLaunchPlans(self, request: Any, context: grpc.ServicerContext) -> Message:
        versions = [version for name, version in self.launch_plans if name == request.id.name]
        latest = [self._plan(request.id, version, context) for version in versions[-1:]]
        return launch_plan_pb2.LaunchPlanList(launch_plans=latest)

    def _plan(self, named: Any, version: str, context: grpc.ServicerContext) -> Any:
        place = {"project": named.project, "domain": named.domain, "name": named.name}
        found = identifier_pb2.Identifier(
            resource_type=identifier_pb2.LAUNCH_PLAN, version=version, **place
        )
        return self.GetLaunchPlan(common_pb2.ObjectGetRequest(id=found), context)

    def CreateUploadLocation(self, request: Any, context: grpc.ServicerContext) -> Message:
        name = f"{request.content_md5.hex()}/{request.filename or uuid.uuid4().hex}"
        return dataproxy_pb2.CreateUploadLocationResponse(
            signed_url=f"{self.upload_url}/{name}", native_url=(self.folder / name).as_uri()
        )


def _store(folder: Path) -> type[BaseHTTPRequestHandler]:
    class Store(BaseHTTPRequestHandler):
        """Takes what is put, if it is what its hash says."""

        def do_PUT(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            digest = base64.b64encode(hashlib.md5(data).digest()).decode()
            sound = digest == self.headers["Content-MD5"]
            if sound:
                path = folder / self.path.lstrip("/")
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
            self.send_response(200 if sound else 400)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    return Store


@contextmanager
def open_door(folder: Path) -> Iterator[Door]:
    """A front door that keeps uploads in a folder, open until the end of the block."""
    door = Door(folder)
    store = ThreadingHTTPServer(("127.0.0.1", 0), _store(folder))
    Thread(target=store.serve_forever, args=(0.02,), daemon=True).start()
    server = grpc.server(ThreadPoolExecutor(8), interceptors=[Absence(door)])
    admin_pb2_grpc.add_AdminServiceServicer_to_server(door, server)
    dataproxy_pb2_grpc.add_DataProxyServiceServicer_to_server(door, server)
    signal_pb2_grpc.add_SignalServiceServicer_to_server(door, server)
    door.upload_url = f"http://127.0.0.1:{store.server_port}"
    door.endpoint = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield door
    finally:
        server.stop(grace=None)
        store.shutdown()
        store.server_close()
