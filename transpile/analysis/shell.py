"""Splits shell text into its simple commands, those inside substitutions included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_NESTED = 200
"""Substitutions nested deeper are read as text of the innermost one."""

_PIECE = re.compile(
    r"""
      (?P<blank>[ \t\r\f\v]+)
    | (?P<here><<-?[ \t]*(?:'[^'\n]*'|"[^"\n]*"|\\?[\w.-]+))
    | (?P<string><<<)
    | (?P<open>\$\(|[<>]\(|\()
    | (?P<redirect>\d{0,4}(?:&>>?|>>|>\||<>|[<>]&?))
    | (?P<operator>\n|&&|\|\|?|[;&])
    | (?P<close>\))
    | (?P<back>`)
    | (?P<single>'[^']*'?)
    | (?P<double>")
    | (?P<escape>\\(?s:.)?)
    | (?P<comment>\#[^\n]*)
    | (?P<text>\$\{[^}\n"'`]*\}?|[^\s\\"'`$()<>;&|\#]+|(?s:.))
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(
    r"""(?P<text>[^"\\$`]+)|(?P<escape>\\(?s:.)?)|(?P<open>\$\()|(?P<back>`)|(?P<double>")|(?s:.)"""
)
_ENDS_PIPE = ("\n", ";", "&", "&&", "||")


@dataclass(slots=True)
class Simple:
    """A simple command: its words without quotes, what it reads, and who writes into its pipe.

    `$()` stands in a word for the output of another command. `fed` are texts of here documents,
    `files` those that it reads from.
    """

    words: list[str] = field(default_factory=list)
    fed: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    writer: "Simple | None" = None


@dataclass(slots=True)
class _Frame:
    """The commands of the text itself, or of one substitution in it."""

    kind: str = ""
    command: Simple = field(default_factory=Simple)
    word: list[str] | None = None
    quoted: bool = False
    takes: str = ""

    def add(self, text: str) -> None:
        """Append text to the word."""
        self.word = [] if self.word is None else self.word
        self.word.append(text)

    def end_word(self) -> None:
        """End the word: an argument, or what a redirection takes."""
        if self.word is None:
            return
        text, self.word = "".join(self.word), None
        if not self.takes:
            self.command.words.append(text)
        elif self.takes == "<<<":
            self.command.fed.append(text)
        elif "<" in self.takes:
            self.command.files.append(text)
        self.takes = ""


class _Scanner:
    """One pass over a text, without recursion."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._frames = [_Frame()]
        self._found: list[Simple] = []
        self._here: list[tuple[Simple, str]] = []

    def commands(self) -> list[Simple]:
        """Every simple command that has words."""
        while self._at < len(self._text):
            frame = self._frames[-1]
            match = (_QUOTED if frame.quoted else _PIECE).match(self._text, self._at)
            if match is None:
                break
            self._at = match.end()
            kind = match.lastgroup or "text"
            if frame.quoted:
                self._quoted(frame, kind, match[0])
            else:
                self._plain(frame, kind, match[0])
        while self._frames:
            self._end_command(self._frames.pop(), "")
        return self._found

    def _quoted(self, frame: _Frame, kind: str, text: str) -> None:
        if kind == "double":
            frame.quoted = False
        elif kind == "escape":
            frame.add(text[1:] if text[1:] in ('"', "\\", "$", "`", "\n") else text)
        elif kind in ("open", "back"):
            self._substitute(frame, kind, text)
        else:
            frame.add(text)

    def _plain(self, frame: _Frame, kind: str, text: str) -> None:
        if kind in ("blank", "redirect", "string", "here"):
            self._between(frame, kind, text)
        elif kind == "operator":
            self._end_command(frame, text)
        elif kind in ("open", "close", "back"):
            self._substitute(frame, kind, text)
        elif kind == "comment" and frame.word is None:
            return
        elif kind == "double":
            frame.quoted = True
            frame.add("")
        else:
            frame.add(_unquoted(kind, text))

    def _between(self, frame: _Frame, kind: str, text: str) -> None:
        frame.end_word()
        if kind == "here":
            self._here.append((frame.command, text.lstrip("<- \t").strip("'\"\\")))
        elif kind != "blank":
            frame.takes = text

    def _substitute(self, frame: _Frame, kind: str, text: str) -> None:
        """A substitution, or a group of commands, begins or ends."""
        ends = (kind, frame.kind) in (("close", "("), ("back", "`"))
        if ends:
            self._end_command(frame, "")
            self._frames.pop()
        elif kind == "close":
            # Of a pattern of `case`, or of nothing.
            self._end_command(frame, "")
        elif len(self._frames) > MOST_NESTED:
            frame.add(text)
        else:
            if text == "(":
                self._end_command(frame, "")
            else:
                frame.add("$()")
            self._frames.append(_Frame("`" if text == "`" else "("))

    def _end_command(self, frame: _Frame, operator: str) -> None:
        frame.end_word()
        frame.takes = ""
        done, frame.command = frame.command, Simple()
        if done.words:
            self._found.append(done)
            if operator == "|":
                frame.command.writer = done
        if operator == "\n" and self._here:
            self._read_documents()

    def _read_documents(self) -> None:
        """Take the here documents that begin on the next line."""
        for command, end in self._here:
            last = re.compile(rf"^[ \t]*{re.escape(end)}[ \t]*$", re.M).search(self._text, self._at)
            stop = last.start() if last else len(self._text)
            command.fed.append(self._text[self._at : stop])
            self._at = last.end() if last else stop
        self._here.clear()


def _unquoted(kind: str, text: str) -> str:
    if kind == "single":
        return text.strip("'") if text.count("'") == 2 else text[1:]
    if kind == "escape":
        # In front of a letter it is as likely the backslash of a path on Windows.
        return "" if text == "\\\n" else text if text[1:].isalnum() else text[1:]
    return text


def simple_commands(text: str) -> Iterator[Simple]:
    """The simple commands of a shell text, in the order in which they end. Takes any text."""
    yield from _Scanner(text).commands()
