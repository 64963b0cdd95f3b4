"""Jobs that do not run: an earlier execution has done them, or an operator bypasses them."""

import re
from collections.abc import Iterator
from typing import Any

from flytekit import PythonFunctionTask, current_context

from transpile.runtime.admin import Admin, flyte_admin, on_platform
from transpile.runtime.failures import Failure
from transpile.runtime.records import Execution, NodeRecord
from transpile.runtime.restarts import (
    BYPASS,
    BYPASSED,
    RERUN,
    RESUME,
    Result,
    calling,
    is_bypassed,
    is_named,
    said_by_operator,
)
from transpile.runtime.siblings import UNNAMED, Siblings
from transpile.runtime.statuses import (
    ABORTED,
    FAILURE,
    RUNNING,
    SKIPPED,
    SUCCESS,
    TERMINATED,
    Status,
)

NO_SUCCESS = (FAILURE, TERMINATED, SKIPPED, ABORTED, RUNNING)
# Phases of nodes that an earlier execution decides about, or that have not begun.
UNDECIDED = {"RECOVERED", "QUEUED"}
SIDE_MODULE = re.compile(r"(?<!_)__\w+(?=\.\w+$)")


def instead_of_run() -> Result | None:
    """The result of the task's job if it does not run; prints why it runs or does not.

    Raises RuntimeError for a job, a box or an execution that is unknown.
    """
    task = calling("task_function")
    if task is None:
        return None
    siblings = Siblings(task.task_function.__module__)
    result, why = _decision(task, siblings)
    if why:
        print(f"{siblings.label_of(task)}: {why}", flush=True)
    return result


def _decision(task: Any, siblings: Siblings) -> tuple[Result | None, str]:
    """The result of a job, or None if it runs, and why."""
    names, known = siblings.names_of(task), siblings.known_names
    kinds = list(task.python_interface.outputs.values())
    if is_bypassed(siblings.label_of(task), names, known):
        result = Result(_as_returned([BYPASSED, ""], kinds))
        return result, f"bypassed, counts as {BYPASSED}"
    if is_named(names, known, RERUN):
        return None, f"runs, for {RERUN} names it"
    if not said_by_operator(RESUME):
        return None, ""
    if not on_platform():
        return None, "runs, for there is no platform here to resume from"
    found = Earlier(flyte_admin(), siblings).outcome(task)
    if isinstance(found, str):
        return None, f"runs, for {found}"
    record, outputs = found
    if len(outputs) < len(kinds):
        return None, f"runs, for {record.execution} has no values of it for other jobs"
    result = Result(_as_returned(outputs, kinds))
    return result, f"taken over from {record.execution}: {outputs[0]}"


def is_taken_over(job: str) -> bool:
    """True if a job of this name is taken over from the execution that RESUME names.

    The name is that of its node. Boxes are never taken over: they start again.
    """
    task = calling("task_function")
    if task is None or not said_by_operator(RESUME):
        return False
    siblings = Siblings(task.task_function.__module__)
    found = [runs for node, runs, _ in siblings.nodes if node.metadata.name == job]
    tasks = [each for each in found if isinstance(each, PythonFunctionTask)]
    names, known = [siblings.names_of(each) for each in tasks], siblings.known_names
    if any(is_named(each, known, word) for each in names for word in (RERUN, BYPASS)):
        return False
    earlier = Earlier(flyte_admin(), siblings)
    outcomes = [earlier.outcome(each) for each in tasks]
    return bool(outcomes) and not any(isinstance(each, str) for each in outcomes)


def was_told(job: str = "") -> bool:
    """True for a tell that the earlier execution has told of a job that this one takes over."""
    if not said_by_operator(RESUME):
        return False
    # A job that runs again tells again, and so may the box around it.
    if said_by_operator(RERUN) and not (job and is_taken_over(job)):
        return False
    task = calling("task_function")
    if task is None:
        return False
    siblings = Siblings(task.task_function.__module__)
    earlier = Earlier(flyte_admin(), siblings)
    needed = (*siblings.upstream_of(task), task)
    return all(not isinstance(earlier.outcome(each), str) for each in needed)


