"""The programs of AutoSys in commands of jobs."""

import re
from collections.abc import Iterator

from transpile.dialects.kit.arguments import named, options_of
from transpile.model.programs import Program, Programs, SchedulerCall


def _sendevent(program: Program) -> Iterator[SchedulerCall]:
    options, _ = options_of(_apart(program.arguments))
    events, globals_ = named(options, "e"), named(options, "g")
    event = events[0] if events else "SET_GLOBAL" if globals_ else "an event"
    if "s" in options and event.upper() == "CHANGE_STATUS":
        event = " ".join((event, *options["s"]))
    targets = [name for word in named(options, "j", "b") for name in re.split(r"[,\s]+", word)]
    targets += [f"global {word}" for word in globals_]
    yield SchedulerCall(program.name, event, tuple(filter(None, targets)))


def _apart(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The arguments, with values that are attached to one-letter options as separate words."""
    found: list[str] = []
    for word in arguments:
        match = re.fullmatch(r"(-[EJGejg])=?([^\s=].*)", word, re.S)
        found += [match[1], match[2]] if match else [word]
    return tuple(found)


def _asks(program: Program) -> Iterator[SchedulerCall]:
    options, _ = options_of(_apart(program.arguments), "s d q r c t w l n p")
    targets = [*named(options, "j", "b"), *(f"global {word}" for word in named(options, "g"))]
    yield SchedulerCall(program.name, "status", tuple(targets), drives=False)


_JIL = re.compile(r"\b((?:insert|update|delete|override)_(?:job|box))\s*:\s*(\S+)")


def _jil(program: Program) -> Iterator[SchedulerCall]:
    found = [m.groups() for text in program.fed for m in _JIL.finditer(text[:100_000])]
    for verb in dict.fromkeys(verb for verb, _ in found):
        yield SchedulerCall(program.name, verb, tuple(name for v, name in found if v == verb)[:20])
    if not found:
        yield SchedulerCall(
            program.name, "definitions", tuple(f"file {name}" for name in program.files)
        )


def _calendars(program: Program) -> Iterator[SchedulerCall]:
    yield SchedulerCall(program.name, "calendars")


PROGRAMS = Programs(
    {
        "sendevent": _sendevent,
        "jil": _jil,
        "autocal_asc": _calendars,
        **dict.fromkeys(("autorep", "autostatus", "job_depends", "autosyslog"), _asks),
    }
)
