"""Where a node stands: the flows around it, what it inherits, and which jobs can pass it values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from transpile.dialects.azkaban.job_types import KEYS, LINES
from transpile.dialects.azkaban.model import COMMAND_TYPE, Flow, Node, Props

OUTPUT_FILE = "JOB_OUTPUT_PROP_FILE"
"""The variable that names the file into which a job writes values for downstream jobs."""

_SILENT_PROGRAMS = frozenset("chmod cp date echo false ls mkdir mv rm sleep touch true".split())
"""Programs that never write that file: without a shell, none of them learns its name."""


@dataclass(slots=True)
class Scope:
    """The surroundings of the nodes of one flow.

    `flow` is the outermost flow, `path` the names of the flows around the nodes, `inherited` their
    properties from the inside out. `handed` are the jobs outside that may pass values into it.
    """

    flow: str
    path: str = ""
    inherited: tuple[Props, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict)
    handed: frozenset[str] = frozenset()

    def within(self, node: Node, inner: Flow) -> "Scope":
        """The scope of the nodes of an embedded flow, which see the properties of its node."""
        path = f"{self.path}{node.name}:"
        handed = self.handed | self.out_of_reach(node) | set(self.givers(node))
        return Scope(self.flow, path, (node.own, *self.inherited), inner.nodes, handed)

    def givers(self, node: Node) -> tuple[str, ...]:
        """The parents that can pass values to the node."""
        return tuple(f"{self.path}{n}" for n in node.parents if self.nodes[n].type in LINES)

    def out_of_reach(self, node: Node) -> set[str]:
        """The parents whose values do not arrive here: embedded flows."""
        return {f"{self.path}{n}" for n in node.parents if self.nodes[n].inner is not None}

    def writes_outputs(self, name: str) -> bool:
        """True if the properties of a sibling job name the file of outputs."""
        node = self.nodes[name.removeprefix(self.path)]
        return any(OUTPUT_FILE in value.text for value in node.own.values())

    def may_write_outputs(self, name: str) -> bool:
        """False if a sibling job runs only programs that never write outputs."""
        node = self.nodes[name.removeprefix(self.path)]
        lines = [value.text for key, value in node.own.items() if KEYS[COMMAND_TYPE].fullmatch(key)]
        programs = {line.split(" ")[0].rpartition("/")[2] for line in map(str.strip, lines)}
        return node.type != COMMAND_TYPE or not programs or not programs <= _SILENT_PROGRAMS
