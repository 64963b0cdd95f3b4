"""Reads a flow file (Flow 2.0)."""

from collections.abc import Collection
from pathlib import PurePosixPath

from transpile.dialects.azkaban.codes.projects import FileRefused, FlowRefused, RepeatedProperty
from transpile.dialects.azkaban.model import (
    FLOW_TYPE,
    MOST_NODES,
    Flow,
    Node,
    Props,
    Reference,
    Trigger,
)
from transpile.dialects.kit.values import Value
from transpile.dialects.kit.yaml_tree import DEEPEST, Part, Refusal, compose
from transpile.findings.codes.reading import EmptySource
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

OF_NODES = ("name", "type", "dependsOn", "config", "nodes", "condition", "trigger")
OF_TRIGGERS = ("schedule", "maxWaitMins", "triggerDependencies")


def load_flow(source: Source, diagnostics: Diagnostics) -> Flow | None:
    """The flow of a file; None, with a finding, if Azkaban would not load the file."""
    span = Span(source.label, 1)
    try:
        root = compose(source.text, source.label)
        if root is None or root.is_null:
            diagnostics.add(EmptySource(), span)
            return None
        return _Reader(diagnostics).flow(root, PurePosixPath(source.label).stem, span)
    except Refusal as refusal:
        diagnostics.add(FileRefused(reason=refusal.reason), refusal.span)
        return None


class _Reader:
    """Reads one file. Its methods raise Refusal."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._count = 0
        self._depth = 0

    def flow(self, part: Part, name: str, span: Span) -> Flow:
        """The flow that a mapping defines: the whole file or a node of type flow."""
        found = self._fields(part, f"flow {name}")
        flow = Flow(name, span, {})
        if "config" in found:
            flow.config = flow.own = self._properties(found["config"], f"config of {name}")
        if "trigger" in found and not found["trigger"].is_null:
            flow.trigger = _trigger(found["trigger"])
        if "nodes" not in found:
            raise Refusal(f"flow {name} has no nodes", part.span)
        for item in found["nodes"].items(f"nodes of {name}"):
            node = self._node(item)
            if node.name in flow.nodes:
                self._refuse(flow, node.span, node.name, f"node {node.name} is defined twice")
            flow.nodes.setdefault(node.name, node)
            flow.refused |= node.inner is not None and node.inner.refused
        if not flow.nodes:
            raise Refusal(f"flow {name} has no nodes", found["nodes"].span)
        self._check(flow)
        return flow

    def _check(self, flow: Flow) -> None:
        """Refuse what NodeBeanLoader.validate refuses."""
        for node in flow.nodes.values():
            if node.name == "ROOT":
                self._refuse(flow, node.span, node.name, "the name ROOT is reserved")
            kept = []
            for reference in node.dependencies:
                if reference.name in flow.nodes:
                    kept.append(reference)
                    continue
                reason = (
                    f"{node.name} depends on {reference.name}, which is not a node of this flow"
                )
                self._refuse(flow, reference.span, node.name, reason)
            node.dependencies = tuple(kept)

    def _refuse(self, flow: Flow, span: Span, name: str, reason: str) -> None:
        flow.refused = True
        self._diagnostics.add(FlowRefused(reason=reason), span, job=name, text=name)

    def _node(self, part: Part) -> Node:
        self._count += 1
        if self._count > MOST_NODES:
            raise Refusal(f"it has more than {MOST_NODES} nodes", part.span)
        found = self._fields(part, "a node")
        for key in ("name", "type"):
            if key not in found or found[key].is_null:
                raise Refusal(f"a node has no {key}", part.span)
        name, span = found["name"].text("the name of a node")
        type_ = found["type"].text(f"the type of {name}")
        own: dict[str, Value] = {}
        if "config" in found:
            own |= self._properties(found["config"], f"config of {name}")
        node = Node(name, span, type_.text, own | {"type": type_})
        if "dependsOn" in found:
            what = f"dependsOn of {name}"
            values = [item.text(what) for item in found["dependsOn"].items(what)]
            node.dependencies = tuple({v.text: Reference(*v) for v in values}.values())
        if "condition" in found and not found["condition"].is_null:
            node.condition = found["condition"].text(f"condition of {name}")
        if node.type == FLOW_TYPE:
            # An alias can refer to a part that contains the alias.
            self._depth += 1
            if self._depth > DEEPEST:
                raise Refusal(f"flows are nested more than {DEEPEST} levels deep", span)
            node.inner = self.flow(part, name, span)
            self._depth -= 1
        elif "nodes" in found:
            raise Refusal(f"{name} has nodes, but its type is {node.type}", found["nodes"].span)
        return node

    def _fields(self, part: Part, what: str) -> dict[str, Part]:
        """The fields of a node; snakeyaml refuses unknown ones and takes the last of a name."""
        found: dict[str, Part] = {}
        for key, span, value in part.fields(what):
            if key not in OF_NODES:
                raise Refusal(f"{what} has the unknown field {key}", span)
            self._report_repeated(key, span, found.keys())
            found[key] = value
        return found

    def _properties(self, part: Part, what: str) -> Props:
        found: dict[str, Value] = {}
        for key, span, value in () if part.is_null else part.fields(what):
            self._report_repeated(key, span, found.keys())
            found[key] = value.text(f"{key} in {what}")
        return found

    def _report_repeated(self, key: str, span: Span, known: Collection[str]) -> None:
        if key in known:
            self._diagnostics.add(RepeatedProperty(key=key), span, text=key)


def _trigger(part: Part) -> Trigger:
    """The trigger of a flow, as NodeBeanLoader.toFlowTrigger reads it. Raises Refusal."""
    known = part.mapping("trigger")
    for field in known.values():
        if field.key not in OF_TRIGGERS:
            raise Refusal(f"trigger has the unknown field {field.key}", field.span)
    dependencies: list[Reference] = []
    if "triggerDependencies" in known:
        for item in known["triggerDependencies"].part.items("triggerDependencies"):
            named = item.mapping("a dependency").get("name")
            if named is None:
                raise Refusal("a dependency of the trigger has no name", item.span)
            dependencies.append(Reference(*named.part.text("the name of a dependency")))
    if "schedule" not in known:
        raise Refusal("the trigger has no schedule", part.span)
    schedule = known["schedule"].part.mapping("schedule")
    kind = schedule["type"].part.text("type of schedule").text if "type" in schedule else ""
    if kind != "cron" or schedule.keys() != {"type", "value"}:
        raise Refusal("the schedule of a trigger needs type: cron and a value", part.span)
    cron = schedule["value"].part.text("value of schedule")
    return Trigger(known["schedule"].span, cron, tuple(dependencies))
