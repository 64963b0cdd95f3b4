"""Shell text that runs the words of a command line of systemd, and no others."""

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.dialects.timers.exec_lines import ExecLine, split_value

_NAME_END = re.compile(r"[}:]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.A)
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=", re.A)
_MENTION = re.compile(r"\$\{?([A-Z_]{2,40})\b", re.A)

BUILTINS = frozenset("""
    . : [ alias bg break cd chdir command continue echo eval exec exit export fc fg getopts hash
    jobs kill let local printf pwd read readonly return set shift source test times trap type
    typeset ulimit umask unalias unset wait
    case do done elif else esac fi for function if in select then time until while
    """.split())
"""Words that a shell interprets itself, whereas systemd looks for a program."""

OF_USER = frozenset(("HOME", "USER", "LOGNAME", "SHELL"))
OF_MANAGER = frozenset(("PATH", "LANG"))
OF_RUN = frozenset("""
    INVOCATION_ID JOURNAL_STREAM TRIGGER_UNIT TRIGGER_PATH TRIGGER_TIMER_REALTIME_USEC
    TRIGGER_TIMER_MONOTONIC_USEC SYSTEMD_EXEC_PID MANAGERPID MAINPID NOTIFY_SOCKET LISTEN_FDS
    LISTEN_PID RUNTIME_DIRECTORY STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY
    CONFIGURATION_DIRECTORY CREDENTIALS_DIRECTORY SERVICE_RESULT EXIT_CODE EXIT_STATUS
    MONITOR_SERVICE_RESULT MONITOR_EXIT_CODE MONITOR_EXIT_STATUS MONITOR_UNIT
    MONITOR_INVOCATION_ID
    """.split())
"""Variables that systemd sets for each run."""


@dataclass(slots=True)
class Variables:
    """The environment of a unit: values that are `known`, and those that the shell has.

    With `is_open` files may set any of them when the job runs. `has_user`: the service runs as a
    user, whose values it sees. `passed` are those of systemd itself. `taken` collects the names
    that the text takes from the shell, `split` those whose values the shell splits.
    """

    known: Mapping[str, str]
    is_open: bool = False
    has_user: bool = False
    passed: frozenset[str] = frozenset()
    taken: dict[str, None] = field(default_factory=dict)
    split: dict[str, None] = field(default_factory=dict)

    def text(self, line: ExecLine) -> str:
        """Shell text that runs the command."""
        program, *arguments = line.words
        words = [_program(program)]
        for word in arguments:
            words += [_quoted([word])] if line.literal else self._words(word)
        self._note_mentions(arguments)
        return " ".join(words)

    def _words(self, word: str) -> Iterable[str]:
        """The words that systemd makes of one: a variable that is a word becomes several."""
        if word.startswith("$") and word[1:2] not in ("{", "$"):
            return self._split(word[1:])
        return [_quoted(self._pieces(word))]

    def _split(self, name: str) -> list[str]:
        if self._is_taken(name):
            self.split[name] = None
            return [f"${name}"]
        return [_quoted([word]) for word in split_value(self.known.get(name, ""))]

    def _pieces(self, word: str) -> list[str]:
        """The word in pieces; those at odd places are shell text."""
        pieces = [""]
        for text, is_name in _references(word):
            if is_name and self._is_taken(text):
                pieces += [f"${{{text}}}", ""]
            else:
                pieces[-1] += self.known.get(text, "") if is_name else text
        return pieces

    def _is_taken(self, name: str) -> bool:
        """True if the shell knows the value of a variable, and the unit does not."""
        if not _NAME.fullmatch(name):
            return False
        is_own = self.has_user and name in OF_USER
        is_theirs = name in OF_MANAGER or name in OF_RUN or name in self.passed
        is_taken = self.is_open or (name not in self.known and (is_own or is_theirs))
        if is_taken:
            self.taken[name] = None
        return is_taken

    def _note_mentions(self, words: Iterable[str]) -> None:
        """Note the variables of a run that a shell inside the command may ask for."""
        for word in words:
            for match in _MENTION.finditer(word):
                if match[1] in OF_RUN and match[1] not in self.known:
                    self.taken[match[1]] = None


def _references(word: str) -> Iterator[tuple[str, bool]]:
    """The word in texts and names of variables; a brace that is not closed stays, with the rest."""
    place = 0
    while (at := word.find("$", place)) >= 0:
        yield word[place:at], False
        place = at + 2
        if word[at + 1 : place] == "$":
            yield "$", False
        elif word[at + 1 : place] != "{":
            yield word[at:place], False
        elif (end := _NAME_END.search(word, place)) is None:
            place = at
            break
        elif end[0] == ":":
            yield word[at : end.end()], False
            place = end.end()
        else:
            yield word[place : end.start()], True
            place = end.end()
    yield word[place:], False


def _program(path: str) -> str:
    """The first word: a program, also where a shell has a command of its own of that name."""
    if path in BUILTINS:
        return f"env {shlex.quote(path)}"
    return f"'{path}'" if _ASSIGNMENT.match(path) and "'" not in path else shlex.quote(path)


def _quoted(pieces: Iterable[str]) -> str:
    """One shell word: pieces at even places are texts, in which NULs enclose shell text."""
    parts = []
    for number, piece in enumerate(pieces):
        if number % 2:
            parts.append(f'"{piece}"')
            continue
        for place, text in enumerate(piece.split("\0")):
            if place % 2:
                parts.append(f'"{text}"')
            elif text:
                parts.append(shlex.quote(text))
    return "".join(parts) or "''"
