"""Values of properties that only a run knows: of upstream jobs, of the run and of its start."""

from transpile.dialects.azkaban.codes.jobs import (
    ProjectName,
    ServerTimeZone,
    ValueAcrossFlows,
    ValueFromJob,
)
from transpile.dialects.azkaban.model import Node
from transpile.dialects.azkaban.scope import Scope
from transpile.dialects.kit.texts import Hole
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Variable, VariableRef

ATTEMPT = "$RETRY"
SHELL_VARIABLES = {
    "azkaban.flow.execid": "$FLYTE_INTERNAL_EXECUTION_ID",
    "azkaban.flow.uuid": "$FLYTE_INTERNAL_EXECUTION_ID",
    "azkaban.job.attempt": ATTEMPT,
    "working.dir": "$PWD",
}
"""Properties of a run, with the shell variables that hold their values on Flyte."""

_START = "azkaban.flow.start"
START_PARTS = frozenset(
    f"{_START}.{part}"
    for part in "timestamp year month day hour minute second milliseconds timezone".split()
)
"""FlowUtils.addCommonFlowProperties: the parts of the time at which the outermost flow starts."""

PROJECT_NAME = "azkaban.flow.projectname"


class RunValues:
    """The variables of one flow, given the project's name and the server's time zone.

    `variables` hold values that no file defines, and values that a job may replace. `doubtful` are
    the properties that a job may replace although its command does not show it.
    """

    def __init__(self, diagnostics: Diagnostics, project: str, zone: str) -> None:
        self._diagnostics = diagnostics
        self._project = project
        self._zone = zone
        self.variables: dict[str, Variable] = {}
        self.doubtful: dict[str, None] = {}

    def undefined(self, key: str, node: Node, scope: Scope) -> Hole:
        """Stands for a property that no file defines: a parent or whoever starts the flow may."""
        if key in SHELL_VARIABLES:
            return SHELL_VARIABLES[key]
        name, givers = f"{scope.path}{node.name}", scope.givers(node)
        if key.startswith("azkaban."):
            return self._of_the_flow(key, node, name)
        lost = sorted(scope.handed | scope.out_of_reach(node))
        if lost:
            across = ValueAcrossFlows(key=key, name=name, others=", ".join(lost))
            self._diagnostics.add(across, node.span, job=name, text=key)
        elif givers:
            handed = ValueFromJob(key=key, name=name, others=", ".join(givers))
            self._diagnostics.add(handed, node.span, job=name, text=key)
        return self._variable(key, None, givers)

    def replaceable(self, key: str, value: str, node: Node, scope: Scope) -> Hole | None:
        """Stands for a defined property that a parent may replace; None if none does.

        FlowRunner: the job's own properties beat outputs, which beat those of flows and files.
        """
        if key in node.own or key.startswith("azkaban."):
            return None
        givers = scope.givers(node)
        told = tuple(name for name in givers if scope.writes_outputs(name))
        if not told or "\0" in value:
            outside = scope.handed and key not in scope.inherited[0]
            if outside or any(map(scope.may_write_outputs, givers)):
                self.doubtful[key] = None
            return None
        return self._variable(key, value, told)

    def _of_the_flow(self, key: str, node: Node, name: str) -> VariableRef:
        """Stands for a property that Azkaban sets: about the run, the flow or its project."""
        if key in START_PARTS:
            if not self._zone and _START not in self.variables:
                zone = ServerTimeZone(name=name, key=key)
                self._diagnostics.add(zone, node.span, job=name, text=key)
            self.variables[_START] = Variable(_START, None, is_start=True)
            part = key.removeprefix(f"{_START}.")
            return VariableRef(_START, f"${{{key}}}", part=part, zone=self._zone)
        if key != PROJECT_NAME or not self._project:
            return self._variable(key, None, ())
        if key not in self.variables:
            project = ProjectName(name=name, key=key, project=self._project)
            self._diagnostics.add(project, node.span, job=name, text=key)
        return self._variable(key, self._project, ())

    def _variable(self, key: str, value: str | None, givers: tuple[str, ...]) -> VariableRef:
        """A reference to the variable of the key; each value of the key has its own variable."""
        name, number = key, 2
        while (known := self.variables.get(name)) is not None and known.value != value:
            name, number = f"{key}.{number}", number + 1
        self.variables[name] = Variable(name, value)
        return VariableRef(name, f"${{{key}}}", givers, "" if name == key else key)
