"""What the source's engine would do: outcomes of jobs in, final states out."""

from typing import TypeAlias

from transpile.dialects.autosys.engine import AutoSys
from transpile.dialects.azkaban.engine import Azkaban
from transpile.dialects.dagman.engine import SCRIPTS, Dagman
from transpile.dialects.kit.outcome import KILLED, Ending, Outcome, Run, State
from transpile.dialects.tws.engine import Tws
from transpile.model import Facts

Engine: TypeAlias = AutoSys | Azkaban | Dagman | Tws

_ENGINES: dict[str, type[AutoSys] | type[Azkaban] | type[Dagman] | type[Tws]] = {
    "autosys": AutoSys,
    "azkaban": Azkaban,
    "dagman": Dagman,
    # What sets AutoSys apart is what it remembers between runs: in one run it goes by conditions.
    "plain": AutoSys,
    "tws": Tws,
}


def engine_of(facts: Facts) -> Engine:
    """The engine that these jobs run under."""
    return _ENGINES[facts.said.engine](facts)


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
