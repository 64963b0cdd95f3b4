"""Which members of a box its end has to be told about."""

from collections.abc import Mapping

from transpile.lowering.start_conditions import StartConditions
from transpile.lowering.structure import Key


def implied_members(
    box: str, conditions: StartConditions, needed: Mapping[Key, int], bits: Mapping[Key, int]
) -> list[Key]:
    """The members of a box whose status that of another member says.

    The other one runs only if they succeed; if it does not run, the box never completes, however
    they ended. `needed` has for each vertex above the end those that succeed whenever it runs, as
    a set of `bits`.
    """
    jobs = conditions.facts.jobs
    if jobs[box].box_rule is not None:
        return []
    members = {conditions.end(name): jobs[name] for name in conditions.live_members(box)}
    implied = 0
    for vertex in members:
        needs = needed.get(vertex, 0)
        # What needs itself never runs; then the box has to be told that it did not.
        implied |= 0 if needs & bits.get(vertex, 0) else needs
    return [
        vertex
        for vertex, job in members.items()
        if vertex in needed and bits.get(vertex, 0) & implied and not job.terminates_box
    ]
