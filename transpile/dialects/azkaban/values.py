"""`${x}` in values of properties, and command lines as words with holes in them."""

import re
import shlex
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from transpile.dialects.azkaban.codes.jobs import EndlessValue, NoCommand, UntranslatedExpression
from transpile.dialects.azkaban.model import Value
from transpile.findings.codes.reading import NulCharacter
from transpile.findings.finding import Finding
from transpile.model import Text, VariableRef

_REFERENCE = re.compile(r"\$\{([a-zA-Z_.0-9]+)\}")
_HOLE = re.compile("\0(\\d+q?)\0")
_QUOTED = re.compile(r"""'[^'\n]+'|"[^"$`\\!\n]+\"""")
_PLAIN = re.compile(r"[\w@%+=:,./ -]*", re.ASCII)
_SHELL_SYNTAX = re.compile(r"[|&;<>`*?$]")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
BUILTINS = frozenset("""
    . : [ alias bg break cd chdir command continue echo eval exec exit export false fc fg getopts
    hash help jobs kill let local printf pwd read readonly return set shift source test times trap
    true type typeset ulimit umask unalias unset wait
    case coproc do done elif else esac fi for function if in select then time until while
    """.split())
"""Words that mean something to a shell itself, where Azkaban looks for a program."""

DEEPEST, LONGEST, MOST = 100, 1_000_000, 10_000
"""No value refers to others deeper, is longer, or refers to more of them."""

Hole: TypeAlias = str | VariableRef
"""Text for a shell, or a reference, in the place of what only a run knows."""


class BadValue(Exception):
    """A value that cannot be resolved: the kind of finding, and the reason."""

    def __init__(self, cause: type[Finding], reason: str) -> None:
        super().__init__(reason)
        self.cause = cause
        self.reason = reason

    def finding(self, name: str) -> Finding:
        """The finding about the value in the job of that name."""
        if self.cause is NoCommand:
            return NoCommand(name=name, reason=self.reason)
        if self.cause is NulCharacter:
            return NulCharacter(key="a value")
        if self.cause is EndlessValue:
            return EndlessValue(reason=self.reason)
        return UntranslatedExpression(reason=self.reason)


