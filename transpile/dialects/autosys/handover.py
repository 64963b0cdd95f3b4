"""JIL that takes jobs off AutoSys when they move, and puts them back."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count

from transpile.dialects.autosys.definition import Definition
from transpile.dialects.autosys.reader import Statement
from transpile.dialects.kit.contract import Handover, Leaving
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Tally

_STARTS = {"date_conditions": "0", "condition": "", "box_name": ""}
"""The attributes by which a job starts, with the values of a job that does not.

AutoSys: an empty value sets an attribute back to its default."""

_PLACE = ("machine", "owner", "profile", "group", "application")
"""The attributes that say where and for whom a job runs."""

_LONGEST_UNIT = 55
"""AutoSys: the name of a job has at most 64 characters."""


def definitions(statements: Iterable[Statement], gone: Leaving) -> Handover:
    """The definitions for the jobs of a wave.

    The jobs keep their names and statuses, so that conditions of others still name them. Nothing
    starts them. Members leave their boxes: the status of a box would start them. Jobs of their own
    start the workflows of units that wait for staying jobs.
    """
    every = _defined(statements)
    found = {name: _starts(known) for name, known in every.items() if name in gone.jobs}
    leaving = {name: {key: _STARTS[key] for key in known} for name, known in found.items()}
    new = dict(_starters(every, gone.starts))
    old = dict(_starters(every, gone.started))
    leave = f"/* Wave {gone.wave}: these jobs run on Flyte; AutoSys starts none of them. */"
    back = f"/* Wave {gone.wave}, the way back: AutoSys starts these jobs again. */"
    texts = (
        "\n".join((heading, *_updates(updated), *_inserts(came), *_deletes(went), ""))
        for heading, updated, came, went in ((leave, leaving, new, old), (back, found, old, new))
    )
    use = {".jil": "jil < FILE"}
    return Handover({".jil": next(texts)}, {".jil": next(texts)}, use)


def _defined(statements: Iterable[Statement]) -> dict[str, Definition]:
    """The jobs, each with its attributes."""
    found: dict[str, Definition] = {}
    for statement in statements:
        verb, name = statement.verb, statement.name
        if verb == "insert_job":
            found[name] = Definition(name, statement.span, Diagnostics(), Tally())
        if verb in ("insert_job", "update_job") and name in found:
            found[name].update(statement)
    return found


def _starts(job: Definition) -> Mapping[str, str]:
    """The attributes by which a job starts, as the source writes them."""
    return {key: job.attributes[key].value for key in _STARTS if key in job.attributes}


def _starters(
    every: Mapping[str, Definition], units: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """A job for each unit that AutoSys starts: with its condition, on its machine."""
    members: dict[str, list[str]] = {}
    for job in every.values() if units else ():
        members.setdefault(job.box or "", []).append(job.name)
    for name, command in units.items():
        jobs = map(every.__getitem__, _with_members(members, name))
        where = next((job.attributes for job in jobs if "machine" in job.attributes), {})
        place = {key: where[key].value for key in _PLACE if key in where}
        condition = every[name].attributes["condition"].value
        own = {"job_type": "CMD", "command": command, **place, "condition": condition}
        yield _starter(name, every), own


def _with_members(members: Mapping[str, Sequence[str]], top: str) -> Iterator[str]:
    """A job, and what is in it if it is a box, at any depth."""
    pending = [top]
    while pending:
        yield (name := pending.pop())
        pending += members.get(name, ())


def _starter(unit: str, taken: Collection[str]) -> str:
    """The name of the job that starts a unit: always the same."""
    ends = chain((".flyte",), (f".flyte{number}" for number in count(2)))
    if len(unit) > _LONGEST_UNIT:
        digest = hashlib.sha256(unit.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        unit = f"{unit[: _LONGEST_UNIT - 9]}.{digest}"
    return next(name for end in ends if (name := unit + end) not in taken)


def _updates(jobs: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, attributes in jobs.items():
        if attributes:
            yield from _statement("update_job", name, attributes)


def _inserts(jobs: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, attributes in jobs.items():
        yield "\n/* Starts a workflow on Flyte. */"
        yield from _statement("insert_job", name, attributes)


def _deletes(jobs: Iterable[str]) -> Iterator[str]:
    yield from (f"\ndelete_job: {name}" for name in jobs)


def _statement(verb: str, name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    yield f"\n{verb}: {name}"
    yield from (f"{key}: {value}".rstrip() for key, value in attributes.items())
