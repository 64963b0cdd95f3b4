"""The passes over a Network, in the order in which they run.

Each is `(Network, Diagnostics) -> Network`, and its docstring says what holds after it.
"""

from collections.abc import Callable

from transpile.diagnostics import Diagnostics
from transpile.ir import Network, Rules
from transpile.passes.alternatives import report_alternatives
from transpile.passes.calendars import report_ends
from transpile.passes.circles import open_circles
from transpile.passes.clocks import report_clock_changes
from transpile.passes.commands import block_unusable, report_drivers
from transpile.passes.dependencies import find_dependencies
from transpile.passes.exclusion import keep_apart
from transpile.passes.externals import bind_externals
from transpile.passes.grouping import group_jobs
from transpile.passes.mapping import map_jobs
from transpile.passes.nesting import nest_boxes
from transpile.passes.order import let_terminators_end, order_jobs
from transpile.passes.timing import report_races
from transpile.passes.walls import open_walls

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


def run_passes(network: Network, diagnostics: Diagnostics, rules: Rules | None = None) -> Network:
    """The network after every pass, with a team's rules put on its jobs."""
    rules = rules or Rules()
    network = block_unusable(network, diagnostics)
    network = bind_externals(network, rules, diagnostics)
    for run in PASSES:
        network = run(network, diagnostics)
    network = map_jobs(network, rules, diagnostics)
    # What stands for a job in the team's rules does not run its command.
    for report in (report_drivers, report_alternatives, report_races):
        network = report(network, diagnostics)
    return network
