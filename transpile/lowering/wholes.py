"""Finds what belongs to a group of jobs as a whole: its start, its inputs, its alerts."""

from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.alerts import alerts_of_whole
from transpile.lowering.calls import Calls
from transpile.lowering.schedules import find_starter
from transpile.lowering.structure import Lowered
from transpile.lowering.values import globals_of
from transpile.model import Facts


def lowered_whole(
    facts: Facts, root: str | None, calls: Calls, home: str | None, diagnostics: Diagnostics
) -> Lowered:
    """The lowered group without its jobs; `root` is its box, `home` that of the wanted outputs."""
    starter = find_starter(facts, diagnostics) if facts.said.schedule is None else None
    whole = facts.order[0] if len(facts.order) == 1 else root
    return Lowered(
        facts=facts,
        root=root,
        whole=whole,
        schedule=starter.schedule if starter else facts.said.schedule,
        starter=starter,
        apart=tuple((d.upstream, d.downstream) for d in facts.dependencies if d.exclusion),
        alerts=alerts_of_whole(facts, whole),
        globals=globals_of(facts),
        inputs=calls.wanted_inputs(),
        outputs=tuple(calls.wanted_outputs(home)),
    )
