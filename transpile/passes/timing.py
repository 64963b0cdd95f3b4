"""Places where the source's result depends on which job is faster."""

from collections.abc import Iterator

from transpile.diagnostics import Diagnostics
from transpile.ir import (
    Condition,
    GlobalValue,
    InitialStatus,
    Job,
    Network,
    Precedence,
    Steps,
    atoms,
)


def report_races(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass each place is reported where one reading of several had to be chosen.

    The reading: a box with a rule of its own has its result when nothing more in it can start, and
    a terminator, or a job that aborts the whole, stops only what waits for it.
    """
    ruled = [job for job in network.jobs.values() if job.box_rule and not job.box_rule.at_end]
    terminators = [job for job in network.jobs.values() if job.terminates_box and job.box]
    ending = [job for job in network.jobs.values() if job.ends_with_box]
    aborting = [job for job in network.jobs.values() if _aborts(job)]
    if not (ruled or terminators or ending or aborting):
        return network
    races = _Races(network)
    for box in ruled:
        assert box.box_rule is not None
        others = races.not_awaited(box)
        if others:
            fields = {"name": box.name, "others": ", ".join(others), "text": box.box_rule.text}
            diagnostics.add("A409", box.box_rule.span, job=box.name, **fields)
    for job in terminators:
        others = races.beside(job)
        if others:
            fields = {"name": job.name, "box": job.box or "", "others": ", ".join(others)}
            diagnostics.add("A410", job.span, job=job.name, **fields)
    for job in aborting:
        others = races.unordered(job)
        if others:
            shown = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if others[5:] else "")
            fields = {"name": job.name, "others": shown}
            diagnostics.add("A707", job.span, job=job.name, **fields)
    for job in ending:
        if any(_ends_early(network, box) for box in network.ancestors(job.name)):
            fields = {"name": job.name, "box": job.box or ""}
            diagnostics.add("A411", job.span, job=job.name, **fields)
    return network


def _aborts(job: Job) -> bool:
    return isinstance(job.action, Steps) and job.action.abort is not None


def _ends_early(network: Network, box: str) -> bool:
    members = (network.jobs[name] for name in network.members.get(box, ()))
    rule = network.jobs[box].box_rule
    return bool(rule and rule.failure) or any(member.terminates_box for member in members)


class _Races:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._graph = Precedence.of(network)
        self._above = self._graph.reversed()

    def not_awaited(self, box: Job) -> list[str]:
        """What the box's rule names outside of it, and the members that it need not wait for."""
        assert box.box_rule is not None
        named = set(_named(box.box_rule.success)) | set(_named(box.box_rule.failure))
        named &= self._network.jobs.keys()
        outside = [name for name in named if box.name not in self._network.ancestors(name)]
        before = self._above.reached(self._graph.end[name] for name in named)
        members = (self._network.jobs[name] for name in self._network.members.get(box.name, ()))
        live = (member for member in members if member.status is not InitialStatus.ON_ICE)
        others = [m.name for m in live if self._graph.end[m.name] not in before]
        return [*sorted(outside), *others]

    def unordered(self, job: Job) -> list[str]:
        """The jobs that may run before, while or after it does."""
        behind = self._graph.reached([self._graph.end[job.name]])
        before = self._above.reached([self._graph.start[job.name]])
        ordered = behind | before
        jobs = self._network.jobs
        leaves = (n for n in jobs if not self._network.members.get(n) and not jobs[n].runs_last)
        return [n for n in leaves if self._graph.start[n] not in ordered]

    def beside(self, terminator: Job) -> list[str]:
        """The other members of its box that may run before, while or after it does."""
        behind = self._graph.reached([self._graph.end[terminator.name]])
        before = self._above.reached([self._graph.start[terminator.name]])
        ordered = behind | before
        members = self._network.members.get(terminator.box or "", ())
        others = (name for name in members if name != terminator.name)
        return [name for name in others if self._graph.start[name] not in ordered]


def _named(condition: Condition | None) -> Iterator[str]:
    for atom in atoms(condition):
        if not isinstance(atom, GlobalValue):
            yield atom.job
