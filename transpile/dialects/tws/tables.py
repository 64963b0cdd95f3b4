"""Variable tables: the values that the parameters of a stream have."""

from collections.abc import Collection
from dataclasses import dataclass

from transpile.dialects.tws.instances import due_cycles
from transpile.dialects.tws.model import Stream
from transpile.dialects.tws.values import Clause, keyword, nested


@dataclass(frozen=True, slots=True)
class Table:
    """The variable table of a stream. `lost` are the VARTABLE clauses that are ignored."""

    name: str
    parameters: Collection[str]
    lost: tuple[Clause, ...]

    def lookup(self, parameter: str) -> str:
        """The full name of a parameter: in this table, else in the default table."""
        full = f"{self.name}.{parameter}"
        return full if full in self.parameters else parameter


def table_of(stream: Stream, parameters: Collection[str], known: Collection[str]) -> Table:
    """The variable table of a stream; `known` are the tables in the sources.

    Composer: the table of a run cycle precedes that of the stream. If run cycles have different
    tables, all runs have the values of the stream's table.
    """
    own = stream.all("vartable")[-1:]
    cycles = [nested(cycle, "runcycle", "vartable") or own for cycle in due_cycles(stream)] or [own]
    names = {_name(clauses) for clauses in cycles}
    name = names.pop() if len(names) == 1 else _name(own)
    every = [*own, *(clause for clauses in cycles for clause in clauses if clause not in own)]
    lost = [clause for clause in every if keyword(clause) != name or name not in known]
    return Table(name, parameters, tuple(lost))


def _name(clauses: list[Clause]) -> str:
    return keyword(clauses[-1]) if clauses else ""
