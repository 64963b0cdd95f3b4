"""Lists of the job lists that a wave moves: nothing but people and tools starts them."""

from collections.abc import Sequence

from transpile.dialects.kit.contract import Handover, Leaving
from transpile.dialects.kit.handovers import listed
from transpile.model import Site
from transpile.sources.text import Source

_LEAVE = "these lists run on Flyte. Nobody works through them by other means any more."
_BACK = "the way back: who worked through these lists before does so again."
_USE = "read it: people and tools that work through these lists stop doing so"


def hand_over(_: Sequence[Source], __: Site, gone: Leaving) -> Handover:
    """The list of the lists that leave."""
    return listed(gone, ".joblist.txt", _LEAVE, _BACK, _USE)
