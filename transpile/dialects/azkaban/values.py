"""Resolves `${x}` in property values, and turns command lines into shell text."""

import re
from collections.abc import Callable, Mapping

from transpile.dialects.azkaban.codes.jobs import EndlessValue, UntranslatedExpression
from transpile.dialects.kit.texts import Hole, Holes, in_quotes, shown
from transpile.dialects.kit.values import Value
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
"""Words that a shell interprets itself, whereas Azkaban looks for a program."""

DEEPEST, LONGEST, MOST = 100, 1_000_000, 10_000
"""Limits of one value: depth of references, length, and number of references."""


class BadValue(Exception):
    """A value has no translation: the finding, the value, and the reason that its node gives."""

    def __init__(self, finding: Finding, value: Value, reason: str) -> None:
        super().__init__(reason)
        self.finding = finding
        self.value = value
        self.reason = reason


class Values(Holes):
    """Resolves references to properties.

    `known` are the properties that a job sees. `undefined` makes the hole for any other property,
    `replaceable` that for a known one, by name and value, if an upstream job may replace it.
    """

    def __init__(
        self,
        known: Mapping[str, Value],
        undefined: Callable[[str], Hole],
        replaceable: Callable[[str, str], Hole | None],
    ) -> None:
        super().__init__()
        self._known = known
        self._undefined = undefined
        self._replaceable = replaceable
        self._left = 0

    def expand(self, value: Value) -> str:
        """The text of a value with all references resolved. Raises BadValue."""
        self._left = MOST
        expanded = self._expanded(value, value.text, ())
        if "$(" in expanded:
            reason = f"{shown(expanded)[:80]} is a JEXL expression"
            raise BadValue(UntranslatedExpression(reason=reason), value, reason)
        return expanded

    def uses(self, text: str, hole: Hole) -> bool:
        """True if the text contains the hole."""
        return hole in self.inside(text)

    def command(self, line: str) -> Text:
        """Shell text that runs the words that Azkaban makes of the line; empty without words."""
        words = partition(line)
        if not words:
            return ()
        lead = "exec " if words[0] in BUILTINS or _ASSIGNMENT.match(words[0]) else ""
        if _is_same_for_a_shell(line):
            return (f"{lead}{line.strip(' ')}",)
        return self.words(words, lead)

    def _expanded(self, value: Value, text: str, inside: tuple[str, ...]) -> str:
        if "\0" in text:
            reason = "a value contains a NUL character"
            raise BadValue(NulCharacter(key="a value"), value, reason)
        if len(inside) > DEEPEST:
            raise _endless(value, f"references are nested more than {DEEPEST} levels deep")
        out: list[str] = []
        length = place = 0
        for match in _REFERENCE.finditer(text):
            out += (text[place : match.start()], self._referred(value, match[1], inside))
            length += len(out[-1]) + len(out[-2])
            self._left -= 1
            if length > LONGEST or self._left < 0:
                raise _endless(value, f"the value of {match[1]} is too long")
            place = match.end()
        return "".join((*out, text[place:]))

    def _referred(self, value: Value, name: str, inside: tuple[str, ...]) -> str:
        if name in inside:
            cycle = " -> ".join((*inside, name))
            raise _endless(value, f"the references form a cycle: {cycle}")
        if name in self._known:
            text = self._expanded(value, self._known[name].text, (*inside, name))
            hole = self._replaceable(name, text)
            if hole is None:
                return text
        else:
            hole = self._undefined(name)
        return self.put(hole)


def _endless(value: Value, reason: str) -> BadValue:
    return BadValue(EndlessValue(reason=reason), value, reason)


def partition(line: str) -> list[str]:
    """The words of a command line, by ProcessJob.partitionCommandLine, without a shell.

    Only blanks separate words. Quotes of either kind group them and are removed; empty words are
    dropped.
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
    """True if the line has characters outside of quotes that are special to a shell."""
    return _SHELL_SYNTAX.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", line)) is not None


def _is_same_for_a_shell(line: str) -> bool:
    """True if a shell splits the line into the same words, so that it can stay as written."""
    return "\0" not in line and _PLAIN.fullmatch(_QUOTED.sub("q", line)) is not None
