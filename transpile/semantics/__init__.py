"""What the source's engine would do: outcomes of jobs in, final states out."""

from typing import TypeAlias

from transpile.ir import Network
from transpile.semantics.autosys import AutoSys
from transpile.semantics.azkaban import Azkaban
from transpile.semantics.dagman import SCRIPTS, Dagman
from transpile.semantics.outcome import KILLED, Ending, Outcome, Run, State
from transpile.semantics.tws import Tws

Engine: TypeAlias = AutoSys | Azkaban | Dagman | Tws

_ENGINES: dict[str, type[AutoSys] | type[Azkaban] | type[Dagman] | type[Tws]] = {
    "autosys": AutoSys,
    "azkaban": Azkaban,
    "dagman": Dagman,
    # What sets AutoSys apart is what it remembers between runs: in one run it goes by conditions.
    "plain": AutoSys,
    "tws": Tws,
}


def engine_of(network: Network) -> Engine:
    """The engine that the network's jobs run under."""
    return _ENGINES[network.engine](network)


__all__ = [
    "KILLED",
    "SCRIPTS",
    "AutoSys",
    "Azkaban",
    "Dagman",
    "Ending",
    "Engine",
    "Outcome",
    "Run",
    "State",
    "Tws",
    "engine_of",
]
