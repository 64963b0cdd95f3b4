"""Recognises commands that call Azkaban, by its program or its web interface."""

import re
from collections.abc import Iterator

from transpile.model.programs import Program, Programs, SchedulerCall

_MARK = "ajax="
_ACTION = re.compile(rf"\b{_MARK}(\w+)")
_FIELD = re.compile(r"(?:^|[?&\s])(flow|project|execid)=([^&\s]+)")
_DRIVES = re.compile(
    r"(?:execute|schedule|cancel|pause|resume|retry|unschedule|removeSched|upload|trigger|delete)",
    re.I,
)
_KNOWN = ("executor", "schedule", "manager", "azkaban", "flow=", "execid=", "session.id")
"""Texts in the addresses of the web interface."""


def _web(program: Program) -> Iterator[SchedulerCall]:
    """A call of the web interface."""
    text = "&".join(program.arguments)[:20_000]
    match = _ACTION.search(text)
    if match is None:
        return
    action = match[1]
    drives = _DRIVES.match(action) is not None
    if drives or any(word in text for word in _KNOWN):
        fields = dict(reversed(_FIELD.findall(text)))
        names = (fields.get("project", ""), fields.get("flow") or fields.get("execid", ""))
        target = names[1] or (f"project {names[0]}" if names[0] else "")
        targets = (target,) if target else ()
        yield SchedulerCall(f"{program.name} (Azkaban)", action, targets, drives)


def _azkaban(program: Program) -> Iterator[SchedulerCall]:
    words = [word for word in program.arguments if not word.startswith("-")]
    verb = words[0].lower() if words else ""
    if verb in ("run", "execute", "schedule", "upload", "cancel", "flow", "build", "create"):
        yield SchedulerCall(program.name, verb, tuple(words[-1:] if len(words) > 1 else ()))
    elif verb in ("log", "info", "logs", "status"):
        yield SchedulerCall(program.name, verb, tuple(words[1:2]), drives=False)


PROGRAMS = Programs({"azkaban": _azkaban}, _web, _MARK)
