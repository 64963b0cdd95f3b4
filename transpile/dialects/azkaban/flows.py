"""Flow 2.0: a flow file to its flow."""

from pathlib import PurePosixPath

import yaml

from transpile.dialects.azkaban.codes.projects import FileRefused, FlowRefused, RepeatedProperty
from transpile.dialects.azkaban.model import (
    FLOW_TYPE,
    Flow,
    Node,
    Props,
    Reference,
    Trigger,
    Value,
)
from transpile.dialects.azkaban.yaml_tree import (
    DEEPEST,
    Refusal,
    compose,
    fields,
    is_null,
    items,
    place,
    text,
)
from transpile.findings.codes.reading import EmptySource
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

OF_NODES = ("name", "type", "dependsOn", "config", "nodes", "condition", "trigger")
OF_TRIGGERS = ("schedule", "maxWaitMins", "triggerDependencies")
MOST_NODES = 5_000
"""A file has no more: aliases can make a small one endless."""


def load_flow(source: Source, diagnostics: Diagnostics) -> Flow | None:
    """The flow of a file; None, and reported, where Azkaban would not load it."""
    name = PurePosixPath(source.label).stem
    try:
        root = compose(source.text, source.label)
        if root is None or is_null(root):
            diagnostics.add(EmptySource(), Span(source.label, 1))
            return None
        return _Reader(source.label, diagnostics).flow(root, name, Span(source.label, 1))
    except Refusal as refusal:
        diagnostics.add(FileRefused(reason=refusal.reason), refusal.span)
        return None


