"""Where the commands of a service read from and write to."""

import re
import shlex
from dataclasses import dataclass

from transpile.dialects.timers.exec_lines import unescape
from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_reports import Reporter
from transpile.model import Redirect, Text

_SERVICE = "Service"
_LOGS = frozenset("inherit journal kmsg journal+console kmsg+console syslog syslog+console".split())
_OPERATORS = {"append": ">>", "truncate": ">", "file": "<>"}
_BASE64 = re.compile(r"[A-Za-z0-9+/= \t\r\n]*", re.A)
_PLAIN_PATH = re.compile(r"/[^\0$`\\\"~{}]*")
_NOWHERE = "/dev/null"


@dataclass(frozen=True, slots=True)
class Target:
    """A file that output goes to, and how systemd opens it for each command."""

    path: str
    how: str

    def as_redirect(self, commands: int) -> Redirect | None:
        """The redirection of a whole; None if each of its commands has to open the file."""
        is_once = self.how == "append" or self.path == _NOWHERE
        is_once |= self.how == "truncate" and commands == 1
        if not is_once or not _PLAIN_PATH.fullmatch(self.path):
            return None
        return Redirect((self.path,), self.how == "append")

    def as_text(self, number: int) -> str:
        """The redirection of one command as shell text."""
        stream = "" if number == 1 and self.how != "file" else str(number)
        return f"{stream}{_OPERATORS[self.how]} {shlex.quote(self.path)}"


class Streams:
    """The standard streams of a service. `feed` is shell text that writes what commands read."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self.stdin: str | None = None
        self.feed = ""
        self.stdout: Target | None = None
        self.stderr: Target | None = None
        self._read_input()
        self._read_output()

    def around(self, text: str, commands: int) -> str:
        """The text of one command with what the whole cannot redirect."""
        if self.feed:
            text = f"{self.feed} | {text}"
        if self.stdin and self.whole_stdin(commands) is None:
            text += f" < {shlex.quote(self.stdin)}"
        for number, target in ((1, self.stdout), (2, self.stderr)):
            if target is None or target.as_redirect(commands) is not None:
                continue
            text += (
                " 2>&1" if number == 2 and target == self.stdout else f" {target.as_text(number)}"
            )
        return text

    def whole_stdin(self, commands: int) -> Text | None:
        """The file that the whole reads; None if each of its commands has to open it."""
        if self.stdin and commands == 1 and _PLAIN_PATH.fullmatch(self.stdin):
            return (self.stdin,)
        return None

    def whole(self, target: Target | None, commands: int) -> Redirect | None:
        """The redirection of the whole."""
        return target.as_redirect(commands) if target else None

    # ---------------------------------------------------------------- reading

    def _read_input(self) -> None:
        entry = self._reporter.unit.last(_SERVICE, "StandardInput")
        how = entry.value if entry else ""
        text, data = self._text(), self._data()
        if entry is None or how == "data":
            self.feed = text or data
        elif how.startswith("file:"):
            self.stdin = self._path(entry, how.removeprefix("file:"))
        elif how != "null":
            self._reporter.refuse(entry, "the commands read an empty input")

    def _text(self) -> str:
        lines: list[str] = []
        for entry in self._reporter.unit.each(_SERVICE, "StandardInputText"):
            text = self._reporter.expanded(entry, unescape(entry.value))
            lines += [text] if text is not None else []
        return f"printf '%s\\n' {' '.join(map(shlex.quote, lines))}" if lines else ""

    def _data(self) -> str:
        entries = self._reporter.unit.each(_SERVICE, "StandardInputData")
        for entry in entries:
            if not _BASE64.fullmatch(entry.value):
                self._reporter.ignored(entry, "it is no Base64")
        found = [e.value for e in entries if _BASE64.fullmatch(e.value)]
        data = "".join("".join(found).split())
        return f"printf %s {shlex.quote(data)} | base64 -d" if data else ""

    def _read_output(self) -> None:
        entry = self._reporter.unit.last(_SERVICE, "StandardOutput")
        self.stdout = self._target(entry) if entry else None
        entry = self._reporter.unit.last(_SERVICE, "StandardError")
        inherits = entry is None or entry.value == "inherit"
        self.stderr = self.stdout if inherits or entry is None else self._target(entry)

    def _target(self, entry: Entry) -> Target | None:
        how, colon, rest = entry.value.partition(":")
        if entry.value == "null":
            return Target(_NOWHERE, "truncate")
        if colon and how in _OPERATORS:
            path = self._path(entry, rest)
            return Target(path, how) if path else None
        if entry.value not in _LOGS:
            self._reporter.refuse(entry, "output goes to the log of the task")
        return None

    def _path(self, entry: Entry, text: str) -> str | None:
        path = self._reporter.expanded(entry, text)
        if path is not None and not path.startswith("/"):
            self._reporter.ignored(entry, f"{path} is no absolute path")
            return None
        return path
