"""The programs of schedulers without a dialect: Control-M and Oozie."""

import re
from collections.abc import Iterator

from transpile.dialects.kit.arguments import named, options_of
from transpile.model.programs import Program, Programs, Reader, SchedulerCall

# ---------------------------------------------------------------- Control-M


def _control_m(event: str, *names: str) -> Reader:
    def read(program: Program) -> Iterator[SchedulerCall]:
        options, others = options_of(program.arguments)
        found = [word for name in names for word in options.get(name, ())]
        yield SchedulerCall(program.name, event, tuple(found or others[:2]))

    return read


def _ctm(program: Program) -> Iterator[SchedulerCall]:
    """A call of the Automation API, such as `ctm run order SERVER FOLDER`."""
    words = [word for word in program.arguments if not word.startswith("-")]
    if words[:1] in (["run"], ["deploy"], ["r"], ["d"]):
        asks = any(word.split(":")[-1] in ("status", "get", "getLog", "list") for word in words[1:])
        yield SchedulerCall(program.name, " ".join(words[:2]), tuple(words[2:4]), drives=not asks)


_FOLDER = ("folder", "table", "schedtab", "name", "jobname", "job")
_CONTROL_M = Programs(
    {
        "ctmorder": _control_m("order", *_FOLDER),
        "ctmcreate": _control_m("create", "jobname", "name", "cmdline"),
        "ctmcontb": _control_m("condition", "add", "delete", "delete_from", "list"),
        "ctmvar": _control_m("variable", "var"),
        "ctmkilljob": _control_m("kill", "orderid", "jobname", "name"),
        "ctmdefine": _control_m("define", "jobname", "name"),
        "ctmpsm": _control_m("update", "updatejob", "updatetable"),
        "ctm": _ctm,
    }
)

# ---------------------------------------------------------------- Oozie

_MARK = "/oozie/"
_PATH = re.compile(rf"{_MARK}v\d+/(jobs?)(?:/([\w@.-]+))?")
_ACTION = re.compile(r"[?&]action=(\w+)")
_POSTS = re.compile(r"(?:^|&)(?:-X&?|--request[=&])(?:POST|PUT)|(?:^|&)(?:-d|--data)")
_DRIVES = "run submit start kill rerun suspend resume change dryrun ignore update".split()


def _web(program: Program) -> Iterator[SchedulerCall]:
    """A call of the server's web interface."""
    text = "&".join(program.arguments)[:20_000]
    if path := _PATH.search(text):
        done, posts = _ACTION.search(text), _POSTS.search(text)
        event = done[1] if done else "submit" if posts else "status"
        targets = (path[2],) if path[2] else ()
        drives = bool(done or posts)
        yield SchedulerCall(f"{program.name} (Oozie)", event, targets, drives)


def _oozie(program: Program) -> Iterator[SchedulerCall]:
    if program.arguments[:1] not in (("job",), ("jobs",), ("pig",), ("hive",), ("mapreduce",)):
        return
    options, _ = options_of(program.arguments[1:], "run submit dryrun")
    done = [name for name in options if name in _DRIVES]
    files = tuple(f"file {word}" for word in options.get("config", ()))
    targets = named(options, *done, "info", "log")
    event = done[0] if done else "run" if program.arguments[0] in ("pig", "hive") else "status"
    yield SchedulerCall(program.name, event, targets or files, drives=event != "status")


OTHERS = (_CONTROL_M, Programs({"oozie": _oozie}, _web, _MARK))
