"""What jobs run: commands, scripts, file watchers; other types need a [[map]] rule."""

import re
from dataclasses import dataclass, replace

from transpile.dialects.controlm.codes.jobs import FileRuleLost, JobTypeLost, NoLibrary
from transpile.dialects.controlm.effects import Effects
from transpile.dialects.controlm.entries import Entry, Reporter
from transpile.dialects.controlm.variables import Scope, Unknown, Variables
from transpile.dialects.kit.windows import needs_windows
from transpile.findings.codes.jobs import NothingToRun, WindowsCommand
from transpile.model import (
    Action,
    Blocked,
    Command,
    FileState,
    FileWatch,
    Kind,
    Text,
)
from transpile.sources.text import Span

_ARGUMENT = re.compile(r"%%PARM(\d+)", re.I)
_SHEBANG = re.compile(r"\s*#!\s*(?:\S*/env[ \t]+(?P<env>\S+)|(?P<path>\S+))")
_SHELLS = re.compile(r"(?:\S*/)?(?:ba|k|da|z|a)?sh")
_DATASET = re.compile(r"[A-Z$#@][A-Z0-9$#@-]*(?:\.[A-Z0-9$#@-]+)+")
"""The name of a library on z/OS."""

_WATCH = "%%FILEWATCH-"
_OWN = ("OS", "")
_BYTES = re.compile(r"(\d+)\s*([KMG]?)B?", re.I)
_SIZES = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_ABOUT_SCRIPTS = (
    "MEMNAME MEMLIB CMDLINE TASKTYPE APPL_TYPE USE_INSTREAM_JCL INSTREAM_JCL OVERRIDE_PATH "
    "OVERLIB"
).split()

_WATCHED = {
    "FILE_PATH": "PATH",
    "PATH": "PATH",
    "MODE": "MODE",
    "INT_FILE_SEARCHES": "INTERVAL",
    "SEARCHINTERVAL": "INTERVAL",
    "MIN_DET_SIZE": "SIZE",
    "MINIMUMSIZE": "SIZE",
    "INT_FILESIZE_COMPARISON": "EACH",
    "MONITORINGINTERVAL": "EACH",
    "NUM_OF_ITERATIONS": "TIMES",
    "TIME_LIMIT": "LIMIT",
    "TIMELIMIT": "LIMIT",
}
"""Parameters of file watchers in both texts."""

_UNSET = frozenset(
    ("", "0", "N", "NOW", "NO_MAX", "NO_MIN", "NO_MIN_AGE", "NO_MAX_AGE", "NO_LIMIT")
)


@dataclass(frozen=True, slots=True)
class Payload:
    """What a job runs; `time_limit` is in minutes."""

    kind: Kind = Kind.COMMAND
    action: Action | None = None
    blocked: Blocked | None = None
    time_limit: int | None = None


def is_dummy(entry: Entry) -> bool:
    """True for a job that runs nothing."""
    return entry.flag("RUN_AS_DUMMY") or entry.element.get("TASKTYPE").upper() == "DUMMY"