class Earlier:
    """The execution that RESUME names, and those that it has resumed or recovered."""

    def __init__(self, admin: Admin, siblings: Siblings) -> None:
        self._admin = admin
        self._siblings = siblings
        named = said_by_operator(RESUME)
        if named == current_context().execution_id.name:
            raise RuntimeError(f"{RESUME}: {named} is this execution")
        self._last = admin.execution(named)
        if not self._last.is_over:
            raise Failure("the execution to resume has not ended: terminate it", named)

    def outcome(self, entity: Any) -> tuple[NodeRecord, list[str | int]] | str:
        """The success of a task or box and what it returned; else why there is none.

        Raises RuntimeError if the execution is one of another workflow.
        """
        execution: Execution | None = self._last
        while execution is not None:
            self._check(execution)
            ended = set[str]()
            for record in self._records(execution.name, entity):
                if record.phase == "SUCCEEDED":
                    return self._success(record)
                ended.add(record.phase)
            if ended - UNDECIDED:
                return f"it is {min(ended)} in {execution.name}"
            if not execution.reruns.isdisjoint(self._siblings.names_of(entity)):
                return f"{execution.name} was to run it again"
            execution = self._before(execution)
        return f"{self._last.name} has not run it"

    def _success(self, record: NodeRecord) -> tuple[NodeRecord, list[str | int]] | str:
        outputs = self._admin.outputs(record).values()
        values = [value for value in outputs if value is not None]
        for value in values[:1]:
            if isinstance(value, str) and Status.parse(value).word in NO_SUCCESS:
                return f"it is {value} in {record.execution}"
        return record, values

    def _before(self, execution: Execution) -> Execution | None:
        """The execution that another one has resumed or recovered."""
        name = execution.resumes or self._admin.original(execution.name)
        return self._admin.execution(name) if name else None

    def _check(self, execution: Execution) -> None:
        known = {workflow.name for workflow in self._siblings.workflows}
        if execution.workflow not in known:
            what = f"{execution.name} is an execution of {execution.workflow}"
            raise RuntimeError(f"{RESUME}: {what}, another workflow")

    def _records(self, execution: str, entity: Any) -> Iterator[NodeRecord]:
        """The records of the nodes that have run a task or a box."""
        for record in self._named(execution, entity):
            if not isinstance(entity, PythonFunctionTask):
                yield record
                continue
            for leaf in self._leaves(record):
                if _without_side(self._admin.task(leaf)) == _without_side(entity.name):
                    yield leaf

    def _named(self, execution: str, entity: Any) -> Iterator[NodeRecord]:
        """The nodes with the id of a task or box: first those at the place that it has now."""
        ids, around = self._siblings.ids_of(entity), self._siblings.around(entity)
        places = [(execution, "")]
        while places:
            holding: list[NodeRecord] = []
            for place in places:
                for record in self._admin.nodes(*place):
                    if record.node in ids:
                        yield record
                    elif _may_hold(record):
                        holding.append(record)
            holding.sort(key=lambda record: record.node not in around)
            places = [record.inside for record in holding]

    def _leaves(self, record: NodeRecord) -> Iterator[NodeRecord]:
        """The nodes that may have run a task: this one, or those inside it."""
        if not record.is_parent and not record.launched:
            yield record
        for inner in self._admin.nodes(*record.inside) if _may_hold(record) else ():
            yield from self._leaves(inner)


def _may_hold(record: NodeRecord) -> bool:
    """True for nodes with others inside; branches, which have flytekit's ids, may have some."""
    has_place = record.is_parent or bool(record.launched)
    return has_place or UNNAMED.fullmatch(record.node) is not None


def _without_side(task: str) -> str:
    """The name of a task in the module of its workflow: another version has other side modules."""
    return SIDE_MODULE.sub("", task)


def _as_returned(outputs: list[str | int], kinds: list[type]) -> Any:
    """The outputs as a task with outputs of these kinds returns them."""
    first, *rest = outputs
    if kinds[0] is int and isinstance(first, str):
        first = Status.parse(first).code or 0
    if kinds[0] is str and isinstance(first, int):
        first = str(Status(SUCCESS, first))
    found = (first, *rest)[: len(kinds)]
    return found if len(kinds) > 1 else first
