"""Moves nodes of a workflow into parts, and binds the values that cross their borders."""

from collections import Counter
from dataclasses import dataclass, field, replace
from operator import invert
from os.path import commonprefix

from transpile.lowering.entity_types import Type, TypeOf
from transpile.model.graph import topological
from transpile.targets.flyte.model import (
    InputPlan,
    NodePlan,
    NodeRole,
    OutputPlan,
    TaskPlan,
    WorkflowPlan,
)
from transpile.targets.flyte.names import (
    LONGEST,
    RESERVED_FOR_INPUTS,
    RESERVED_IN_MODULES,
    Scope,
    flyte_name,
    result_name,
)
from transpile.targets.flyte.values import Input, Output, Value, sources

_Path = tuple[int, ...]
"""The numbers of the workflows around a node, the outermost one first."""


@dataclass(frozen=True, slots=True)
class Item:
    """A future node: a node of the workflow, or a part with other items `inside`.

    `first` is the number of its first node, `weight` the number of nodes that it adds to an
    execution. A `launched` item has an execution of its own.
    """

    first: int
    weight: int
    inside: "tuple[Item, ...]" = ()
    launched: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the entities of a module, by variable.

    `types` has the types of the outputs of tasks and workflows, `ends` the first and the last node
    of each part.
    """

    types: dict[str, dict[str, Type]] = field(default_factory=dict)
    ends: dict[str, tuple[NodePlan, NodePlan]] = field(default_factory=dict)


class Cut:
    """A workflow, cut into these items: the whole and its parts, inner ones first.

    `insides` has the items of each one; the last one is the whole. A part has the name of its first
    job behind `title`.
    """

    def __init__(
        self, workflow: WorkflowPlan, items: tuple[Item, ...], known: Known, title: str
    ) -> None:
        self._workflow = workflow
        self._title = title
        self._known = known
        self._place = {node.variable: number for number, node in enumerate(workflow.nodes)}
        self.insides: list[tuple[Item, ...]] = []
        self.leaves: list[Item] = []
        self._paths: list[_Path] = []
        self._path_of: dict[int, _Path] = {}
        self._find_parts(items)
        self._tasks = self._tasks_by_part()
        self._users = Counter(node.entity for node in workflow.nodes)
        self._inputs = {known.name: known for known in workflow.inputs}
        self._takes: list[dict[Input | Output, None]] = [{} for _ in self.insides]
        self._gives: list[dict[Output, None]] = [{} for _ in self.insides]
        # Pairs of places: the second follows the first; True if it is handed an output.
        self._pairs: list[dict[tuple[int, int], bool]] = [{} for _ in self.insides]
        self._carried: dict[Output, str] = {}
        self._parts: list[WorkflowPlan] = []

    @property
    def depth(self) -> int:
        """The number of workflows inside one another."""
        return max(map(len, self._paths))

    def workflows(self, scope: Scope, names: Scope) -> list[WorkflowPlan]:
        """The workflows; `scope` and `names` are those of the module and of Flyte."""
        whole, count = self._workflow, len(self.insides) - 1
        self._trace()
        called = [self._claimed(number, scope, names) for number in reversed(range(count))][::-1]
        for number, (variable, name) in enumerate(called):
            first, last = self._known.ends[variable]
            limited = "size of an execution" if self._launched[number] else "nodes and paths"
            reason = f"A part: Flyte limits the {limited}"
            part = WorkflowPlan(
                variable=variable,
                name=name,
                comments=(f"{self._title}: from {first.label} to {last.label}", reason),
                tasks=(),
                inputs=tuple(map(self._input, self._takes[number])),
                nodes=(),
                edges=(),
                outputs=tuple(self._output(source, number) for source in self._gives[number]),
                result=result_name(scope, variable),
            )
            self._parts.append(part)
        root = self._paths[-1]
        outputs = (replace(o, source=self._moved(o.source, root)) for o in whole.outputs)
        self._parts.append(replace(whole, outputs=tuple(outputs)))
        return [self._filled(number) for number in range(count + 1)]

    def _claimed(self, number: int, scope: Scope, names: Scope) -> tuple[str, str]:
        """The variable and the name of a part, after its first job; outer parts choose first."""
        first, last = (self._workflow.nodes[place] for place in self._ends[number])
        ends = self._known.ends
        first, last = ends.get(first.entity, (first,))[0], ends.get(last.entity, (last,))[-1]
        prefix = "run_from" if self._launched[number] else "from"
        base = first.variable.removesuffix("_node")[:LONGEST].rstrip("_")
        variable = scope.claim(f"{prefix}_{base}", "_node")
        ends[variable] = first, last
        called = flyte_name(first.job or first.label)
        return variable, names.claim(f"{self._title}.{prefix}_{called}")

    # ---------------------------------------------------------------- places

    def _find_parts(self, items: tuple[Item, ...]) -> None:
        outwards, launched = [items], [False]
        paths: list[_Path] = [(0,)]
        path_of: dict[int, _Path] = {}
        pending = [(item, paths[0]) for item in items]
        while pending:
            item, path = pending.pop()
            if item.inside:
                path = (*path, len(outwards))
                outwards.append(item.inside)
                launched.append(item.launched)
                paths.append(path)
                pending += [(inner, path) for inner in item.inside]
            else:
                self.leaves.append(item)
                path_of[item.first] = path
        self.leaves.sort(key=lambda item: item.first)
        # Inner parts are printed first.
        last = len(outwards) - 1
        self.insides = outwards[::-1]
        self._paths = [tuple(last - number for number in path) for path in paths[::-1]]
        self._path_of = {n: tuple(last - k for k in path) for n, path in path_of.items()}
        self._launched = launched[::-1]
        self._ends: dict[int, tuple[int, int]] = {}
        for place, path in sorted(self._path_of.items()):
            self._ends.update((part, (self._ends.get(part, (place,))[0], place)) for part in path)
        self._inner: list[list[int]] = [[] for _ in outwards]
        for *_, around, part in (path for path in self._paths if len(path) > 1):
            self._inner[around].append(part)

    def _tasks_by_part(self) -> list[list[TaskPlan]]:
        """The tasks that are printed with each workflow: the first one that uses them.

        Tasks without a node are printed first.
        """
        homes: dict[str, int] = {}
        for number, node in enumerate(self._workflow.nodes):
            home = self._path_of[number][-1]
            homes[node.entity] = min(home, homes.get(node.entity, home))
        found: list[list[TaskPlan]] = [[] for _ in self.insides]
        for task in self._workflow.tasks:
            users = [homes[entity] for entity in task.entities if entity in homes]
            found[min(users, default=0)].append(task)
        return found

    def _trace(self) -> None:
        """Find what each part takes and gives, and the edges of each workflow."""
        scope = self._names_inside()
        for number, node in enumerate(self._workflow.nodes):
            for source in node.sources:
                self._carry(source, self._path_of[number], scope)
                if isinstance(source, Output):
                    self._connect(self._place[source.node], number, handed=True)
        for first, second in self._workflow.edges:
            self._connect(self._place[first], self._place[second], handed=False)
        for output in self._workflow.outputs:
            for source in sources(output.source):
                self._carry(source, self._paths[-1], scope)

    def _names_inside(self) -> Scope:
        """The names that an output cannot have when it crosses the border of a part."""
        scope = Scope()
        scope.take(RESERVED_IN_MODULES | RESERVED_FOR_INPUTS)
        scope.take(self._inputs)
        scope.take(self._place)
        return scope

    def _called(self, source: Output, scope: Scope) -> str:
        """The name of an output as an input or output of parts: that of its task, or a new one.

        An input hides an entity of the same name in functions with this input.
        """
        own = self._workflow.nodes[self._place[source.node]].entity
        base = source.node.removesuffix("_node")
        base = base if source.name == "o0" else f"{base}_{source.name}"
        name = scope.claim(base)
        while self._users[name] > (name == own):
            name = scope.claim(base)
        return name

    def _carry(self, source: Input | Output, here: _Path, scope: Scope) -> None:
        if isinstance(source, Input):
            for part in here[1:]:
                self._takes[part][source] = None
            return
        there = self._path_of[self._place[source.node]]
        shared = len(commonprefix([here, there]))
        if len(here) + len(there) > 2 * shared and source not in self._carried:
            self._carried[source] = self._called(source, scope)
        for part in there[shared:]:
            self._gives[part][source] = None
        for part in here[shared:]:
            self._takes[part][source] = None

    def _connect(self, first: int, second: int, *, handed: bool) -> None:
        # Places of nodes are numbers from zero, those of parts are below zero.
        ways = [(*map(invert, self._path_of[number]), number) for number in (first, second)]
        shared = len(commonprefix(ways))
        pairs = self._pairs[~ways[0][shared - 1]]
        pair = ways[0][shared], ways[1][shared]
        pairs[pair] = handed or pairs.get(pair, False)

    # ---------------------------------------------------------------- plans

    def _input(self, source: Input | Output) -> InputPlan:
        if isinstance(source, Output):
            return InputPlan(self._carried[source], self._type(source))
        return self._inputs[source.name]

    def _output(self, source: Output, number: int) -> OutputPlan:
        moved = self._moved(source, self._paths[number])
        return OutputPlan(self._carried[source], moved, self._type(source))

    def _type(self, source: Output) -> Type:
        entity = self._workflow.nodes[self._place[source.node]].entity
        types = self._known.types.get(entity)
        return types[source.name] if types else TypeOf(entity, "outputs", source.name)

    def _moved(self, value: Value, here: _Path) -> Value:
        """The value with the names of the workflow of that path."""
        if isinstance(value, tuple):
            return tuple(self._moved(item, here) for item in value)
        if isinstance(value, dict):
            return {key: self._moved(item, here) for key, item in value.items()}
        if not isinstance(value, Output):
            return value
        there = self._path_of[self._place[value.node]]
        if there == here:
            return value
        if there[: len(here)] == here:
            return Output(f"{self._parts[there[len(here)]].variable}_node", self._carried[value])
        return Input(self._carried[value])

    def _filled(self, number: int) -> WorkflowPlan:
        """The workflow of that number with its nodes in dependency order."""
        plan, here = self._parts[number], self._paths[number]
        leaves = {item.first: item for item in self.insides[number] if not item.inside}
        firsts = {~part: self.insides[part][0].first for part in self._inner[number]}
        places = sorted((*firsts, *leaves), key=lambda place: firsts.get(place, place))
        rank = {place: n for n, place in enumerate(places)}
        behind: list[list[int]] = [[] for _ in places]
        for first, second in self._pairs[number]:
            behind[rank[first]].append(rank[second])
        places = [places[n] for n in topological(behind)]
        nodes = {
            place: self._node(leaves[place], here) if place >= 0 else self._part_node(~place, here)
            for place in places
        }
        rank = {place: n for n, place in enumerate(places)}
        follows = [pair for pair, handed in self._pairs[number].items() if not handed]
        follows.sort(key=lambda pair: (rank[pair[1]], rank[pair[0]]))
        return replace(
            plan,
            tasks=tuple(self._tasks[number]),
            nodes=tuple(nodes.values()),
            edges=tuple((nodes[a].variable, nodes[b].variable) for a, b in follows),
        )

    def _node(self, item: Item, here: _Path) -> NodePlan:
        node = self._workflow.nodes[item.first]
        inputs = tuple((name, self._moved(value, here)) for name, value in node.inputs)
        return replace(node, inputs=inputs, launches=item.launched)

    def _part_node(self, number: int, here: _Path) -> NodePlan:
        plan = self._parts[number]
        first, _ = self._known.ends[plan.variable]
        handed = zip(plan.inputs, self._takes[number], strict=True)
        return NodePlan(
            variable=f"{plan.variable}_node",
            node_id=plan.variable.replace("_", "-"),
            label=f"{self._title} (from {first.label})",
            entity=plan.variable,
            is_workflow=True,
            role=NodeRole.PART,
            job=None,
            inputs=tuple((known.name, self._moved(source, here)) for known, source in handed),
            launches=self._launched[number],
        )
