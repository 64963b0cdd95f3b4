"""Builds what a line runs: its command, the standard input behind `%`, folder and variables."""

import re
import shlex
from dataclasses import dataclass

from transpile.dialects.timers.settings import VIXIE
from transpile.dialects.timers.shell_words import pieces
from transpile.dialects.timers.wrappers import base_name
from transpile.model import Command
from transpile.sources.text import Span

SHELL = "/bin/sh"
_MARK = re.compile(r"\\.|%", re.S)
BOURNE = frozenset("sh bash dash ash ksh ksh93 mksh pdksh zsh busybox".split())
_WORDS = ("STDIN", "INPUT", "TEXT", "LINES", "END", "DATA")
"""Words that may end a here document."""


@dataclass(frozen=True, slots=True)
class Written:
    """The command of a line as the shell gets it, and its standard input if it has any.

    `halved`: two backslashes became one.
    """

    command: str
    stdin: str | None
    halved: bool = False


def written(text: str, engine: str) -> Written:
    """The command and the standard input in a text with `%`: do_command.c of Debian and cronie.

    The first `%` ends the command, further ones are newlines of the input, `\\%` is a `%`. Debian's
    cron makes one backslash of two in the command.
    """
    halves = engine == VIXIE
    taken = ("\\%", "\\\\") if halves else ("\\%",)
    parts: list[str] = []
    at, halved = 0, False
    for match in _MARK.finditer(text):
        if match[0] == "%":
            parts.append(text[at : match.start()])
            return Written("".join(parts), _input(text[match.end() :]), halved)
        if match[0] in taken:
            parts += [text[at : match.start()], match[0][1]]
            at = match.end()
            halved |= match[0] == "\\\\"
    return Written("".join((*parts, text[at:])), None, halved)


def _input(text: str) -> str | None:
    r"""The standard input: `%` is a newline, `\%` a `%`, and the last line ends with a newline."""
    parts: list[str] = []
    lines = text.split("%")
    for piece in lines[:-1]:
        escaped = piece.endswith("\\")
        parts.append(f"{piece[:-1]}%" if escaped else f"{piece}\n")
    found = "".join((*parts, lines[-1]))
    # Backslashes at the end do not count.
    core = found.rstrip("\\")
    ends_line = not core or core.endswith("\n")
    return (found if ends_line else f"{found}\n") or None


def build_command(
    command: str,
    stdin: str | None,
    environment: tuple[tuple[str, tuple[str]], ...],
    place: Span,
    *,
    shell: str = SHELL,
    folder: str = "",
) -> Command:
    """What runs in the shell, in the folder."""
    text = command
    is_bourne = base_name(shell) in BOURNE
    if not is_bourne and (folder or stdin is not None):
        text = shlex.join([shell, "-c", command])
    if stdin is not None:
        text = _fed(text, stdin, shell if is_bourne else SHELL)
    if folder:
        # Cron runs the command also where the folder is missing.
        text = f"cd {shlex.quote(folder)}\n{text}"
    wrapped = text != command and not is_bourne
    return Command(
        (text,),
        environment=environment,
        shell=None if shell == SHELL or wrapped else shell,
        place=place,
    )


def _fed(command: str, stdin: str, shell: str) -> str:
    """The command with that standard input."""
    initials = {line[:1] for line in stdin.split("\n")}
    # dash loses a byte behind a part of the word at the beginning of a line.
    word = next((word for word in _WORDS if word[0] not in initials), None)
    if word is None or not stdin.endswith("\n"):
        return f"printf %s {shlex.quote(stdin)} | {_grouped(command, shell)}"
    group = command if _is_simple(command) else _grouped(command, shell)
    return f"{group} <<'{word}'\n{stdin}{word}"


def _is_simple(command: str) -> bool:
    """True if a redirection at its end is one of the whole command."""
    found, complete = pieces(command)
    last = found[-1].end if found else 0
    plain = all(piece.is_word and "\\" not in piece.value for piece in found)
    return complete and plain and last == len(command.rstrip()) and bool(found)


def _grouped(command: str, shell: str) -> str:
    """The command as one that takes a redirection."""
    found, complete = pieces(command)
    is_sound = complete and not command.rstrip().endswith("\\")
    if is_sound and not any(piece.value.startswith("<<") for piece in found):
        return f"{{ {command}\n}}"
    return shlex.join([shell, "-c", command])
