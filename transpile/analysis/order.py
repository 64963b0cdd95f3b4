"""The dependency order of jobs, and what has none."""

from dataclasses import replace

from transpile.analysis.circles import is_deadlock
from transpile.findings.codes.boxes import (
    BoxNeverCompletes,
    CycleOfAlternatives,
    DependencyCycle,
    JobBehindCycle,
)
from transpile.findings.diagnostics import Diagnostics
from transpile.model import FALSE, Blocked, BoxRule, Dependency, Network, Precedence
from transpile.model.graph import cycles, topological


def order_jobs(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass `order` lists the jobs in dependency order, otherwise in source order.

    Jobs on a cycle and behind one are in `left_out` instead. A box has a start, before its
    members, and an end, behind them: whoever waits for a box waits for its end. A box that loses
    members never completes.
    """
    if network.refused:
        return replace(network, left_out=frozenset(network.jobs))
    names = list(network.jobs)
    graph = Precedence.of(network)
    behind = graph.behind
    sorted_vertices = topological(behind)
    starts = {vertex: name for name, vertex in graph.start.items()}
    order = tuple(starts[vertex] for vertex in sorted_vertices if vertex in starts)
    left_out = frozenset(network.jobs.keys() - set(order))
    stuck = set(range(len(behind))) - set(sorted_vertices)
    on_cycle: set[str] = set()
    for cycle in cycles(behind, stuck):
        on_cycle |= _report_cycle([names[v // 2] for v in cycle], network, diagnostics)
    _report_behind(network, left_out - on_cycle, left_out, diagnostics)
    network = replace(network, order=order, left_out=left_out)
    if not stuck:
        return network
    if network.title is not None:
        # DAGMan: a cycle anywhere keeps everything from starting.
        return replace(network, order=(), left_out=frozenset(network.jobs), refused=True)
    network = _take_off_rules(
        network, {name for name in order if graph.end[name] in stuck}, stuck, graph
    )
    return _mark_incomplete_boxes(network, diagnostics)


def let_terminators_end(network: Network, diagnostics: Diagnostics) -> Network:
    """After this pass a box that never completes by itself still ends when a terminator fails."""
    jobs = dict(network.jobs)
    for name, members in network.members.items():
        box = jobs[name]
        if box.never_ends and any(jobs[member].terminates_box for member in members):
            span = box.box_rule.span if box.box_rule else box.span
            rule = BoxRule(FALSE, FALSE, box.never_ends.reason, span)
            jobs[name] = replace(box, box_rule=rule, never_ends=None)
    return replace(network, jobs=jobs)


def _take_off_rules(
    network: Network, boxes: set[str], stuck: set[int], graph: Precedence
) -> Network:
    """A box whose result waits for itself never completes."""
    circular = {
        d.downstream
        for d in network.dependencies
        if d.at_end and d.downstream in boxes and graph.end[d.upstream] in stuck
    }
    if not circular:
        return network
    jobs = dict(network.jobs)
    for name in circular:
        rule = jobs[name].box_rule
        blocked = Blocked(
            DependencyCycle, f"its result waits for itself: {rule.text if rule else ''}"
        )
        jobs[name] = replace(jobs[name], box_rule=None, never_ends=blocked)
    kept = (d for d in network.dependencies if not (d.at_end and d.downstream in circular))
    return replace(network, jobs=jobs, dependencies=tuple(kept))


def _report_cycle(path: list[str], network: Network, diagnostics: Diagnostics) -> set[str]:
    # A box passes by its start and its end: in the path it stands once.
    names = [name for i, name in enumerate(path) if i == 0 or name != path[i - 1]]
    shown = " -> ".join([*names, names[0]])
    links = set(zip(names, [*names[1:], names[0]], strict=True))
    found: Dependency | None = next(
        (d for d in network.dependencies if d.edge and (d.upstream, d.downstream) in links), None
    )
    span = found.span if found else network.jobs[names[0]].span
    real = network.title is not None or is_deadlock(network, set(names))
    kind = DependencyCycle if real else CycleOfAlternatives
    diagnostics.add(kind(cycle=shown), span, job=names[0])
    return set(names)


def _report_behind(
    network: Network, behind: frozenset[str], left_out: frozenset[str], diagnostics: Diagnostics
) -> None:
    waits_for: dict[str, list[str]] = {name: [] for name in behind}
    for dependency in network.dependencies:
        if dependency.edge and dependency.downstream in behind:
            waits_for[dependency.downstream].append(dependency.upstream)
    for name in network.jobs:
        if name in behind:
            job = network.jobs[name]
            # What keeps it from starting: a job that is left out, or a box that never ends.
            stuck = [u for u in waits_for[name] if u in left_out]
            stuck += [u for u in waits_for[name] if u in network.members]
            upstream = stuck[0] if stuck else job.box or ""
            diagnostics.add(JobBehindCycle(name=name, upstream=upstream), job.span, job=name)


def _mark_incomplete_boxes(network: Network, diagnostics: Diagnostics) -> Network:
    """Leave out boxes that lost all their members; those that lost some fail at their end."""
    jobs, left_out = dict(network.jobs), set(network.left_out)
    # Members stand behind their box in the order, so that inner boxes come first in reverse.
    for name in reversed(network.order):
        lost = [member for member in network.members.get(name, ()) if member in left_out]
        if not lost:
            continue
        span, shown = jobs[name].span, ", ".join(lost)
        if len(lost) == len(network.members[name]):
            left_out.add(name)
            diagnostics.add(JobBehindCycle(name=name, upstream=lost[0]), span, job=name)
        else:
            reason = f"members were left out: {shown}"
            diagnostics.add(BoxNeverCompletes(name=name, reason=reason), span, job=name)
            jobs[name] = replace(jobs[name], never_ends=Blocked(BoxNeverCompletes, reason))
    order = tuple(name for name in network.order if name not in left_out)
    return replace(network, jobs=jobs, order=order, left_out=frozenset(left_out))
