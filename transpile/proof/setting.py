"""What surrounds a simulated run: places, lost containers, other workflows."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from transpile.proof.delays import ASKING, Delays
from transpile.targets.flyte.model import NodeRole

_TELLING = (NodeRole.TELL, NodeRole.LEGACY_START, NodeRole.LEGACY_END)


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a run. At most `parallel` tasks run at a time; None means no limit.

    A launched workflow takes one of those places and has as many of its own. A task whose container
    is lost is started again up to `system_retries` times. `makers` maps the path of each node that
    waits for a file to the paths of the nodes that make the file. Waits for other workflows are
    `answered` by `Simulator.answer`, or else hold at once; their time-outs after the moment `until`
    are ignored. `delays` are those of the platform.
    """

    parallel: int | None = None
    system_retries: int = 0
    makers: Mapping[str, Collection[str]] = field(default_factory=dict)
    answered: bool = False
    until: float = math.inf
    delays: Delays = ASKING

    def asking(self, role: NodeRole | None) -> float | None:
        """The seconds until a task asks or tells somebody; None for a task in another role."""
        if role is NodeRole.LOOK:
            return self.delays.look
        return self.delays.tell if role in _TELLING else None


ALONE = Setting()
"""Surroundings without limits and without other workflows."""
