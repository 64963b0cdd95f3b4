"""Lists of the DAGs that a wave takes off HTCondor: nothing but people and tools submits them."""

from collections.abc import Sequence

from transpile.dialects.kit.contract import Handover, Leaving
from transpile.dialects.kit.handovers import listed
from transpile.model import Site
from transpile.sources.text import Source

_LEAVE = "these DAGs run on Flyte. Nobody submits them to HTCondor any more."
_BACK = "the way back: condor_submit_dag submits these DAGs again."
_USE = "read it: people and tools that submit these DAGs stop doing so"


def hand_over(_: Sequence[Source], __: Site, gone: Leaving) -> Handover:
    """The list of the DAGs that leave."""
    return listed(gone, ".dagman.txt", _LEAVE, _BACK, _USE)
