"""Plans what a job waits for elsewhere, and what the legacy side hears of it."""

from collections.abc import Iterator

from transpile.lowering.structure import Step
from transpile.model import Cut
from transpile.targets.flyte.module_names import ModuleNames
from transpile.targets.flyte.values import Call, Lambda, Name, Value

_STATUS = "status"
"""The parameter of what tells the end of a job."""


def elsewhere(name: str, cut: Cut, names: ModuleNames) -> Call:
    """The call that waits for other workflows and the legacy side."""
    asked = name, names.cut(cut)
    if cut.legacy:
        return Call("on_both_sides", asked, (("interval", cut.interval),))
    return Call("elsewhere", asked)


def told(step: Step, names: ModuleNames) -> Iterator[tuple[str, Value]]:
    """The keywords of a step that tell the legacy side of its start and its end."""
    heard = step.heard
    if heard is None:
        return
    pause = (("interval", heard.interval),)
    own = (names.legacy(heard.job),) if heard.listeners else ()
    inside = tuple(map(names.legacy, heard.inside))
    resets = (("resets", inside),) if inside else ()
    yield "before", Lambda("", Call("tell_legacy_start", own, (*resets, *pause)))
    if own:
        end = Call("tell_legacy", (*own, Name(_STATUS)), pause)
        yield "after", Lambda(_STATUS, end)
