"""Reads submit descriptions: commands, and the jobs that they queue."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transpile.dialects.dagman.files import FileError, Files, joined
from transpile.sources.text import Span

_PAIR = re.compile(r"(?P<key>(?:MY\.|\+)?[A-Za-z_][\w.]*)\s*=\s*(?P<value>.*)\Z", re.S)
_QUEUE = re.compile(r"queue\b(?!\s*=)(?P<rest>.*)\Z", re.I | re.S)
_CONDITION = re.compile(r"(if|elif|else|endif)\b(?!\s*=)(?P<rest>.*)\Z", re.I | re.S)
_INCLUDE = re.compile(
    r"include\s*(?:(?P<command>command)\b\s*)?(?:(?P<maybe>ifexist)\b\s*)?:\s*(?P<name>.+)", re.I
)
_IN = re.compile(
    r"(?:(?P<count>\d+)(?!\w)\s*)?(?:(?P<names>\w+(?:[\s,]+\w+)*?)[\s,]+)?"
    r"(?P<how>in|from|matching)\b\s*(?P<what>.*)\Z",
    re.I | re.S,
)
ALIASES = {
    "cmd": "executable",
    "args": "arguments",
    "arguments1": "arguments",
    "env": "environment",
    "iwd": "initialdir",
    "initial_dir": "initialdir",
    "stdin": "input",
    "stdout": "output",
    "stderr": "error",
    "requestcpus": "request_cpus",
    "requestmemory": "request_memory",
    "requestdisk": "request_disk",
    "requestgpus": "request_gpus",
}
_OTHERS = {name: [o for o, n in ALIASES.items() if n == name] for name in ALIASES.values()}
MOST_PROCS = 10_000


class SubmitError(Exception):
    """The description cannot be translated; the message says why, `span` where."""

    def __init__(self, reason: str, span: Span | None = None) -> None:
        super().__init__(reason)
        self.span = span


@dataclass(slots=True)
class Proc:
    """One job of a cluster: its number, the macros of its `queue` row, and its commands."""

    number: int
    macros: dict[str, str]
    commands: dict[str, str]


@dataclass(slots=True)
class Description:
    """The commands of a submit description by lower-case name, and its jobs in order."""

    commands: dict[str, tuple[str, Span]]
    procs: list[Proc]


Expand = Callable[[str, Mapping[str, str]], str]
Pairs = Sequence[tuple[str, str]]


def canonical(key: str) -> str:
    """The first name of a command that has several names."""
    return ALIASES.get(key, key)


def found_as(key: str, values: Mapping[str, str]) -> str:
    """The name under which a command is given. HTCondor: the first name beats the others."""
    return next((name for name in (key, *_OTHERS.get(key, ())) if name in values), key)


class DescriptionReader:
    """Reads one submit description.

    `expand` expands macros, given all values. `before` and `after` are pairs of names and values
    that hold as if they stood before the first line or after the last one.
    """

    def __init__(
        self, files: Files, folder: str, expand: Expand, before: Pairs, after: Pairs
    ) -> None:
        self._files = files
        self._folder = folder
        self._expand = expand
        self._after = after
        self._known = _with({}, before)
        self._depth = 0
        self._has_queue = False
        self._found = Description({}, [])

    def read(self, lines: list[str], span: Span) -> Description:
        """The description in these lines, the first one at `span`. Raises SubmitError."""
        self._read(lines, span)
        if not self._has_queue:
            # DAGMan: a description without `queue` is one job.
            self._found.procs.append(Proc(0, {}, self._values()))
        if not self._found.procs:
            raise SubmitError("it queues no jobs", span)
        return self._found

    def _values(self) -> dict[str, str]:
        """The commands of a job that is queued at this point."""
        return _with(self._known, self._after)

    def _read(self, lines: list[str], span: Span) -> None:
        active: list[tuple[bool, bool]] = []
        numbered = enumerate(lines, span.line)
        for number, line in _joined(numbered):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            place = Span(span.file, number)
            try:
                if condition := _CONDITION.match(text):
                    self._branch(condition[1].lower(), condition["rest"].strip(), active)
                elif all(taken for taken, _ in active):
                    self._command(text, place, numbered)
            except SubmitError as error:
                raise SubmitError(str(error), error.span or place) from error

    def _command(self, text: str, place: Span, following: Iterator[tuple[int, str]]) -> None:
        if include := _INCLUDE.match(text):
            self._include(include)
        elif queue := _QUEUE.match(text):
            self._queue(queue["rest"].strip(), following)
        elif pair := _PAIR.match(text):
            key, value = pair["key"].lower(), pair["value"].strip()
            self._known[key] = _own(key, value, self._known)
            self._found.commands[key] = (self._known[key], place)
        else:
            raise SubmitError(f"unreadable line: {text[:60]}")

    def _branch(self, word: str, rest: str, active: list[tuple[bool, bool]]) -> None:
        outside = all(taken for taken, _ in (active if word == "if" else active[:-1]))
        if word == "if":
            holds = outside and self._holds(rest)
            active.append((holds, holds))
        elif not active:
            raise SubmitError(f"{word} without if")
        elif word == "endif":
            active.pop()
        else:
            _, before = active[-1]
            holds = outside and not before and (word == "else" or self._holds(rest))
            active[-1] = (holds, before or holds)

    def _holds(self, text: str) -> bool:
        """Evaluate `defined NAME`, a boolean or a number, each with or without `!`."""
        text = text.strip()
        if text.startswith("!"):
            return not self._holds(text[1:])
        words = text.split()
        if len(words) == 2 and words[0].lower() == "defined":
            return self._known.get(self._expand(words[1], self._known).lower(), "") != ""
        value = self._expand(text, self._known).strip().lower()
        if value in ("true", "yes", "t", "y"):
            return True
        if value in ("false", "no", "f", "n"):
            return False
        if re.fullmatch(r"[-+]?\d+(\.\d*)?", value):
            return float(value) != 0
        raise SubmitError(f"unknown condition: if {text}")

    def _include(self, include: re.Match[str]) -> None:
        if include["command"]:
            raise SubmitError("include command is not supported")
        name = joined(self._folder, self._expand(include["name"].strip(), self._known))
        self._depth += 1
        if self._depth > 20:
            raise SubmitError(f"{name} includes itself")
        try:
            lines = self._files.read(name).split("\n")
        except FileError as error:
            if not include["maybe"]:
                raise SubmitError(f"{name} cannot be included: {error}") from error
            lines = []
        self._read(lines, Span(self._files.label(name), 1))
        self._depth -= 1

    def _queue(self, rest: str, following: Iterator[tuple[int, str]]) -> None:
        self._has_queue = True
        values = self._values()
        rest = self._expand(rest, values).strip()
        match = _IN.match(rest)
        if match is None:
            if rest and not rest.isdigit():
                raise SubmitError(f"queue {rest[:40]} is not a number of jobs")
            for step in range(int(rest or 1)):
                self._add({"step": str(step), "row": "0", "itemindex": "0"}, values)
            return
        if match["how"].lower() == "matching" or match["what"].startswith("["):
            raise SubmitError(f"queue {rest[:60]} is not supported")
        names = [n.lower() for n in re.split(r"[\s,]+", match["names"] or "") if n] or ["item"]
        kept: dict[str, str] = {}
        for row, text in enumerate(self._rows(match["how"].lower(), match["what"], following)):
            # HTCondor: a value that is missing in a row is that of the row before.
            kept |= dict(zip(names, _split_row(text, len(names)), strict=False))
            for step in range(int(match["count"] or 1)):
                place = {"step": str(step), "row": str(row), "itemindex": str(row)}
                self._add(kept | place, values)

    def _add(self, macros: dict[str, str], values: dict[str, str]) -> None:
        procs = self._found.procs
        if len(procs) >= MOST_PROCS:
            raise SubmitError(f"it queues more than {MOST_PROCS} jobs")
        procs.append(Proc(len(procs), macros, values))

    def _rows(self, how: str, what: str, following: Iterator[tuple[int, str]]) -> list[str]:
        what = what.strip()
        if what.startswith("("):
            lines = self._in_brackets(what[1:], following)
            if how == "in":
                return re.split(r"[\s,]+", " ".join(lines).strip(" ,"))
            kept = [line.strip() for line in lines if not line.strip().startswith("#")]
            return kept[not kept[0] : len(kept) - (not kept[-1])] if kept else []
        if how == "in":
            return re.split(r"[\s,]+", what.strip(" ,"))
        try:
            text = self._files.read(joined(self._folder, what))
        except FileError as error:
            raise SubmitError(f"the items of queue cannot be read: {what}: {error}") from error
        return [line.strip() for line in text.removesuffix("\n").split("\n")]

    @staticmethod
    def _in_brackets(text: str, following: Iterator[tuple[int, str]]) -> list[str]:
        lines: list[str] = []
        while ")" not in text:
            lines.append(text)
            numbered = next(following, None)
            if numbered is None:
                raise SubmitError("the closing bracket of queue is missing")
            text = numbered[1]
        return [*lines, text[: text.rindex(")")]]


def _with(known: Mapping[str, str], pairs: Pairs) -> dict[str, str]:
    """The known values and those of VARS."""
    found = dict(known)
    for key, value in pairs:
        # Unlike in the file, a new macro whose value names itself is an error here.
        found[key] = _own(key, value, found) if key in found else value
    return found


def _own(key: str, value: str, known: Mapping[str, str]) -> str:
    """The value with the macro itself replaced by its earlier value, as HTCondor does."""
    before = known.get(key, "")
    own = re.compile(rf"\$\({re.escape(key)}(?::([^()]*))?\)", re.I)
    return own.sub(lambda match: before or match[1] or "", value)


def _joined(numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    for number, line in numbered:
        text = line.rstrip()
        while text.endswith("\\"):
            following = next(numbered, None)
            text = text[:-1]
            if following is None:
                break
            text += following[1].strip()
        yield number, text


def _split_row(row: str, count: int) -> list[str]:
    """The values of a row. HTCondor: commas or blanks separate them; the last takes the rest."""
    if count == 1:
        return [row]
    return [part.strip() for part in re.split(r"\s*,\s*|\s+", row, maxsplit=count - 1)]
