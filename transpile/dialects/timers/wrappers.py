"""Programs that run another program, such as `nice` and `flock`, and the program that they run."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transpile.dialects.timers.shell_words import Piece

_TAKES: dict[str, tuple[str, int]] = {
    "chronic": ("", 0),
    "chrt": ("-T -P -D", 1),
    "command": ("", 0),
    "cronic": ("", 0),
    "doas": ("-u -C", 0),
    "env": ("-u --unset -C --chdir", 0),
    "exec": ("-a", 0),
    "flock": ("-w --wait --timeout -E --conflict-exit-code", 1),
    "ionice": ("-c -n -p --class --classdata", 0),
    "nice": ("-n --adjustment", 0),
    "nohup": ("", 0),
    "run-one": ("", 0),
    "setsid": ("", 0),
    "stdbuf": ("-i -o -e", 0),
    "sudo": ("-u -g -h -p -C -D --user --group --host --prompt --chdir", 0),
    "taskset": ("", 1),
    "time": ("-f -o", 0),
    "timeout": ("-k -s --kill-after --signal", 1),
    "unbuffer": ("", 0),
}
"""The options that take a word, and how many words stand before the other program."""

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_KEYWORDS = frozenset("if then else elif while until do { } ! fi done".split())


@dataclass(frozen=True, slots=True)
class Use:
    """A program in a simple command: its name, and the places of its word and of the next program.

    `before` are the words between the two.
    """

    name: str
    at: int
    inner: int
    before: tuple[Piece, ...]

    def has(self, *options: str) -> bool:
        """True if one of the options is given; single letters may stand together."""
        for word in self.before:
            value = word.value
            letters = value[1:] if re.fullmatch(r"-[A-Za-z]+", value) else ""
            if value in options or any(f"-{letter}" in options for letter in letters):
                return True
        return False


def base_name(word: str) -> str:
    """The name of a program without its folder."""
    return word.rstrip("/").rpartition("/")[2]


def simple_commands(found: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The words of each simple command: without keywords, redirections and assignments."""
    words: list[Piece] = []
    is_target = False
    for piece in found:
        if piece.kind == "operator":
            yield _without_assignments(words)
            words, is_target = [], False
        elif piece.kind == "redirect":
            is_target = True
        elif is_target:
            is_target = False
        elif words or piece.value not in _KEYWORDS:
            words.append(piece)
    yield _without_assignments(words)


def _without_assignments(words: list[Piece]) -> list[Piece]:
    at = 0
    while at < len(words) and _ASSIGNMENT.match(words[at].value):
        at += 1
    return words[at:]


def uses(words: Sequence[Piece]) -> list[Use]:
    """The programs of a simple command, from the outside in; the last one is what it is about."""
    found: list[Use] = []
    at = 0
    while at < len(words):
        name = base_name(words[at].value)
        inner = _inner(words, at, name) if name in _TAKES else len(words)
        found.append(Use(name, at, inner, tuple(words[at + 1 : inner])))
        at = inner
    return found


def _inner(words: Sequence[Piece], at: int, name: str) -> int:
    """The place of the program that another one runs."""
    options, count = _TAKES[name]
    takes = options.split()
    at += 1
    while at < len(words):
        value = words[at].value
        if value in takes:
            at += 2
        elif _is_setting(name, value):
            at += 1
        elif count:
            at, count = at + 1, count - 1
            if name == "flock" and at < len(words) and words[at].value in ("-c", "--command"):
                return at + 1
        else:
            return at
    return len(words)


def _is_setting(name: str, value: str) -> bool:
    """True for an option, and for a variable that the program sets."""
    is_option = value.startswith("-") and value != "-"
    return is_option or (name in ("env", "sudo", "doas") and bool(_ASSIGNMENT.match(value)))