class Values:
    """Puts in values of properties.

    `known` are those that a job sees; `unknown` says what stands for one that nothing defines, and
    `handed`, by name and known value, for one that a job before may hand over, if one may.
    Its place is left as a number between NULs, with `q` where quotes are around it.
    """

    def __init__(
        self,
        known: Mapping[str, Value],
        unknown: Callable[[str], Hole],
        handed: Callable[[str, str], Hole | None],
    ) -> None:
        self._known = known
        self._unknown = unknown
        self._handed = handed
        self._holes: list[Hole] = []
        self._left = 0

    def expand(self, text: str) -> str:
        """The text with values in place of references. Raises BadValue."""
        self._left = MOST
        expanded = self._expanded(text, ())
        if "$(" in expanded:
            raise BadValue(UntranslatedExpression, f"{_shown(expanded)} is an expression of JEXL")
        return expanded

    def text(self, text: str) -> Text:
        """Text that no shell sees, from what was expanded and needs none."""
        parts: list[Hole] = []
        for number, piece in enumerate(_HOLE.split(text)):
            if number % 2:
                parts.append(self._holes[int(piece)])
            elif piece:
                parts.append(piece)
        return merged(parts)

    def is_static(self, text: str) -> bool:
        """False where only a shell, another job or a helper knows the text."""
        holes = (self._holes[number] for number in _numbers(text))
        return all(isinstance(h, VariableRef) and not (h.jobs or h.part) for h in holes)

    def uses(self, text: str, hole: Hole) -> bool:
        """True when that hole stands in the text."""
        return any(self._holes[number] == hole for number in _numbers(text))

    def word(self, word: str) -> Text:
        """A word for a shell, quoted so far as it needs it."""
        return merged(self._quoted(word))

    def words(self, line: str) -> Text:
        """A command line for a shell, which runs the words that Azkaban makes of it."""
        words = partition(line)
        if not words:
            raise BadValue(NoCommand, "the command is empty")
        lead = "exec " if words[0] in BUILTINS or _ASSIGNMENT.match(words[0]) else ""
        if _is_same_for_a_shell(line):
            return (f"{lead}{line.strip(' ')}",)
        parts: list[Hole] = [lead] if lead else []
        for number, word in enumerate(words):
            parts += [" "] if number else []
            parts += self._quoted(word)
        return merged(parts)

    def _quoted(self, word: str) -> list[Hole]:
        """Azkaban puts values in before it parts words: without quotes one may be several."""
        parts: list[Hole] = []
        for number, piece in enumerate(_HOLE.split(word)):
            if number % 2:
                hole = self._holes[int(piece.rstrip("q"))]
                loose = isinstance(hole, VariableRef) and not piece.endswith("q")
                parts += [hole] if loose else ['"', hole, '"']
            elif piece or word == "":
                parts.append(shlex.quote(piece))
        return parts

    def _expanded(self, text: str, inside: tuple[str, ...]) -> str:
        if "\0" in text:
            raise BadValue(NulCharacter, "a value holds a NUL character")
        if len(inside) > DEEPEST:
            raise BadValue(EndlessValue, f"values refer to one another more than {DEEPEST} deep")
        out: list[str] = []
        length = place = 0
        for match in _REFERENCE.finditer(text):
            out += (text[place : match.start()], self._value(match[1], inside))
            length += len(out[-1]) + len(out[-2])
            self._left -= 1
            if length > LONGEST or self._left < 0:
                raise BadValue(EndlessValue, f"the value of {match[1]} is too long")
            place = match.end()
        return "".join((*out, text[place:]))

    def _value(self, name: str, inside: tuple[str, ...]) -> str:
        if name in inside:
            cycle = " -> ".join((*inside, name))
            raise BadValue(EndlessValue, f"the values go round in a circle: {cycle}")
        if name in self._known:
            text = self._expanded(self._known[name].text, (*inside, name))
            hole = self._handed(name, text)
            if hole is None:
                return text
        else:
            hole = self._unknown(name)
        self._holes.append(hole)
        return f"\0{len(self._holes) - 1}\0"


def partition(line: str) -> list[str]:
    """The words of a command line. Azkaban: no shell reads it.

    Blanks part words and nothing else does; quotes of either kind group, and are gone then; a word
    of nothing but quotes is none (ProcessJob.partitionCommandLine).
    """
    words: list[str] = []
    word = quote = ""
    for piece in re.split("(\0\\d+\0|[ '\"])", line):
        if piece.startswith("\0"):
            word += f"{piece[:-1]}q\0" if quote else piece
        elif piece == " " and not quote:
            words += [word] if word else []
            word = ""
        elif piece and piece in "'\"" and quote in ("", piece):
            quote = "" if quote else piece
        else:
            word += piece
    return words + ([word] if word else [])


def has_shell_syntax(line: str) -> bool:
    """True when a shell would do more with the line, outside of quotes, than part its words."""
    return _SHELL_SYNTAX.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", line)) is not None


def _is_same_for_a_shell(line: str) -> bool:
    """True when a shell makes the same words of the line, so that it can stay as it is."""
    return "\0" not in line and _PLAIN.fullmatch(_QUOTED.sub("q", line)) is not None


def _numbers(text: str) -> list[int]:
    return [int(number.rstrip("q")) for number in _HOLE.findall(text)]


def merged(parts: Iterable[Hole]) -> Text:
    """The text of these parts, with text beside text as one part."""
    found: list[Hole] = []
    for part in parts:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)


def _shown(text: str) -> str:
    return _HOLE.sub("...", text)[:80]