class CommandReader:
    """Reads what jobs run."""

    def __init__(self, variables: Variables, reporter: Reporter) -> None:
        self._variables = variables
        self._reporter = reporter

    def read(self, entry: Entry, scope: Scope, effects: Effects) -> Payload:
        """What a job runs; a reason if that is not known."""
        kind = entry.element.get("APPL_TYPE").upper()
        task = entry.element.get("TASKTYPE").upper()
        entry.taken.update(_ABOUT_SCRIPTS)
        try:
            if is_dummy(entry):
                return Payload(action=_dummy(effects, entry.element.span("TASKTYPE")))
            if kind.startswith("FILEWATCH"):
                return self._watch(entry, scope)
            if kind not in _OWN or task in ("DETACHED", "EXTERNAL", "STARTED TASK"):
                return self._other(entry, entry.element.get("APPL_TYPE") or task.title())
            return self._command(entry, scope, effects)
        except Unknown as unknown:
            return Payload(blocked=unknown.blocked)

    # ---------------------------------------------------------------- commands

    def _command(self, entry: Entry, scope: Scope, effects: Effects) -> Payload:
        element = entry.element
        key = "CMDLINE"
        if entry.flag("USE_INSTREAM_JCL") and element.get("INSTREAM_JCL"):
            key = "INSTREAM_JCL"
        elif not element.get("CMDLINE") and element.get("MEMNAME"):
            return self._script(entry, scope, effects)
        raw = element.attributes.get(key, "")
        if not raw.strip():
            return self._nothing(entry)
        shell = None
        if key == "INSTREAM_JCL":
            if raw.lstrip().startswith("//"):
                return self._other(entry, "JCL")
            shell = _interpreter(raw)
            if shell is not None and not _SHELLS.fullmatch(shell):
                return self._other(entry, f"script for {shell}")
        span = element.span(key)
        if needs_windows(raw):
            self._reporter.report(WindowsCommand(), entry, key)
        text = self._variables.text(raw, scope, entry.name, span, shell=True)
        return Payload(action=replace(_command(text, effects, span), shell=shell))

    def _nothing(self, entry: Entry) -> Payload:
        kind = entry.element.get("TASKTYPE") or "job"
        self._reporter.report(NothingToRun(type=kind, key="CMDLINE"), entry)
        return Payload(blocked=Blocked(NothingToRun, "nothing to run"))

    def _script(self, entry: Entry, scope: Scope, effects: Effects) -> Payload:
        """A script with its arguments, %%PARM1 and so on."""
        element = entry.element
        library = element.get("OVERRIDE_PATH") or element.get("OVERLIB") or element.get("MEMLIB")
        script = element.get("MEMNAME")
        if not library:
            self._reporter.report(NoLibrary(name=entry.name, script=script), entry, "MEMNAME")
            return Payload(blocked=Blocked(NoLibrary, f"nothing says where {script} is"))
        if _DATASET.fullmatch(library):
            return self._other(entry, f"member {script} of the library {library}")
        path = f"{library.rstrip('/')}/{script}"
        if needs_windows(path):
            self._reporter.report(WindowsCommand(), entry, "MEMLIB")
        # The agent passes the line to a shell, which splits the arguments.
        words = [_quoted(path), *_arguments(entry)]
        span = element.span("MEMNAME")
        text = self._variables.text(" ".join(words), scope, entry.name, span, shell=True)
        return Payload(action=_command(text, effects, span))

    def _other(self, entry: Entry, kind: str) -> Payload:
        """A job that a plug-in runs."""
        own = [
            f"{name}={value.strip()}"
            for name, value in entry.element.attributes.items()
            if name not in entry.taken and not name.isupper()
        ]
        own += [
            f"{variable.get('NAME').lstrip('%')}={variable.get('VALUE')}"
            for variable in entry.element.all("VARIABLE")
        ]
        entry.taken.update(name for name in entry.element.attributes if not name.isupper())
        for child in entry.element.children:
            if not child.tag.isupper():
                entry.told.add(id(child))
        shown = ", ".join(own) or "none"
        lost = JobTypeLost(name=entry.name, type=kind, parameters=shown)
        self._reporter.report(lost, entry, "APPL_TYPE")
        return Payload(kind=Kind.OTHER, blocked=Blocked(JobTypeLost, f"a job of type {kind}"))

    # ---------------------------------------------------------------- file watchers

    def _watch(self, entry: Entry, scope: Scope) -> Payload:
        given = _parameters(entry)
        known = {_WATCHED[name]: value for name, value in given.items() if name in _WATCHED}
        for name, value in given.items():
            if name not in _WATCHED and value.upper() not in _UNSET:
                lost = FileRuleLost(name=entry.name, rule=f"{name}={value}")
                self._reporter.report(lost, entry)
        if not known.get("PATH"):
            return self._nothing(entry)
        span = entry.element.span()
        path = self._variables.text(known["PATH"], scope, entry.name, span, shell=False)
        gone = (
            known.get("MODE", "").upper().startswith("D")
            or "DELETE" in entry.element.get("APPL_TYPE").upper()
        )
        steady = _int(known.get("EACH", "")) * max(_int(known.get("TIMES", "3")), 1)
        action = FileWatch(
            path,
            FileState.ABSENT if gone else FileState.COMPLETE if steady else FileState.EXISTS,
            interval=_int(known.get("INTERVAL", "")) or 60,
            min_size=_size(known.get("SIZE", "")),
            steady=0 if gone else steady,
        )
        limit = _int(known.get("LIMIT", ""))
        return Payload(kind=Kind.FILE, action=action, time_limit=limit or None)


def _interpreter(script: str) -> str | None:
    """The program that the first line of a script names; None for the usual shell."""
    match = _SHEBANG.match(script)
    return match and (match["env"] or match["path"])


def _command(text: Text, effects: Effects, place: Span) -> Command:
    return Command(text, success=effects.success, output=effects.output, place=place)


def _parameters(entry: Entry) -> dict[str, str]:
    """The parameters of a file watcher by their upper-case names: attributes, or variables."""
    found = {}
    for name, value in entry.element.attributes.items():
        if name not in entry.taken and not name.isupper():
            entry.taken.add(name)
            found[name.upper()] = value.strip()
    for variable in entry.element.all("VARIABLE"):
        name = variable.get("NAME").upper()
        if name.startswith(_WATCH):
            found[name.removeprefix(_WATCH)] = variable.get("VALUE")
    return found


def _arguments(entry: Entry) -> list[str]:
    """The arguments of a script, as references to its variables."""
    names = (variable.get("NAME") for variable in entry.element.all("VARIABLE"))
    found = {int(match[1]): name for name in names if (match := _ARGUMENT.fullmatch(name))}
    return [found[number] for number in sorted(found)]


def _quoted(word: str) -> str:
    """The path for a shell; one with variables stays as it is."""
    if "%%" not in word and re.search(r"[\s;&|<>()*?`\\\"'#]", word):
        return "'" + word.replace("'", "'\\''") + "'"
    return word


def _int(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _size(text: str) -> int:
    match = _BYTES.fullmatch(text.strip())
    return int(match[1]) * _SIZES[match[2].upper()] if match else 0


def _dummy(effects: Effects, span: Span) -> Action | None:
    """What a dummy runs: nothing, unless its end is then not OK."""
    if effects.success.accepts(0):
        return None
    return _command(("true",), effects, span)
