"""The passes over a Network, in the order in which they run.

Each is `(Network, Diagnostics) -> Network`, and its docstring says what holds after it.
"""

from collections.abc import Callable

from transpile.analysis.alternatives import report_alternatives
from transpile.analysis.calendars import report_ends
from transpile.analysis.circles import open_circles
from transpile.analysis.clocks import report_clock_changes
from transpile.analysis.commands import block_unusable, report_scheduler_calls
from transpile.analysis.dependencies import find_dependencies
from transpile.analysis.exclusion import keep_apart
from transpile.analysis.externals import bind_externals
from transpile.analysis.grouping import group_jobs
from transpile.analysis.mapping import map_jobs
from transpile.analysis.nesting import nest_boxes
from transpile.analysis.order import let_terminators_end, order_jobs
from transpile.analysis.timing import report_races
from transpile.analysis.walls import open_walls
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Rules
from transpile.model.programs import Schedulers

Pass = Callable[[Network, Diagnostics], Network]

PASSES: tuple[Pass, ...] = (
    nest_boxes,
    find_dependencies,
    open_circles,
    order_jobs,
    let_terminators_end,
    group_jobs,
    keep_apart,
    report_clock_changes,
    report_ends,
    open_walls,
)


def run_passes(
    network: Network,
    diagnostics: Diagnostics,
    schedulers: Schedulers,
    rules: Rules | None = None,
) -> Network:
    """The network after every pass, with a team's rules put on its jobs.

    `schedulers` are those that commands may call.
    """
    rules = rules or Rules()
    network = block_unusable(network, diagnostics)
    network = bind_externals(network, rules, diagnostics)
    for run in PASSES:
        network = run(network, diagnostics)
    network = map_jobs(network, rules, diagnostics)
    # After the team's rules: a job that they map to an entity does not run its command.
    report_scheduler_calls(network, schedulers, diagnostics)
    for report in (report_alternatives, report_races):
        network = report(network, diagnostics)
    return network
