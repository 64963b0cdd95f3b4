"""What a network means: passes that read one another's results, in the order in which they run."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from transpile.analysis.alternatives import report_alternatives
from transpile.analysis.calendars import report_ends
from transpile.analysis.circles import open_circles
from transpile.analysis.clocks import report_clock_changes
from transpile.analysis.commands import find_unusable, report_scheduler_calls
from transpile.analysis.cuts import find_cuts
from transpile.analysis.dependencies import find_dependencies
from transpile.analysis.exclusion import keep_apart
from transpile.analysis.externals import bind_externals
from transpile.analysis.grouping import Grouping, group_jobs, heads
from transpile.analysis.inside import cut_alternatives, cut_circles, with_cuts
from transpile.analysis.mapping import map_jobs
from transpile.analysis.memory import report_memory
from transpile.analysis.moments import Jobs
from transpile.analysis.nesting import nest_boxes
from transpile.analysis.order import order_jobs
from transpile.analysis.settling import find_halts, settle
from transpile.analysis.timing import report_races
from transpile.analysis.walls import open_walls
from transpile.analysis.waves import find_sides, met_by
from transpile.analysis.wishes import read_wishes
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, JobGraph, Network, Rules, Sides
from transpile.model.cuts import polled_by, told_by
from transpile.model.programs import Schedulers


def analyse(
    network: Network, rules: Rules, schedulers: Schedulers, diagnostics: Diagnostics
) -> Facts:
    """What the passes find out about a network, with a team's rules put on its jobs.

    `schedulers` are those that commands may call.
    """
    unusable = find_unusable(network.jobs, diagnostics)
    bound = bind_externals(network, rules.site, diagnostics)
    nested = nest_boxes(bound.jobs, diagnostics)
    sides = find_sides(network, nested.jobs, rules.waves, diagnostics)
    halts = find_halts(nested.jobs, unusable)
    graph = find_dependencies(network, nested, diagnostics)
    if network.title is None:
        graph = open_circles(graph, halts)
    # A program that drives jobs needs no cuts for what edges cannot say.
    drives = rules.form.drives
    inside = cut_circles(graph, network, rules.form.platform)
    ordered = order_jobs(inside.graph, network, diagnostics)
    order, never_ends = ordered.order, {**nested.never_ends, **ordered.never_ends}
    settled = settle(ordered.graph, order, halts.held_up, never_ends)
    grouping = _placed(settled.graph, order, bound.externals, network, rules, diagnostics, sides)
    groups = grouping.groups
    cuts = find_cuts(settled.graph, order, grouping, rules.form.platform, diagnostics, sides)
    settled = replace(settled, graph=cuts.graph)
    halts = replace(halts, held_up={**halts.held_up, **cuts.blocked})
    report_memory(cuts.graph, network, diagnostics)
    apart = keep_apart(settled, halts, order, groups, cuts.of, diagnostics)
    cuts = with_cuts(cuts._replace(graph=apart.graph), inside)
    cuts = cuts if drives else cut_alternatives(cuts, halts, rules.form.platform)
    apart = apart._replace(graph=cuts.graph)
    cuts = cuts._replace(of={name: cut for name, cut in cuts.of.items() if name not in sides.stays})
    halts = halts.waiting_for(cuts.of.values())
    report_clock_changes(network, apart.graph.jobs, diagnostics)
    report_ends(apart.graph.jobs.values(), diagnostics)
    flattened = frozenset[str]()
    if not drives:
        flattened = open_walls(apart.graph, settled, order, groups, diagnostics)
    mapped = map_jobs(apart.graph, order, network, rules, diagnostics)
    graph = replace(apart.graph, jobs=mapped.jobs)
    jobs, unmapped = mapped.settled(halts.held_up, settled.never_ends)
    replaced = ((name, job.held_up) for name, job in unmapped.items())
    diagnostics.decide({(name, why.code) for name, why in replaced if why})
    facts = Facts(
        said=network,
        jobs=jobs,
        unmapped=unmapped,
        graph=graph,
        order=order,
        groups=groups,
        reasons=grouping.reasons,
        cuts=cuts.of,
        far=cuts.far,
        told=told_by(cuts.of.values()),
        polled=polled_by(cuts.of.values()),
        unstarted=cuts.unstarted,
        stuck=settled.stuck,
        flattened=flattened,
        overlapping=apart.overlapping,
        map_rules=frozenset(mapped.rules),
        workflow_rules=tuple(r for r in rules.workflows if any(map(r.matches, order))),
        externals=bound.externals,
        sides=sides,
    )
    # What stands for a job in the team's rules does not run its command.
    report_scheduler_calls(facts, schedulers, diagnostics)
    view = Jobs.of(graph, halts.without(mapped.calls))
    if not drives:
        report_alternatives(view, diagnostics)
    report_races(view, order, settled.never_ends, diagnostics)
    return facts


def _placed(
    graph: JobGraph,
    order: Sequence[str],
    stand_ins: Collection[str],
    network: Network,
    rules: Rules,
    diagnostics: Diagnostics,
    sides: Sides,
) -> Grouping:
    """The workflows, as the team wants them."""
    if network.title is not None:
        return group_jobs(graph, order, as_one=True)
    tops = tuple((name,) for name in order if graph.jobs[name].box is None)
    units = heads(graph.jobs, order, tops)
    wishes = met_by(read_wishes(rules.placements, graph, units, diagnostics), sides)
    platform = rules.form.platform
    may_start = platform.starts and platform.waits
    return group_jobs(graph, order, stand_ins, wishes, sides, as_one=False, may_start=may_start)
