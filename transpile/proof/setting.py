"""What surrounds a simulated run: places, lost containers, other workflows."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from transpile.targets.flyte.model import NodeRole

ASKING = (NodeRole.LOOK, NodeRole.TELL)
"""The roles of tasks that ask Flyte Admin."""

ASKING_SECONDS = 1.0
"""How long such a task takes by default; it asks at its end."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a run. At most `parallel` tasks run at a time; None means no limit.

    A launched workflow takes one of those places and has as many of its own. A task whose container
    is lost is started again up to `system_retries` times. `makers` maps the path of each node that
    waits for a file to the paths of the nodes that make the file. Waits for other workflows are
    `answered` by `Simulator.answer`, or else hold at once; their time-outs after the moment `until`
    are ignored. Tasks that ask Flyte Admin take the seconds of `asking`.
    """

    parallel: int | None = None
    system_retries: int = 0
    makers: Mapping[str, Collection[str]] = field(default_factory=dict)
    answered: bool = False
    until: float = math.inf
    asking: float = ASKING_SECONDS


ALONE = Setting()
"""Surroundings without limits and without other workflows."""
