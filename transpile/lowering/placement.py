"""Places each job: finds the nodes and edges of workflows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.lowering.failures import Failures, Link
from transpile.lowering.structure import Key, Role
from transpile.model import FALSE, Facts, InitialStatus
from transpile.model.graph import topological

MOST = 64
"""Maximum number of edges at the start or end of a flattened box without a node of its own."""

_IN_FRONT = (Role.START, Role.MISSING, Role.WAIT, Role.NOT_BEFORE, Role.LEGACY_START)
_BEHIND = (Role.TELL, Role.LEGACY_END)


@dataclass(slots=True)
class Layout:
    """The nodes of one workflow in dependency order, otherwise in source order.

    `edges` are pairs of nodes: the second waits for the first. `values` has for each node the
    vertices whose status it is handed; it waits for them without an edge.
    """

    nodes: list[Key] = field(default_factory=list)
    edges: dict[tuple[Key, Key], None] = field(default_factory=dict)
    values: dict[Key, list[Key]] = field(default_factory=dict)


def home_of(facts: Facts, name: str) -> str | None:
    """The box whose workflow holds the job; None for the outermost workflow."""
    box = facts.jobs[name].box
    while box is not None and box in facts.flattened:
        box = facts.jobs[box].box
    return box


def waits(facts: Facts, name: str) -> bool:
    """True if the job waits for other workflows after its own workflow has started."""
    return name in facts.cuts and not facts.cuts[name].starts


def is_timed(facts: Facts, name: str) -> bool:
    """True for a job in a box that starts at times of its own.

    Times that are those of the workflow, and places in a plan, hold nothing back.
    """
    job = facts.jobs[name]
    if job.schedule is None or job.box is None or job.schedule.placed:
        return False
    if job.status is InitialStatus.ON_ICE:
        return False
    clocks = (facts.jobs[top].schedule for top in facts.groups[0])
    return all(clock is None or clock.when() != job.schedule.when() for clock in clocks)


class Placement:
    """The placement of one group of jobs: a workflow for each box that is not flattened.

    The outermost workflow is that of the box `root`; without one, it is an additional workflow.
    `place` has the position of each job in the source, `layouts` the layout of each box's workflow.
    """

    def __init__(
        self, facts: Facts, root: str | None, failures: Failures, place: Mapping[str, int]
    ) -> None:
        self._facts = facts
        self._root = root
        self._place = place
        self._failures = failures
        self._members = failures.conditions.members
        self._entries: dict[str, tuple[Key, ...]] = {}
        self._inner: dict[str, tuple[Key, ...]] = {}
        self._exits: dict[str, tuple[Key, ...]] = {}
        self._waited: Counter[Key] = Counter()
        self._covered: set[Key] = set()
        self._rank: dict[Key, tuple[int, int, int]] = {}
        self._placed: set[tuple[str | None, Key]] = set()
        self._heard, self._looked_at = facts.heard, facts.looked_at
        self._begun = self._find_begun()
        self.layouts: dict[str | None, Layout] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        self._find_nodes()
        self._find_boundaries()
        for key, links in self._failures.links.items():
            for upstream, link in links.items() if key.role not in _BEHIND else ():
                self._connect(upstream, key, link)
        self._hand_down_starts()
        self._add_tells()
        self._add_legacy_ends()
        self._gather_results()
        for home, layout in self.layouts.items():
            self._sort(home, layout)

    def is_workflow(self, name: str) -> bool:
        """True for a box that is a workflow of its own."""
        return bool(self._members.get(name)) and name not in self._facts.flattened

    def home(self, name: str) -> str | None:
        """The box whose workflow holds the job; None for the outermost workflow."""
        return home_of(self._facts, name)

    def node(self, vertex: Key) -> Key:
        """The node that reports the status of a vertex."""
        if vertex.role is Role.END and self.is_workflow(vertex.name) and vertex.name != self._root:
            return Key(Role.JOB, vertex.name)
        return vertex

    def provider(self, vertex: Key, home: str | None) -> Key | None:
        """The node of `home` that reports a vertex's status; None if it is an input of `home`."""
        if vertex.role is Role.START and self._stands_alone(vertex.name) and home == vertex.name:
            return None
        return self.node(vertex)

    def _inside(self, box: str) -> str | None:
        return box if self.is_workflow(box) else self.home(box)

    def _around(self, box: str) -> str | None:
        return box if box == self._root else self.home(box)

    # ---------------------------------------------------------------- nodes

    def _find_nodes(self) -> None:
        self.layouts = {None: Layout()} if self._root is None else {}
        for name in self._facts.order:
            if self.is_workflow(name):
                self.layouts[name] = Layout()
        for name in self._facts.order:
            if name != self._root and (self.is_workflow(name) or not self._members.get(name)):
                self._add(self.home(name), Key(Role.JOB, name))
            if Key(Role.START, name) in self._failures.gates:
                self._add(self._around(name), Key(Role.START, name))
            if Key(Role.END, name) in self._failures.watched or self._never_ends(name):
                self._add(self._inside(name), Key(Role.END, name))
        for key in self._failures.checked:
            self._add(self._around(key.name), Key(Role.CHECK, key.name))

    def _add(self, home: str | None, key: Key, near: str | None = None) -> None:
        """Place a node beside the job `near`, by default the job of its key."""
        if (home, key) in self._placed:
            return
        self._placed.add((home, key))
        self.layouts[home].nodes.append(key)
        name = near or key.name
        # A local run stops at the first failure, so the nodes that fail for other jobs come last.
        late = int(key.role in (Role.CHECK, Role.RESULT))
        place, beside = self._place.get(name, 0), 0
        if key.role in _IN_FRONT:
            beside = -1
        elif key.role in _BEHIND:
            beside = 2
        elif key.role is Role.END:
            place, beside = max(self._place[member] for member in self._members[name]), 1
        self._rank.setdefault(key, (late, place, beside))

    def _never_ends(self, box: str) -> bool:
        return bool(self._members.get(box)) and self._facts.jobs[box].never_ends is not None

    # ---------------------------------------------------------------- boundaries of boxes

    def _find_boundaries(self) -> None:
        """Find the first and last nodes of each job, inner boxes first."""
        links = self._failures.links
        self._waited = Counter(up for ups in links.values() for up in ups if up.role is Role.END)
        self._covered = self._find_covered()
        for name in reversed(self._facts.order):
            if self._members.get(name):
                self._inner[name] = self._find_entries(name)
                self._exits[name] = self._find_exits(name) or self._inner[name]
            else:
                key = Key(Role.JOB, name)
                self._inner[name] = (key,)
                self._exits[name] = (self._success_of(key),)
            self._entries[name] = self._put_in_front(name, self._inner[name])

    def _put_in_front(self, name: str, entries: tuple[Key, ...]) -> tuple[Key, ...]:
        """The first nodes of a job: its start time, its wait, and what tells the legacy side."""
        home = self._around(name)
        for role, wanted in (
            (Role.LEGACY_START, self._tells_start(name)),
            (Role.WAIT, waits(self._facts, name)),
            (Role.NOT_BEFORE, is_timed(self._facts, name)),
        ):
            if wanted:
                key = Key(role, name)
                self._add(home, key)
                self._join(home, (key,), entries)
                entries = (key,)
        return entries

    def _add_tells(self) -> None:
        """Add a node behind the end of each job that other workflows look at."""
        for name in self._facts.told:
            end = self._failures.conditions.end(name)
            home = self._inside(name) if end.role is Role.END else self.home(name)
            self._add(home, Key(Role.TELL, name))
            self._join(home, (end,), (Key(Role.TELL, name),))

    def _tells_start(self, name: str) -> bool:
        """True if the legacy side hears that the job or box starts."""
        heard = self._heard.get(name)
        gate = self._failures.gates.get(self._failures.conditions.start(name))
        if heard is None or gate == FALSE or self._facts.jobs[name].held_up:
            return False
        return bool(heard.inside or self._failures.links.get(Key(Role.LEGACY_END, name)))

    def _add_legacy_ends(self) -> None:
        """Add a node behind the end of each job that the legacy side hears of, and hand it on."""
        for name in self._heard:
            key, end = Key(Role.LEGACY_END, name), self._failures.conditions.end(name)
            link = self._failures.links.get(key, {}).get(end)
            if link is None:
                continue
            home = self._around(name)
            self._add(home, key)
            if link is Link.VALUE:
                self.layouts[home].values[key] = [end]
            else:
                self._join(home, (self.node(end),), (key,))

    def _find_begun(self) -> set[str]:
        """The flattened boxes of which other workflows need to know that they have begun.

        The start of a top-level box resets all jobs in it.
        """
        tops = map(self._facts.graph.top, self._looked_at)
        return {top for top in tops if top in self._members and top in self._facts.flattened}

    def _find_covered(self) -> set[Key]:
        """The jobs whose success is implied because another job of their box needs it."""
        jobs = self._facts.jobs
        covered: set[Key] = set()
        for key, links in self._failures.links.items():
            around = self._facts.graph.ancestors(key.name) if key.name in jobs else ()
            for up, link in links.items():
                if link is Link.SUCCESS and up.name in jobs and jobs[up.name].box in around:
                    covered.add(up)
        return covered

    def _success_of(self, vertex: Key) -> Key:
        """The node that succeeds only if the vertex does."""
        return (
            Key(Role.CHECK, vertex.name) if vertex in self._failures.watched else self.node(vertex)
        )

    def _find_entries(self, box: str) -> tuple[Key, ...]:
        start = Key(Role.START, box)
        if start in self._failures.gates:
            return (start,)
        members = (m for m in self._members[box] if self._begins(m, box))
        firsts = tuple(key for member in members for key in self._entries[member])
        many = len(firsts) * min(len(firsts) - 1, len(self._failures.links[start])) > MOST
        loose = self._end_is_loose(box)
        held_up = self._facts.jobs[box].held_up
        if many or loose or not firsts or held_up or box in self._begun:
            firsts = self._gate(start, firsts)
        if loose:
            self._join(self._inside(box), firsts, (Key(Role.END, box),))
        return firsts if not self._stands_alone(box) else (Key(Role.JOB, box),)

    def _end_is_loose(self, box: str) -> bool:
        """True if the node at the end of the box waits for no member."""
        end = Key(Role.END, box)
        inside = (
            up.name in self._facts.jobs and box in self._facts.graph.ancestors(up.name)
            for up in self._failures.links[end]
        )
        has_node = end in self._failures.watched or self._never_ends(box)
        return has_node and not any(inside)

    def _find_exits(self, box: str) -> tuple[Key, ...]:
        end = Key(Role.END, box)
        if end in self._failures.watched:
            return (self._success_of(end),)
        members = (m for m in self._members[box] if self._finishes(m, box))
        lasts = tuple(key for member in members for key in self._exits[member])
        told = box in self._looked_at or Key(Role.LEGACY_END, box) in self._failures.links
        many = len(lasts) * min(len(lasts) - 1, self._waited[end]) > MOST
        if many or told or self._never_ends(box):
            lasts = self._gate(end, lasts)
        return lasts if not self._stands_alone(box) else (Key(Role.JOB, box),)

    def _stands_alone(self, box: str) -> bool:
        """True if the box is a single node of the workflow around it."""
        return self.is_workflow(box) and box != self._root

    def _begins(self, member: str, box: str) -> bool:
        """True if the member starts because the box does."""
        links = self._failures.links[self._failures.conditions.start(member)]
        return Key(Role.START, box) in links

    def _finishes(self, member: str, box: str) -> bool:
        """True if the box waits for the member's success and no other member implies it."""
        end = self._failures.conditions.end(member)
        links = self._failures.links[Key(Role.END, box)]
        return links.get(end) is Link.SUCCESS and end not in self._covered

    def _gate(self, key: Key, inner: tuple[Key, ...]) -> tuple[Key, ...]:
        home = self._inside(key.name)
        self._add(home, key)
        self._join(home, *(((key,), inner) if key.role is Role.START else (inner, (key,))))
        return (key,)

    # ---------------------------------------------------------------- edges

    def _join(self, home: str | None, firsts: Iterable[Key], seconds: Iterable[Key]) -> None:
        edges = self.layouts[home].edges
        for first in firsts:
            for second in seconds:
                edges[first, second] = None

    def _connect(self, upstream: Key, key: Key, link: Link) -> None:
        if key.role is Role.END and key not in self._failures.watched:
            return
        home, targets = self._targets(key, link)
        if upstream.role is Role.MISSING:
            self._add(home, upstream, key.name)
        if link is Link.BESIDE:
            return
        if link is Link.VALUE:
            values = self.layouts[home].values
            for target in targets:
                values.setdefault(target, []).append(upstream)
        elif upstream.role is Role.START:
            # Without a node for the start of the box, its first nodes have these edges.
            if upstream in self._failures.gates and self.provider(upstream, home):
                self._join(home, (upstream,), targets)
        elif link is Link.ORDER or upstream.role is Role.MISSING:
            self._join(home, (self.node(upstream),), targets)
        else:
            self._join(home, self._exits[upstream.name], targets)

    def _targets(self, key: Key, link: Link) -> tuple[str | None, tuple[Key, ...]]:
        """The workflow of a vertex, and its nodes that wait for an upstream vertex there."""
        if key.role is Role.END:
            return self._inside(key.name), (key,)
        home = self._around(key.name)
        if link is not Link.VALUE:
            return home, self._entries[key.name]
        # The wait asks first whether the job starts at all.
        asking = [Key(Role.WAIT, key.name)] if waits(self._facts, key.name) else []
        if self._tells_start(key.name):
            asking.append(Key(Role.LEGACY_START, key.name))
        return home, (*asking, *self._inner[key.name])

    def _hand_down_starts(self) -> None:
        """Hand the status of its start to each box that is a single node."""
        for key in self._failures.gates:
            if key.role is Role.START and self._stands_alone(key.name):
                values = self.layouts[self.home(key.name)].values
                values.setdefault(Key(Role.JOB, key.name), []).append(key)

    def _gather_results(self) -> None:
        """Add checks, and a node for the whole, which requires all statuses without a check."""
        conditions, failures = self._failures.conditions, self._failures
        tops = (conditions.end(name) for name in self._tops())
        found = [key for key in tops if key in failures.watched and key not in failures.checked]
        for key in failures.checked:
            self.layouts[self._around(key.name)].values[Key(Role.CHECK, key.name)] = [key]
        # The result of a job that runs last is that of the whole.
        if found and not any(self._facts.jobs[name].runs_last for name in self._tops()):
            result = Key(Role.RESULT, self._root or "")
            self._add(self._root, result)
            self.layouts[self._root].values[result] = found

    def _tops(self) -> Iterator[str]:
        return (name for name in self._facts.order if self._facts.jobs[name].box is None)

    def _sort(self, home: str | None, layout: Layout) -> None:
        layout.nodes.sort(key=self._rank.__getitem__)
        number = {key: index for index, key in enumerate(layout.nodes)}
        handed = [
            (provider, key)
            for key, vertices in layout.values.items()
            for vertex in vertices
            if (provider := self.provider(vertex, home))
        ]
        for pair in handed:
            layout.edges.pop(pair, None)
        behind: list[list[int]] = [[] for _ in layout.nodes]
        for first, second in (*layout.edges, *handed):
            behind[number[first]].append(number[second])
        layout.nodes = [layout.nodes[index] for index in topological(behind)]
