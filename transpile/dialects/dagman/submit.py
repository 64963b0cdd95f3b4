"""Submit descriptions: what a node's job runs, and how often."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.dialects.dagman.files import Files, joined
from transpile.source import Span

_PAIR = re.compile(r"(?P<key>(?:MY\.|\+)?[A-Za-z_][\w.]*)\s*=\s*(?P<value>.*)\Z", re.S)
_QUEUE = re.compile(r"queue\b(?!\s*=)(?P<rest>.*)\Z", re.I | re.S)
_CONDITION = re.compile(r"(if|elif|else|endif)\b(?P<rest>.*)\Z", re.I | re.S)
_IN = re.compile(
    r"(?P<count>\d+)?\s*(?P<names>\w[\w\s,]*?)?\s*\b(?P<how>in|from|matching)\b"
    r"\s*(?P<what>.*)\Z",
    re.I | re.S,
)
MOST_PROCS = 10_000


class SubmitError(Exception):
    """The description cannot be understood; the message says why."""


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


def read_description(
    lines: list[str],
    span: Span,
    files: Files,
    folder: str,
    expand: Callable[[str, Mapping[str, str]], str],
    *,
    queues_once: bool,
) -> Description:
    """The description in these lines; `span` is the first one. Raises SubmitError and OSError.

    `expand` puts macros in, given those that the description has defined. `queues_once`: inside a
    DAG a description without `queue` is one job.
    """
    reader = _Reader(files, folder, expand)
    reader.read(lines, span)
    if not reader.procs and queues_once:
        reader.procs.append((Proc(0), reader.values()))
    if not reader.procs:
        raise SubmitError("it queues nothing")
    return Description(reader.commands, reader.procs)


class _Reader:
    def __init__(
        self, files: Files, folder: str, expand: Callable[[str, Mapping[str, str]], str]
    ) -> None:
        self._files = files
        self._folder = folder
        self._expand = expand
        self._depth = 0
        self.commands: dict[str, tuple[str, Span]] = {}
        self.procs: list[tuple[Proc, dict[str, str]]] = []

    def values(self) -> dict[str, str]:
        return {key: value for key, (value, _) in self.commands.items()}

    def read(self, lines: list[str], span: Span) -> None:
        active: list[tuple[bool, bool]] = []
        numbered = enumerate(lines, span.line)
        for number, line in _joined(numbered):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            place = Span(span.file, number)
            if condition := _CONDITION.match(text):
                self._branch(condition[1].lower(), condition["rest"].strip(), active)
            elif not all(taken for taken, _ in active):
                continue
            elif text.lower().startswith("include"):
                self._include(text)
            elif queue := _QUEUE.match(text):
                self._queue(queue["rest"].strip(), numbered)
            elif pair := _PAIR.match(text):
                self.commands[pair["key"].lower()] = (pair["value"].strip(), place)
            else:
                raise SubmitError(f"line {number} cannot be read: {text[:60]}")

    def _branch(self, word: str, rest: str, active: list[tuple[bool, bool]]) -> None:
        if word == "if":
            holds = self._holds(rest)
            active.append((holds, holds))
        elif not active:
            raise SubmitError(f"{word} without if")
        elif word == "endif":
            active.pop()
        else:
            _, before = active[-1]
            holds = not before and (word == "else" or self._holds(rest))
            active[-1] = (holds, before or holds)

    def _holds(self, text: str) -> bool:
        """HTCondor: `defined NAME`, `version OP X`, true, false and numbers, with `!` before."""
        text = text.strip()
        if text.startswith("!"):
            return not self._holds(text[1:])
        words = text.split()
        if len(words) == 2 and words[0].lower() == "defined":
            return words[1].lower() in self.commands or self._expand(
                f"$({words[1]}:\1)", self.values()
            ) not in ("\1", "")
        if words and words[0].lower() == "version":
            return True
        value = self._expand(text, self.values()).strip().lower()
        if value in ("true", "yes", "t", "y"):
            return True
        if value in ("false", "no", "f", "n"):
            return False
        if re.fullmatch(r"[-+]?\d+(\.\d*)?", value):
            return float(value) != 0
        raise SubmitError(f"the condition cannot be decided: if {text}")

    def _include(self, text: str) -> None:
        match = re.match(r"include\s*(command)?\s*(?:ifexist\s*)?:\s*(?P<name>.+)", text, re.I)
        if match is None or match[1]:
            raise SubmitError(f"the include cannot be followed: {text[:60]}")
        name = joined(self._folder, self._expand(match["name"].strip(), self.values()))
        self._depth += 1
        if self._depth > 20:
            raise SubmitError(f"{name} includes itself")
        self.read(self._files.read(name).split("\n"), Span(name, 1))
        self._depth -= 1

    def _queue(self, rest: str, following: Iterator[tuple[int, str]]) -> None:
        values = self.values()
        rest = self._expand(rest, values).strip()
        match = _IN.match(rest)
        if match is None:
            self._plain_queue(rest)
            return
        if match["how"].lower() == "matching":
            raise SubmitError(f"queue ... matching depends on the files of the day: {rest[:60]}")
        names = [n for n in re.split(r"[\s,]+", match["names"] or "") if n] or ["Item"]
        rows = self._rows(match["how"].lower(), match["what"].strip(), following)
        for row in rows:
            items = _split_row(row, len(names))
            for step in range(int(match["count"] or 1)):
                row_macros = dict(zip((n.lower() for n in names), items, strict=False))
                self._add(row_macros | {"step": str(step)}, values)

    def _plain_queue(self, rest: str) -> None:
        if rest and not rest.isdigit():
            raise SubmitError(f"queue {rest[:40]} is no number of jobs")
        values = self.values()
        for step in range(int(rest or 1)):
            self._add({"step": str(step)}, values)

    def _add(self, macros: dict[str, str], values: dict[str, str]) -> None:
        if len(self.procs) >= MOST_PROCS:
            raise SubmitError(f"it queues more than {MOST_PROCS} jobs")
        self.procs.append((Proc(len(self.procs), macros), values))

    def _rows(self, how: str, what: str, following: Iterator[tuple[int, str]]) -> list[str]:
        if what.startswith("("):
            text = what[1:]
            lines: list[str] = []
            while ")" not in text:
                lines.append(text)
                number_line = next(following, None)
                if number_line is None:
                    raise SubmitError("the list of queue does not end")
                text = number_line[1]
            lines.append(text[: text.rindex(")")])
            if how == "in":
                return re.split(r"[\s,]+", " ".join(lines).strip(" ,"))
            return [line.strip() for line in lines if line.strip()]
        if how == "in":
            return re.split(r"[\s,]+", what.strip(" ,"))
        try:
            text = self._files.read(joined(self._folder, what))
        except OSError as error:
            reason = error.strerror or str(error)
            raise SubmitError(f"the items of queue cannot be read: {what}: {reason}") from error
        return [line.strip() for line in text.split("\n") if line.strip()]


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
    parts = re.split(r"\s*,\s*|\s+", row, maxsplit=count - 1)
    return [part.strip() for part in parts] + [""] * (count - len(parts))
