"""Boxes of a list: rows that define them, names that jobs have, too, and when they succeed."""

from collections.abc import Iterable, Mapping

from transpile.dialects.joblist.codes.lists import BoxRenamed
from transpile.dialects.joblist.keys import plain_key
from transpile.dialects.joblist.model import Entry, JobList
from transpile.findings.diagnostics import Diagnostics
from transpile.model import All, AnyOf, BoxRule, Status, StatusTest
from transpile.sources.text import Span

TYPES = ("box", "group", "folder", "section", "phase")
"""Types of rows that are boxes."""

_TEXT = "every job has succeeded, or did not have to run"


def settle_boxes(found: JobList, diagnostics: Diagnostics) -> dict[str, str]:
    """The names of boxes by the names that are written. A row without a command defines a box.

    Other jobs keep their names, and boxes that are called like them get new ones.
    """
    for entry in list(found.jobs.values()):
        said = entry.values.get("type")
        if said is not None and plain_key(said.text) in TYPES:
            found.boxes.setdefault(entry.name, Entry(entry.name, entry.span, is_box=True))
    names: dict[str, str] = {}
    for name, box in list(found.boxes.items()):
        job = found.jobs.get(name)
        if job is None:
            names[name] = name
        elif _defines(job) and not (box.after or box.values):
            job.is_box = True
            del found.jobs[name]
            job.values.pop("type", None)
            found.boxes[name] = job
            names[name] = name
        else:
            names[name] = _renamed(name, found)
            renamed = BoxRenamed(name=name, renamed=names[name])
            diagnostics.add(renamed, box.span, text=name)
            box.name = names[name]
    return names


def _defines(job: Entry) -> bool:
    """True for a row that says nothing about a command."""
    command, said = job.values.get("command"), job.values.get("type")
    is_box = said is None or plain_key(said.text) in TYPES
    return is_box and (command is None or not command.text.strip())


def _renamed(name: str, found: JobList) -> str:
    renamed = f"{name} (box)"
    while renamed in found.jobs or renamed in found.boxes:
        renamed += " (box)"
    return renamed


def rule_of(members: Iterable[str], may_not_run: Mapping[str, bool], span: Span) -> BoxRule:
    """The rule of a box: its jobs have succeeded; those that need not run have not failed."""
    names = list(members)
    success = tuple(
        Status(name, StatusTest.NOT_FAILED if may_not_run[name] else StatusTest.SUCCESS)
        for name in names
    )
    failure = tuple(
        Status(name, test)
        for name in names
        for test in (
            (StatusTest.FAILURE, StatusTest.TERMINATED)
            if may_not_run[name]
            else (StatusTest.NOT_SUCCEEDED,)
        )
    )
    return BoxRule(All(success), AnyOf(failure), _TEXT, span, at_end=True, complete=True)
