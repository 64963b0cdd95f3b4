"""What Flyte would get and do: modules serialised by flytekit, and a model of its scheduler.

Written apart from the emitter, so that the two can disagree.
"""

import importlib.util
import itertools
import sys
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from flytekit.configuration import Image, ImageConfig, SerializationSettings
from flytekit.core.launch_plan import LaunchPlan
from flytekit.models.admin.workflow import WorkflowSpec
from flytekit.tools.translator import get_serializable

_SETTINGS = SerializationSettings(
    image_config=ImageConfig(default_image=Image("default", "image", "tag")),
    project="p",
    domain="d",
    version="v",
)
_NUMBER = itertools.count()


def load(folder: Path, name: str) -> ModuleType:
    """Import a module of an emitted package; each time under a name of its own."""
    LaunchPlan.CACHE.clear()
    before = sys.path[:]
    try:
        for known in [n for n in sys.modules if n.partition(".")[0] == folder.name]:
            del sys.modules[known]
        unique = f"emitted_{next(_NUMBER)}_{name.replace('.', '_')}"
        path = folder / f"{name.replace('.', '/')}.py"
        spec = importlib.util.spec_from_file_location(unique, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[unique] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path[:] = before


def serialise(module: ModuleType, variable: str) -> WorkflowSpec:
    """The workflow as the back-end gets it."""
    spec = get_serializable(OrderedDict(), _SETTINGS, getattr(module, variable))
    assert isinstance(spec, WorkflowSpec)
    return spec


@dataclass
class Node:
    """A node with its own nodes, if it is a sub-workflow."""

    node_id: str
    label: str
    upstream: tuple[str, ...]
    nodes: "list[Node]" = field(default_factory=list)

    def leaves(self) -> "Iterator[Node]":
        """The task nodes inside, or the node itself."""
        if not self.nodes:
            yield self
        for node in self.nodes:
            yield from node.leaves()


def tree(spec: WorkflowSpec) -> list[Node]:
    """The workflow's nodes, sub-workflows opened."""
    inner = {str(s.id): s for s in spec.sub_workflows}

    def opened(template: object) -> list[Node]:
        found = []
        for node in template.nodes:  # type: ignore[attr-defined]
            if node.id == "start-node":
                continue
            reference = node.workflow_node.sub_workflow_ref if node.workflow_node else None
            nodes = opened(inner[str(reference)]) if reference else []
            upstream = tuple(u for u in node.upstream_node_ids if u != "start-node")
            found.append(Node(node.id, node.metadata.name, upstream, nodes))
        return found

    return opened(spec.template)


def check_ids(nodes: list[Node]) -> None:
    """Ids are unique DNS labels, and upstream ids name nodes of the same workflow."""
    ids = [node.node_id for node in nodes]
    assert len(set(ids)) == len(ids)
    for node in nodes:
        label = node.node_id
        assert label == label.lower()
        assert 0 < len(label) < 63
        assert label.replace("-", "").isalnum()
        assert label.isascii()
        assert not label.startswith("-")
        assert not label.endswith("-")
        assert set(node.upstream) <= set(ids)
        check_ids(node.nodes)


def simulate(nodes: list[Node], failing: set[str]) -> tuple[set[str], bool]:
    """The labels of task nodes that run, and whether all succeeded.

    FAIL_AFTER_EXECUTABLE_NODES_COMPLETE: a node runs when all its upstream nodes succeeded; a
    failure elsewhere stops nothing.
    """
    ran: set[str] = set()
    state: dict[str, bool] = {}
    pending = list(nodes)
    while pending:
        ready = [n for n in pending if all(u in state for u in n.upstream)]
        assert ready, "the workflow has a cycle"
        for node in ready:
            pending.remove(node)
            if not all(state[u] for u in node.upstream):
                state[node.node_id] = False
            elif node.nodes:
                inner, state[node.node_id] = simulate(node.nodes, failing)
                ran |= inner
            else:
                ran.add(node.label)
                state[node.node_id] = node.label not in failing
    return ran, all(state.values())


def reach(nodes: list[Node]) -> dict[str, set[str]]:
    """For each task node, by label, the labels of all task nodes that end before it starts."""
    before: dict[str, set[str]] = {}

    def walk(level: list[Node], outer: set[str]) -> set[str]:
        done: dict[str, set[str]] = {}
        pending = list(level)
        while pending:
            node = next(n for n in pending if all(u in done for u in n.upstream))
            pending.remove(node)
            above = set(outer).union(*(done[u] for u in node.upstream))
            if node.nodes:
                done[node.node_id] = walk(node.nodes, above)
            else:
                before[node.label] = above
                done[node.node_id] = above | {node.label}
        return set().union(*done.values())

    walk(nodes, set())
    return before
