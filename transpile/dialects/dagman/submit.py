"""Submit descriptions: what a node's job runs, and how often."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transpile.dialects.dagman.files import Files, joined
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
    """The description cannot be understood; the message says why, `span` where."""

    def __init__(self, reason: str, span: Span | None = None) -> None:
        super().__init__(reason)
        self.span = span


@dataclass(slots=True)
class Proc:
    """One job of a cluster: its number, and the macros that its row of `queue` gives it."""

    number: int
    macros: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Description:
    """The commands of a submit description by lower-case name, and its jobs in order."""

    commands: dict[str, tuple[str, Span]]
    procs: list[tuple[Proc, dict[str, str]]]
    """Each job goes with the commands that hold for it."""


Expand = Callable[[str, Mapping[str, str]], str]
Around = tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]]
"""Commands that are read before a description, and those that are read behind it."""


def canonical(key: str) -> str:
    """The one name of a command that has several."""
    return ALIASES.get(key, key)


def found_as(key: str, values: Mapping[str, str]) -> str:
    """The name under which a command is given. HTCondor: its first name beats the others."""
    if key in values:
        return key
    return next((name for name in _OTHERS.get(key, ()) if name in values), key)


def read_description(
    lines: list[str],
    span: Span,
    files: Files,
    folder: str,
    expand: Expand,
    around: Around,
) -> Description:
    """The description in these lines; `span` is the first one. Raises SubmitError and OSError.

    `expand` puts macros in, given all that is defined. DAGMan: without `queue` it is one job.
    """
    reader = _Reader(files, folder, expand, around)
    reader.read(lines, span)
    if not reader.has_queue:
        reader.procs.append((Proc(0), reader.values()))
    if not reader.procs:
        raise SubmitError("it queues nothing", span)
    return Description(reader.commands, reader.procs)


class _Reader:
    def __init__(
        self,
        files: Files,
        folder: str,
        expand: Expand,
        around: Around,
    ) -> None:
        self._files = files
        self._folder = folder
        self._expand = expand
        before, self._after = around
        self._known: dict[str, str] = {}
        for key, value in before:
            self._known[key] = _own(key, value, self._known) if key in self._known else value
        self._depth = 0
        self.has_queue = False
        self.commands: dict[str, tuple[str, Span]] = {}
        self.procs: list[tuple[Proc, dict[str, str]]] = []

    def values(self) -> dict[str, str]:
        """The commands that hold for a job that is queued now."""
        found = dict(self._known)
        for key, value in self._after:
            # A macro that is nowhere else and names itself is an error, other than in the file.
            found[key] = _own(key, value, found) if key in found else value
        return found

    def read(self, lines: list[str], span: Span) -> None:
        """Read lines of the description, the first of them at `span`."""
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
            self.commands[key] = (self._known[key], place)
        else:
            raise SubmitError(f"this cannot be read: {text[:60]}")

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
        """HTCondor: `defined NAME`, true, false and numbers, with `!` before."""
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
        raise SubmitError(f"the condition cannot be decided: if {text}")

    def _include(self, include: re.Match[str]) -> None:
        if include["command"]:
            raise SubmitError("the output of a command cannot be included")
        name = joined(self._folder, self._expand(include["name"].strip(), self._known))
        self._depth += 1
        if self._depth > 20:
            raise SubmitError(f"{name} includes itself")
        try:
            lines = self._files.read(name).split("\n")
        except OSError as error:
            if not include["maybe"]:
                reason = error.strerror or str(error)
                raise SubmitError(f"{name} cannot be included: {reason}") from error
            lines = []
        self.read(lines, Span(self._files.label(name), 1))
        self._depth -= 1

    def _queue(self, rest: str, following: Iterator[tuple[int, str]]) -> None:
        self.has_queue = True
        values = self.values()
        rest = self._expand(rest, values).strip()
        match = _IN.match(rest)
        if match is None:
            if rest and not rest.isdigit():
                raise SubmitError(f"queue {rest[:40]} is no number of jobs")
            for step in range(int(rest or 1)):
                self._add({"step": str(step), "row": "0", "itemindex": "0"}, values)
            return
        if match["how"].lower() == "matching" or match["what"].startswith("["):
            raise SubmitError(f"queue {rest[:60]} cannot be followed")
        names = [n.lower() for n in re.split(r"[\s,]+", match["names"] or "") if n] or ["item"]
        kept: dict[str, str] = {}
        for row, text in enumerate(self._rows(match["how"].lower(), match["what"], following)):
            # HTCondor: a value that a row does not have stays that of the row before.
            kept |= dict(zip(names, _split_row(text, len(names)), strict=False))
            for step in range(int(match["count"] or 1)):
                place = {"step": str(step), "row": str(row), "itemindex": str(row)}
                self._add(kept | place, values)

    def _add(self, macros: dict[str, str], values: dict[str, str]) -> None:
        if len(self.procs) >= MOST_PROCS:
            raise SubmitError(f"it queues more than {MOST_PROCS} jobs")
        self.procs.append((Proc(len(self.procs), macros), values))

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
        except OSError as error:
            reason = error.strerror or str(error)
            raise SubmitError(f"the items of queue cannot be read: {what}: {reason}") from error
        return [line.strip() for line in text.removesuffix("\n").split("\n")]

    @staticmethod
    def _in_brackets(text: str, following: Iterator[tuple[int, str]]) -> list[str]:
        lines: list[str] = []
        while ")" not in text:
            lines.append(text)
            numbered = next(following, None)
            if numbered is None:
                raise SubmitError("the list of queue does not end")
            text = numbered[1]
        return [*lines, text[: text.rindex(")")]]


def _own(key: str, value: str, known: Mapping[str, str]) -> str:
    """HTCondor: a macro that its own value names has the one from before there."""
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
    """HTCondor: commas or blanks part the values of a row; the last one takes the rest."""
    if count == 1:
        return [row]
    return [part.strip() for part in re.split(r"\s*,\s*|\s+", row, maxsplit=count - 1)]
