"""`${x}` in values of properties, and command lines as words with holes in them."""

import re
from collections.abc import Callable, Mapping

from transpile.dialects.azkaban.codes.jobs import EndlessValue, NoCommand, UntranslatedExpression
from transpile.dialects.azkaban.model import Value
from transpile.dialects.kit.texts import Hole, Holes, in_quotes, shown
from transpile.findings.codes.reading import NulCharacter
from transpile.findings.finding import Finding
from transpile.model import Text

_REFERENCE = re.compile(r"\$\{([a-zA-Z_.0-9]+)\}")
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


class Values(Holes):
    """Puts in values of properties.

    `known` are the properties that a job sees. `unknown` gives the hole for a property that nothing
    defines, `handed` (by name and known value) the hole for one that an earlier job may hand over.
    """

    def __init__(
        self,
        known: Mapping[str, Value],
        unknown: Callable[[str], Hole],
        handed: Callable[[str, str], Hole | None],
    ) -> None:
        super().__init__()
        self._known = known
        self._unknown = unknown
        self._handed = handed
        self._left = 0

    def expand(self, text: str) -> str:
        """The text with values in place of references. Raises BadValue."""
        self._left = MOST
        expanded = self._expanded(text, ())
        if "$(" in expanded:
            raise BadValue(
                UntranslatedExpression, f"{shown(expanded)[:80]} is an expression of JEXL"
            )
        return expanded

    def uses(self, text: str, hole: Hole) -> bool:
        """True when that hole stands in the text."""
        return hole in self.inside(text)

    def command(self, line: str) -> Text:
        """A command line for a shell, which runs the words that Azkaban makes of it."""
        words = partition(line)
        if not words:
            raise BadValue(NoCommand, "the command is empty")
        lead = "exec " if words[0] in BUILTINS or _ASSIGNMENT.match(words[0]) else ""
        if _is_same_for_a_shell(line):
            return (f"{lead}{line.strip(' ')}",)
        return self.words(words, lead)

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
        return self.put(hole)


def partition(line: str) -> list[str]:
    """The words of a command line. Azkaban: no shell reads it.

    Blanks part words and nothing else does; quotes of either kind group, and are gone then; a word
    of nothing but quotes is none (ProcessJob.partitionCommandLine).
    """
    words: list[str] = []
    word = quote = ""
    for piece in re.split("(\0\\d+\0|[ '\"])", line):
        if piece.startswith("\0"):
            word += in_quotes(piece) if quote else piece
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
