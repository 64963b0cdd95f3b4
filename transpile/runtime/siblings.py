"""The workflows around a task, as the modules hold them: names and node ids of jobs."""

import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flytekit import LaunchPlan, PythonFunctionTask
from flytekit.core.condition import BranchNode
from flytekit.core.workflow import WorkflowBase

from transpile.runtime.admin import on_platform

# The ids that flytekit gives to nodes without one.
UNNAMED = re.compile(r"d?n\d+")


@dataclass(frozen=True)
class Siblings:
    """The workflows of a module and of its side modules, by the name of the module."""

    module: str

    @cached_property
    def workflows(self) -> list[WorkflowBase]:
        """All workflows, each once."""
        found = (v for names in self._modules() for v in vars(names).values())
        return list({id(v): v for v in found if isinstance(v, WorkflowBase)}.values())

    @cached_property
    def nodes(self) -> list[tuple[Any, Any, WorkflowBase]]:
        """Each node with what it runs and its workflow; those in branches, too."""
        return [
            (node, _runs(node), workflow)
            for workflow in self.workflows
            for node in _with_branches(workflow.nodes)
        ]

    @cached_property
    def known_names(self) -> set[str]:
        """The names of all jobs and boxes that run by helpers, and of their functions."""
        found: set[str] = set()
        for node, runs, workflow in self.nodes:
            found.add(workflow.name)
            if isinstance(runs, PythonFunctionTask):
                found.add(runs.task_function.__name__)
            if isinstance(runs, PythonFunctionTask | WorkflowBase):
                found.add(node.metadata.name)
        return found

    def names_of(self, entity: Any) -> set[str]:
        """The names of a job or box and of the boxes around it, and of its function."""
        found = {entity.name}
        if isinstance(entity, PythonFunctionTask):
            found = {entity.task_function.__name__}
        for node, runs, workflow in self.nodes:
            if runs is entity:
                found |= {node.metadata.name, *self.names_of(workflow)}
        return found

    def label_of(self, entity: Any) -> str:
        """The name of a job."""
        labels = (node.metadata.name for node, runs, _ in self.nodes if runs is entity)
        return str(next(labels, entity.name))

    def ids_of(self, entity: Any) -> set[str]:
        """The ids of the nodes that run a task or workflow, or that hold its nodes without id."""
        found: set[str] = set()
        for node, runs, workflow in self.nodes:
            if runs is entity:
                around = self.ids_of(workflow) if UNNAMED.fullmatch(node.id) else set()
                found |= around or {node.id}
        return found

    def around(self, entity: Any) -> set[str]:
        """The ids of the nodes that hold a task or workflow, at any depth."""
        holding = [workflow for _, runs, workflow in self.nodes if runs is entity]
        return {i for each in holding for i in (*self.ids_of(each), *self.around(each))}

    def upstream_of(self, entity: Any) -> list[Any]:
        """What the nodes run that stand directly in front of a task."""
        found = (node for node, runs, _ in self.nodes if runs is entity)
        return [_runs(upstream) for node in found for upstream in node.upstream_nodes]

    def _modules(self) -> Iterator[Any]:
        folder, dot, name = self.module.rpartition(".")
        main = folder + dot + (name.partition("__")[0] or name)
        if on_platform():
            # The pod of a task in a side module has not loaded the module of the workflow.
            importlib.import_module(main)
        for name, module in tuple(sys.modules.items()):
            if name in (main, "__main__") or name.startswith(f"{main}__"):
                yield module


def _runs(node: Any) -> Any:
    """What a node runs; for a launch plan, its workflow."""
    entity = node.flyte_entity
    return entity.workflow if isinstance(entity, LaunchPlan) else entity


def _with_branches(nodes: list[Any]) -> Iterator[Any]:
    """Nodes, and those in their branches."""
    for node in nodes:
        yield node
        if isinstance(node.flyte_entity, BranchNode):
            block = node.flyte_entity._ifelse_block
            cases = [block.case, *(block.other or ())]
            inner = [case.then_node for case in cases]
            yield from _with_branches([*inner, *filter(None, [block.else_node])])
