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

_PLACE = ("machine", "owner", "profile", "group", "application")
"""The attributes that say where and for whom a job runs."""

_LONGEST = 64
"""AutoSys: the maximum length of a job's name."""


def definitions(statements: Iterable[Statement], gone: Leaving) -> Handover:
    """The definitions for the jobs of a wave.

    The jobs keep their names and statuses, so that conditions of others still name them. Nothing
    starts them. Members leave their boxes: the status of a box would start them. Jobs of their own
    start the workflows of units that wait for staying jobs.
    """
    every = _defined(statements)
    found = {name: _starts(known) for name, known in every.items() if name in gone.jobs}
    leaving = {name: {key: _STARTS[key] for key in known} for name, known in found.items()}
    starters = dict(_starters(every, gone))
    deleted = "".join(f"\ndelete_job: {name}\n" for name in starters)
    leave = f"/* Wave {gone.wave}: these jobs run on Flyte; AutoSys starts none of them. */"
    back = f"/* Wave {gone.wave}, the way back: AutoSys starts these jobs again. */"
    leave_text = _text(leave, _statements("update_job", leaving))
    if starters:
        leave_text += "\n/* These jobs start workflows on Flyte. */\n"
        leave_text += _text("", _statements("insert_job", starters))
    back_text = _text(back, _statements("update_job", found))
    return Handover({".jil": leave_text}, {".jil": back_text + deleted})


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
    every: Mapping[str, Definition], gone: Leaving
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """A job for each unit that AutoSys starts: with its condition, on its machine."""
    taken = set(every)
    for name, command in gone.starts.items():
        jobs = _with_members(every, name)
        where = next((job.attributes for job in jobs if "machine" in job.attributes), {})
        place = {key: where[key].value for key in _PLACE if key in where}
        condition = every[name].attributes["condition"].value
        called = _free(name, taken)
        taken.add(called)
        yield called, {"job_type": "CMD", "command": command, **place, "condition": condition}


def _with_members(every: Mapping[str, Definition], top: str) -> Iterator[Definition]:
    """A job, and what is in it if it is a box, at any depth."""
    pending = [top]
    while pending:
        name = pending.pop()
        yield every[name]
        pending += (job.name for job in every.values() if job.box == name)


def _free(name: str, taken: set[str]) -> str:
    """A name for the job that starts another one."""
    number, ending = 1, ".flyte"
    while (found := name[: _LONGEST - len(ending)] + ending) in taken:
        number += 1
        ending = f".flyte{number}"
    return found


def _text(heading: str, statements: Iterable[str]) -> str:
    return "\n".join((*filter(None, (heading,)), *statements, ""))


def _statements(verb: str, jobs: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, attributes in jobs.items():
        if attributes:
            yield f"\n{verb}: {name}"
            yield from (f"{key}: {value}".rstrip() for key, value in attributes.items())
