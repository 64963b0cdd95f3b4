"""The programs of a scheduler without a dialect: Oozie."""

import re
from collections.abc import Iterator

from transpile.dialects.kit.arguments import named, options_of
from transpile.model.programs import Program, Programs, SchedulerCall

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


OTHERS = (Programs({"oozie": _oozie}, _web, _MARK),)
