"""Which members of a box its end has to be told about."""

from collections.abc import Collection, Mapping

from transpile.flyte.formulas import Formulas, Key


def implied_members(
    box: str, formulas: Formulas, needed: Mapping[Key, int], known: Collection[Key]
) -> int:
    """The members of a box, as a set of bits, whose status that of another member says.

    The other one runs only if they succeed; if it does not run, the box never completes, however
    they ended. `needed` has for each vertex those that succeed whenever it runs; `known` are the
    members that the end is told about.
    """
    if formulas.network.jobs[box].box_rule is not None:
        return 0
    found = 0
    for member in map(formulas.end, formulas.live_members(box)):
        if member in known and member in needed:
            found |= needed[member]
    return found
