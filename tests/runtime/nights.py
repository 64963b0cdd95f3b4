"""Plays an emitted workflow as Flyte does, task by task, and records it in Flyte Admin on loopback.

A node runs after those that it waits for have succeeded, in the order of the module.
"""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from flyteidl.admin.workflow_pb2 import WorkflowSpec
from flytekit import LaunchPlan, PythonFunctionTask
from flytekit.core.condition import BranchNode
from flytekit.core.constants import GLOBAL_INPUT_NODE_ID
from flytekit.core.workflow import WorkflowBase
from flytekit.exceptions.user import FlyteRecoverableException
from flytekit.models.core.condition import BooleanExpression, ConjunctionExpression

from tests.admin import Door
from tests.admin.pods import pod
from tests.admin.records import Run

Values = dict[tuple[str, str], Any]
"""What inputs of a workflow, under the node "", and nodes have handed over."""


@dataclass
class Night:
    """Executions of the workflows of a module."""

    door: Door
    module: ModuleType
    monkeypatch: pytest.MonkeyPatch
    errors: dict[str, Exception] = field(default_factory=dict)

    def play(
        self,
        workflow: str,
        *,
        stop: str = "",
        ago: timedelta = timedelta(),
        inputs: Mapping[str, Any] | None = None,
        **variables: str,
    ) -> Run:
        """Play a workflow, until somebody aborts it at the node `stop`."""
        entity = getattr(self.module, workflow)
        run = self.door.run(entity.name, ago=ago, variables=variables)
        self.door.workflows[entity.name, ""] = _spec(entity)
        self.errors.clear()
        with self.monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            player = _Player(self, run, stop, ago)
            values = {("", name): value for name, value in (inputs or {}).items()}
            player.play(entity, values, "")
        aborted = player.stopped
        run.end("ABORTED" if aborted else "FAILED" if self.errors else "SUCCEEDED", ago)
        return run


@dataclass
class _Player:
    night: Night
    run: Run
    stop: str
    ago: timedelta
    stopped: bool = False

    def play(self, workflow: WorkflowBase, values: Values, inside: str) -> bool:
        """Play the nodes of a workflow; True if all have succeeded."""
        done = set[str]()
        for node in workflow.nodes:
            self.stopped |= node.id == self.stop
            needed = {each.id for each in node.upstream_nodes} - {GLOBAL_INPUT_NODE_ID}
            if self.stopped or not needed <= done:
                continue
            if self._node(node, values, inside):
                done.add(node.id)
        for output in workflow.output_bindings:
            values["", output.var] = _value(output.binding, values)
        return len(done) == len(workflow.nodes)

    def _node(self, node: Any, values: Values, inside: str) -> bool:
        entity = node.flyte_entity
        given = {each.var: _value(each.binding, values) for each in node.bindings}
        if isinstance(entity, PythonFunctionTask):
            return self._task(node.id, entity, given, values, inside)
        if isinstance(entity, BranchNode):
            around = self.run.node(node.id, "RUNNING", inside=inside, ago=self.ago)
            block = entity._ifelse_block
            holds = _holds(block.case.condition, given)
            chosen = block.case.then_node if holds else block.else_node
            good = self._node(chosen, values, around)
            values[node.id, "o0"] = values.get((chosen.id, "o0"))
            phase = "SUCCEEDED" if good else "FAILED"
            self.run.node(node.id, phase, inside=inside, ago=self.ago)
            return good
        if not isinstance(entity, WorkflowBase | LaunchPlan):
            self.run.node(node.id, output=True, inside=inside, ago=self.ago)
            values[node.id, "o0"] = True
            return True
        inner = {("", name): value for name, value in given.items()}
        if isinstance(entity, LaunchPlan):
            part = self.night.door.run(entity.workflow.name, ago=self.ago, part_of=self.run)
            self.run.node(node.id, "RUNNING", inside=inside, launched=part, ago=self.ago)
            player, place = _Player(self.night, part, self.stop, self.ago), ""
            good = player.play(entity.workflow, inner, "")
            self.stopped |= player.stopped
            part.end("SUCCEEDED" if good else "FAILED", self.ago)
            self.run.node(node.id, part.phase, inside=inside, launched=part, ago=self.ago)
        else:
            place = self.run.node(node.id, "RUNNING", inside=inside, is_parent=True, ago=self.ago)
            good = self.play(entity, inner, place)
            phase = "SUCCEEDED" if good else "FAILED"
            self.run.node(node.id, phase, inside=inside, is_parent=True, ago=self.ago)
        values.update({(node.id, n): v for (at, n), v in inner.items() if not at})
        return good

    def _task(
        self,
        node: str,
        task: PythonFunctionTask,
        given: Mapping[str, Any],
        values: Values,
        inside: str,
    ) -> bool:
        output: Any = None
        try:
            with pod(self.run):
                output = task.task_function(**given)
            phase = "SUCCEEDED"
        except (RuntimeError, FlyteRecoverableException) as error:
            self.night.errors[node] = error
            phase = "FAILED"
        self.run.node(node, phase, output, self.ago, inside=inside, task=task.name)
        several = output if isinstance(output, tuple) else (output,)
        values.update({(node, f"o{place}"): value for place, value in enumerate(several)})
        return phase == "SUCCEEDED"


def _spec(workflow: WorkflowBase) -> WorkflowSpec:
    """What is registered of a workflow, as far as names of nodes go."""
    spec, pending = WorkflowSpec(), [workflow]
    while pending:
        each = pending.pop()
        template = spec.template if each is workflow else spec.sub_workflows.add()
        for node in each.nodes:
            template.nodes.add(id=node.id).metadata.name = node.metadata.name
            pending += [node.flyte_entity] if isinstance(node.flyte_entity, WorkflowBase) else []
    return spec


def _holds(test: Any, given: Mapping[str, Any]) -> bool:
    """True if the condition of a native branch holds."""
    if isinstance(test, BooleanExpression):
        test = test.conjunction or test.comparison
    if isinstance(test, ConjunctionExpression):
        both = [_holds(each, given) for each in (test.left_expression, test.right_expression)]
        is_and = test.operator == ConjunctionExpression.LogicalOperator.AND
        return all(both) if is_and else any(both)
    left, right = (
        side.primitive.value if side.primitive else given[side.var]
        for side in (test.left_value, test.right_value)
    )
    compare = (operator.eq, operator.ne, operator.gt, operator.ge, operator.lt, operator.le)
    return bool(compare[test.operator](left, right))


def _value(binding: Any, values: Values) -> Any:
    if binding.promise is not None:
        source = binding.promise.node_id
        key = "" if source == GLOBAL_INPUT_NODE_ID else source
        return values.get((key, binding.promise.var))
    return binding.scalar.primitive.value
