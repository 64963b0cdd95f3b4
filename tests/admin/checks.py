"""What flyteadmin refuses, as far as it is cheap to say: its validators and propeller's compiler.

Each check yields the reasons; written apart from the emitter, so that the two can disagree.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from zoneinfo import available_timezones

from flyteidl.admin.launch_plan_pb2 import LaunchPlanSpec
from flyteidl.admin.task_pb2 import TaskSpec
from flyteidl.admin.workflow_pb2 import WorkflowSpec
from flyteidl.core.execution_pb2 import WorkflowExecution
from flyteidl.core.identifier_pb2 import Identifier
from flyteidl.core.interface_pb2 import ParameterMap, TypedInterface, Variable
from flyteidl.core.literals_pb2 import Binding
from flyteidl.core.types_pb2 import BOOLEAN, DATETIME
from flyteidl.core.workflow_pb2 import Node, WorkflowTemplate

NODE_LIMIT = 100
"""registration.maxWorkflowNodes, unless an installation says otherwise."""

LONGEST_NAME = 255

DNS_LABEL = re.compile(r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
QUANTITY = re.compile(r"[0-9]+(\.[0-9]*)?([eE][0-9]+|[numkMGTPE]|[KMGTPE]i)?")
SYSTEM_NODES = {"start-node", "end-node"}
TERMINAL = {
    WorkflowExecution.SUCCEEDED,
    WorkflowExecution.FAILED,
    WorkflowExecution.ABORTED,
    WorkflowExecution.TIMED_OUT,
}
DAYS = dict(zip("sun mon tue wed thu fri sat".split(), range(7), strict=True))
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
CRON = (
    (0, 59, {}),
    (0, 23, {}),
    (1, 31, {}),
    (1, 12, {name: number for number, name in enumerate(MONTHS, 1)}),
    (0, 6, DAYS),
)


def identifier(found: Identifier) -> Iterator[str]:
    for field in ("project", "domain", "name", "version"):
        if not getattr(found, field):
            yield f"missing {field}"
    if len(found.name) > LONGEST_NAME:
        yield f"name of {len(found.name)} characters"


def task(spec: TaskSpec) -> Iterator[str]:
    template = spec.template
    if not (template.type and template.metadata.runtime.version and template.HasField("interface")):
        yield "a task needs a type, a runtime version and an interface"
    if not template.container.image:
        yield "missing image"
    resources = template.container.resources
    for entry in (*resources.requests, *resources.limits):
        if not QUANTITY.fullmatch(entry.value):
            yield f"parsing of request failed for value {entry.value}"


def workflow(
    spec: WorkflowSpec,
    tasks: Mapping[str, TaskSpec],
    plans: Mapping[str, TypedInterface] | None = None,
) -> Iterator[str]:
    plans = plans or {}
    inner = {sub.id.name: sub for sub in spec.sub_workflows}
    nodes = sum(node.id not in SYSTEM_NODES for node in spec.template.nodes)
    if nodes > NODE_LIMIT:
        yield f"number of nodes in workflow exceeds limit ({nodes} > {NODE_LIMIT})"
    for template in (spec.template, *spec.sub_workflows):
        yield from (
            f"{template.id.name}: {why}" for why in _template(template, inner, tasks, plans)
        )


def _template(
    template: WorkflowTemplate,
    inner: Mapping[str, WorkflowTemplate],
    tasks: Mapping[str, TaskSpec],
    plans: Mapping[str, TypedInterface],
) -> Iterator[str]:
    handlers = [template.failure_node] if template.HasField("failure_node") else []
    found = [*template.nodes, *handlers]
    nodes = {node.id: node for node in found}
    faces = {name: _interface(node, inner, tasks, plans) for name, node in nodes.items()}
    for name, number in Counter(node.id for node in found).items():
        if number > 1:
            yield f"node id {name} is there {number} times"
        if not DNS_LABEL.fullmatch(name):
            yield f"node id {name!r} is no DNS label"
    if not template.nodes:
        yield "no nodes"
    for name, node in nodes.items():
        for chosen in cases(node):
            face = _interface(chosen, inner, tasks, plans)
            yield from (f"{name}: {why}" for why in _node(chosen, face, faces, template))
        if not node.HasField("branch_node"):
            yield from (f"{name}: {why}" for why in _node(node, faces[name], faces, template))
    wanted = template.interface.outputs.variables
    for output in template.outputs:
        yield from _promise(output, wanted, faces, template)
    if _has_cycle({name: set(node.upstream_node_ids) for name, node in nodes.items()}):
        yield "cycle"


def cases(node: Node) -> list[Node]:
    """The nodes that a branch chooses from; its own inputs are whatever it is bound to."""
    if not node.HasField("branch_node"):
        return []
    choice = node.branch_node.if_else
    found = [choice.case.then_node, *(other.then_node for other in choice.other)]
    return [*found, choice.else_node] if choice.HasField("else_node") else found


def _interface(
    node: Node,
    inner: Mapping[str, WorkflowTemplate],
    tasks: Mapping[str, TaskSpec],
    plans: Mapping[str, TypedInterface],
) -> TypedInterface | None:
    if node.HasField("task_node"):
        found = tasks.get(node.task_node.reference_id.name)
        return found.template.interface if found else None
    if node.workflow_node.HasField("sub_workflow_ref"):
        template = inner.get(node.workflow_node.sub_workflow_ref.name)
        return template.interface if template else None
    if node.workflow_node.HasField("launchplan_ref"):
        return plans.get(node.workflow_node.launchplan_ref.name)
    if node.gate_node.HasField("approve"):
        # It hands on what it gets; ours get the answers of other gates.
        answer = TypedInterface()
        for binding in node.inputs:
            for variables in (answer.inputs.variables, answer.outputs.variables):
                variables[binding.var].type.simple = BOOLEAN
        return answer
    if node.HasField("gate_node"):
        signal = TypedInterface()
        variable = signal.outputs.variables[node.gate_node.signal.output_variable_name]
        variable.type.CopyFrom(node.gate_node.signal.type)
        return signal
    return _shared([_interface(chosen, inner, tasks, plans) for chosen in cases(node)])


def _shared(faces: list[TypedInterface | None]) -> TypedInterface:
    """The outputs that all cases of a branch have."""
    known = [face.outputs.variables for face in faces if face]
    found = TypedInterface()
    for name, variable in known[0].items() if known else ():
        if all(name in other for other in known):
            found.outputs.variables[name].CopyFrom(variable)
    return found


def _node(
    node: Node,
    face: TypedInterface | None,
    faces: Mapping[str, TypedInterface | None],
    template: WorkflowTemplate,
) -> Iterator[str]:
    if face is None:
        yield "what it runs is not registered"
        return
    if {binding.var for binding in node.inputs} != set(face.inputs.variables):
        yield "not all inputs are bound"
    for above in node.upstream_node_ids:
        if above not in faces:
            yield f"upstream node {above} is not there"
    for binding in node.inputs:
        yield from _promise(binding, face.inputs.variables, faces, template)


def _promise(
    binding: Binding,
    wanted: Mapping[str, Variable],
    faces: Mapping[str, TypedInterface | None],
    template: WorkflowTemplate,
) -> Iterator[str]:
    """Wrong with what a variable is bound to, if that is another variable."""
    if not binding.binding.HasField("promise"):
        return
    node, variable = binding.binding.promise.node_id, binding.binding.promise.var
    known: Mapping[str, Variable] = template.interface.inputs.variables
    if node and node != "start-node":
        face = faces.get(node)
        known = face.outputs.variables if face else {}
    if variable not in known:
        yield f"nothing is called {variable} in {node or 'the inputs'}"
    elif binding.var in wanted and known[variable].type != wanted[binding.var].type:
        yield f"{binding.var} is of another type than {variable}"


def _has_cycle(above: dict[str, set[str]]) -> bool:
    while ready := [name for name, waits in above.items() if not waits & above.keys()]:
        for name in ready:
            del above[name]
    return bool(above)


def launch_plan(spec: LaunchPlanSpec, interface: TypedInterface) -> Iterator[str]:
    known = interface.inputs.variables
    given = {*spec.default_inputs.parameters, *spec.fixed_inputs.literals}
    yield from (f"unexpected input {name}" for name in sorted(given - set(known)))
    for mail in spec.entity_metadata.notifications:
        if not mail.email.recipients_email or not all(mail.email.recipients_email):
            yield "a notification needs recipients"
        if not mail.phases or not set(mail.phases) <= TERMINAL:
            yield "a notification is about terminal phases"
    schedule = spec.entity_metadata.schedule
    cron = schedule.cron_schedule.schedule or schedule.cron_expression
    if not cron:
        return
    yield from _cron(cron)
    kick_off = schedule.kickoff_time_input_arg
    for name in sorted(set(known) - {kick_off} - _with_value(spec.default_inputs)):
        if name not in spec.fixed_inputs.literals:
            yield f"a schedule, and {name} is required"
    if kick_off and (kick_off not in known or known[kick_off].type.simple != DATETIME):
        yield f"KickoffTimeInputArg must reference a datetime input, not {kick_off}"


def _with_value(inputs: ParameterMap) -> set[str]:
    return {name for name, value in inputs.parameters.items() if not value.required}


def _cron(text: str) -> Iterator[str]:
    """What cron.ParseStandard of the scheduler does not take."""
    if text.startswith(("CRON_TZ=", "TZ=")):
        zone, _, text = text.partition(" ")
        if zone.partition("=")[2] not in available_timezones():
            yield f"unknown time zone: {zone}"
    fields = text.split()
    if len(fields) != len(CRON):
        yield f"schedule {text!r} has not five fields"
        return
    for field, (low, high, names) in zip(fields, CRON, strict=True):
        for part in field.split(","):
            bounds, _, step = part.partition("/")
            ends = [str(low), str(high)] if bounds in "*?" else bounds.split("-")
            numbers = [int(n) if n.isdecimal() else names.get(n.lower()) for n in ends]
            sound = len(numbers) <= 2 and all(n is not None and low <= n <= high for n in numbers)
            if not sound or (step and not step.isdecimal()):
                yield f"schedule {text!r}: {part!r} is not understood"
