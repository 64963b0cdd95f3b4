"""What a network means: passes that read one another's results, in the order in which they run."""

from transpile.analysis.alternatives import report_alternatives
from transpile.analysis.calendars import report_ends
from transpile.analysis.circles import open_circles
from transpile.analysis.clocks import report_clock_changes
from transpile.analysis.commands import block_unusable, report_drivers
from transpile.analysis.dependencies import find_dependencies
from transpile.analysis.exclusion import keep_apart
from transpile.analysis.externals import bind_externals
from transpile.analysis.grouping import group_jobs
from transpile.analysis.mapping import map_jobs
from transpile.analysis.moments import Jobs
from transpile.analysis.nesting import nest_boxes
from transpile.analysis.order import let_terminators_end, order_jobs
from transpile.analysis.timing import report_races
from transpile.analysis.walls import open_walls
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Facts, Network, Rules


def analyse(network: Network, rules: Rules, diagnostics: Diagnostics) -> Facts:
    """What the passes find out about a network, with a team's rules put on its jobs."""
    usable = block_unusable(network.jobs, diagnostics)
    bound = bind_externals(usable, network, rules, diagnostics)
    nested = nest_boxes(bound.jobs, diagnostics)
    graph = find_dependencies(network, nested, diagnostics)
    if network.title is None:
        graph = open_circles(graph)
    graph, order = order_jobs(graph, network, diagnostics)
    graph = let_terminators_end(graph)
    groups = group_jobs(graph, order, as_one=network.title is not None)
    graph, overlapping = keep_apart(graph, order, groups, diagnostics)
    report_clock_changes(network, graph.jobs, diagnostics)
    report_ends(graph.jobs.values(), diagnostics)
    flattened = open_walls(graph, order, groups, diagnostics)
    graph, followed = map_jobs(graph, order, network, rules, diagnostics)
    facts = Facts(
        said=network,
        graph=graph,
        order=order,
        groups=groups,
        flattened=flattened,
        overlapping=overlapping,
        map_rules=followed,
        workflow_rules=tuple(r for r in rules.workflows if any(map(r.matches, order))),
        externals=bound.externals,
    )
    # What stands for a job in the team's rules does not run its command.
    report_drivers(facts, diagnostics)
    jobs = Jobs.of(graph)
    report_alternatives(jobs, diagnostics)
    report_races(jobs, order, diagnostics)
    return facts