class _Reader:
    """Reads one file. Its methods raise Refusal."""

    def __init__(self, label: str, diagnostics: Diagnostics) -> None:
        self._label = label
        self._diagnostics = diagnostics
        self._count = 0
        self._depth = 0

    def flow(self, node: yaml.Node, name: str, span: Span) -> Flow:
        """The flow that a mapping is, the whole file or a node of type flow."""
        found = self._fields(node, f"flow {name}")
        flow = Flow(name, span, {})
        if "config" in found:
            flow.config = self._properties(found["config"], f"config of {name}")
            flow.own = flow.config
        if "trigger" in found and not is_null(found["trigger"]):
            flow.trigger = self._trigger(found["trigger"])
        if "nodes" not in found:
            raise Refusal(f"flow {name} has no nodes", place(node, self._label))
        for item in items(found["nodes"], self._label, f"nodes of {name}"):
            inner = self._node(item)
            if inner.name in flow.nodes:
                self._refuse(flow, inner.span, inner.name, f"there is a node {inner.name} already")
            flow.nodes.setdefault(inner.name, inner)
            flow.refused |= inner.inner is not None and inner.inner.refused
        if not flow.nodes:
            raise Refusal(f"flow {name} has no nodes", place(found["nodes"], self._label))
        self._check(flow)
        return flow

    def _check(self, flow: Flow) -> None:
        """Azkaban: NodeBeanLoader.validate."""
        for node in flow.nodes.values():
            if node.name == "ROOT":
                self._refuse(flow, node.span, node.name, "no node may be called ROOT")
            for reference in node.dependencies:
                if reference.name not in flow.nodes:
                    reason = f"{node.name} depends on {reference.name}, which is no node beside it"
                    self._refuse(flow, reference.span, node.name, reason)
            kept = (r for r in node.dependencies if r.name in flow.nodes)
            node.dependencies = tuple(kept)

    def _refuse(self, flow: Flow, span: Span, name: str, reason: str) -> None:
        flow.refused = True
        self._diagnostics.add(FlowRefused(reason=reason), span, job=name, text=name)

    def _node(self, node: yaml.Node) -> Node:
        self._count += 1
        if self._count > MOST_NODES:
            raise Refusal(f"it has more than {MOST_NODES} nodes", place(node, self._label))
        found = self._fields(node, "a node")
        for key in ("name", "type"):
            if key not in found or is_null(found[key]):
                raise Refusal(f"a node has no {key}", place(node, self._label))
        name = text(found["name"], self._label, "the name of a node")
        type_ = text(found["type"], self._label, f"the type of {name.text}")
        own: dict[str, Value] = {}
        if "config" in found:
            own |= self._properties(found["config"], f"config of {name.text}")
        own["type"] = type_
        references = self._references(found, f"dependsOn of {name.text}")
        condition = None
        if "condition" in found and not is_null(found["condition"]):
            condition = text(found["condition"], self._label, f"condition of {name.text}")
        inner = None
        if type_.text == FLOW_TYPE:
            # An alias may stand inside of what it stands for.
            self._depth += 1
            if self._depth > DEEPEST:
                raise Refusal(f"flows are nested more than {DEEPEST} deep", name.span)
            inner = self.flow(node, name.text, name.span)
            self._depth -= 1
        elif "nodes" in found:
            reason = f"{name.text} has nodes, but is of type {type_.text}"
            raise Refusal(reason, place(found["nodes"], self._label))
        return Node(
            name=name.text,
            span=name.span,
            type=type_.text,
            own=own,
            dependencies=references,
            condition=condition,
            inner=inner,
        )

    def _references(self, found: dict[str, yaml.Node], what: str) -> tuple[Reference, ...]:
        if "dependsOn" not in found:
            return ()
        listed = (text(i, self._label, what) for i in items(found["dependsOn"], self._label, what))
        return tuple({value.text: Reference(*value) for value in listed}.values())

    def _fields(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """The fields of a node; snakeyaml refuses others, and takes the last of one name."""
        found: dict[str, yaml.Node] = {}
        for field in fields(node, self._label, what):
            if field.key not in OF_NODES:
                raise Refusal(f"{what} has the unknown field {field.key}", field.span)
            self._once(field.key, field.key in found, field.span)
            found[field.key] = field.node
        return found

    def _properties(self, node: yaml.Node, what: str) -> Props:
        if is_null(node):
            return {}
        found: dict[str, Value] = {}
        for field in fields(node, self._label, what):
            self._once(field.key, field.key in found, field.span)
            found[field.key] = text(field.node, self._label, f"{field.key} in {what}")
        return found

    def _once(self, key: str, known: bool, span: Span) -> None:
        if known:
            self._diagnostics.add(RepeatedProperty(key=key), span, text=key)

    def _trigger(self, node: yaml.Node) -> Trigger:
        """Azkaban: NodeBeanLoader.toFlowTrigger."""
        known = {f.key: f for f in fields(node, self._label, "trigger")}
        for field in known.values():
            if field.key not in OF_TRIGGERS:
                raise Refusal(f"trigger has the unknown field {field.key}", field.span)
        dependencies: list[Reference] = []
        if "triggerDependencies" in known:
            listed = known["triggerDependencies"].node
            for item in items(listed, self._label, "triggerDependencies"):
                parts = {f.key: f.node for f in fields(item, self._label, "a dependency")}
                named = parts.get("name")
                if named is None:
                    raise Refusal(
                        "a dependency of the trigger has no name", place(item, self._label)
                    )
                value = text(named, self._label, "the name of a dependency")
                dependencies.append(Reference(value.text, value.span))
        span = place(node, self._label)
        if "schedule" not in known:
            raise Refusal("the trigger has no schedule", span)
        parts = {f.key: f.node for f in fields(known["schedule"].node, self._label, "schedule")}
        kind = text(parts["type"], self._label, "type of schedule") if "type" in parts else None
        if kind is None or kind.text != "cron" or set(parts) != {"type", "value"}:
            raise Refusal("the schedule of a trigger has type: cron and a value", span)
        cron = text(parts["value"], self._label, "value of schedule")
        return Trigger(known["schedule"].span, cron, tuple(dependencies))
