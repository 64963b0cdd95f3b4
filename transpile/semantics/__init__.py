"""What the source's engine would do: outcomes of jobs in, final states out."""

from transpile.semantics.autosys import AutoSys
from transpile.semantics.outcome import KILLED, Ending, Outcome, Run, State

__all__ = ["KILLED", "AutoSys", "Ending", "Outcome", "Run", "State"]
