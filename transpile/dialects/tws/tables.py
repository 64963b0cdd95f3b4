"""Variable tables: which values the parameters of a stream have."""

from collections.abc import Collection

from transpile.dialects.tws.instances import due_cycles
from transpile.dialects.tws.model import Stream
from transpile.dialects.tws.units import Table
from transpile.dialects.tws.values import Clause, inner, words


def table_of(stream: Stream, parameters: Collection[str], known: Collection[str]) -> Table:
    """The variable table of a stream, of those that are known.

    Composer: the run cycle's comes before the stream's.
    Run cycles with different tables start runs with different values; those are lost.
    """
    own = stream.all("vartable")[-1:]
    cycles = [_of_cycle(cycle) or own for cycle in due_cycles(stream)] or [own]
    names = {_name(clauses) for clauses in cycles}
    name = names.pop() if len(names) == 1 else _name(own)
    every = [*own, *(clause for clauses in cycles for clause in clauses if clause not in own)]
    lost = [clause for clause in every if _name([clause]) != name or name not in known]
    return Table(name, parameters, tuple(lost))


def _of_cycle(cycle: Clause) -> list[Clause]:
    return [table for part in inner(cycle, "runcycle") for table in inner(part, "vartable")]


def _name(clauses: list[Clause]) -> str:
    return str(words(clauses[-1], "NAME")[0]).upper() if clauses else ""
