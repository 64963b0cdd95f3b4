"""JIL that takes jobs off AutoSys when they move, and puts them back."""

from collections.abc import Iterable, Iterator, Mapping

from transpile.dialects.autosys.definition import Definition
from transpile.dialects.autosys.reader import Statement
from transpile.dialects.kit.contract import Handover, Leaving
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Tally

_STARTS = {"date_conditions": "0", "condition": "", "box_name": ""}
"""The attributes by which a job starts, with the values of a job that does not.

AutoSys: an empty value sets an attribute back to its default."""


def definitions(statements: Iterable[Statement], gone: Leaving) -> Handover:
    """The definitions for the jobs of a wave.

    The jobs keep their names and statuses, so that conditions of others still name them. Nothing
    starts them. Members leave their boxes: the status of a box would start them.
    """
    found = {name: known for name, known in _starts(statements).items() if name in gone.jobs}
    leaving = {name: {key: _STARTS[key] for key in known} for name, known in found.items()}
    leave = f"/* Wave {gone.wave}: these jobs run on Flyte; AutoSys starts none of them. */"
    back = f"/* Wave {gone.wave}, the way back: AutoSys starts these jobs again. */"
    use = {".jil": "load it: jil < FILE"}
    return Handover({".jil": _text(leave, leaving)}, {".jil": _text(back, found)}, use)


def _starts(statements: Iterable[Statement]) -> Mapping[str, Mapping[str, str]]:
    """The attributes by which each job starts, as the source writes them."""
    found: dict[str, Definition] = {}
    for statement in statements:
        verb, name = statement.verb, statement.name
        if verb == "insert_job":
            found[name] = Definition(name, statement.span, Diagnostics(), Tally())
        if verb in ("insert_job", "update_job") and name in found:
            found[name].update(statement)
    return {
        name: {key: known.attributes[key].value for key in _STARTS if key in known.attributes}
        for name, known in found.items()
    }


def _text(heading: str, jobs: Mapping[str, Mapping[str, str]]) -> str:
    return "\n".join((heading, *_statements(jobs), ""))


def _statements(jobs: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, attributes in jobs.items():
        if attributes:
            yield f"\nupdate_job: {name}"
            yield from (f"{key}: {value}".rstrip() for key, value in attributes.items())
