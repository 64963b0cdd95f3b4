"""Files that shell commands name: which ones they write, read, or only hand to a program."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from posixpath import basename, join, normpath


class Use(IntEnum):
    """What a command does with a file, as far as its text says.

    WORD: an argument that may be the name of a file. NAMED: a path that is handed to a program,
    which may read or write it.
    """

    WORD = 0
    NAMED = 1
    READ = 2
    WRITE = 3
    APPEND = 4


@dataclass(frozen=True, slots=True)
class FileUse:
    """One file in a command, with its path made absolute by `cd` where the text has one.

    A `*` in the path stands for any text, such as the value of a variable of the command's own.
    """

    path: str
    use: Use


HOLE = "\x02"
"""Begins and ends the name of a global variable in the place of its value."""

_LONGEST = 100_000
"""Maximum number of characters of a command to read."""

_DEEPEST = 3
"""Maximum depth of nested `sh -c` commands."""

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r]+|\\\n)
    | (?P<end>&&|\|\|?|;|\n|\(|\)|`(?!date\b)|&(?!>))
    | (?P<redirect>(?:[0-9]|&)?(?:>>|>\||>&|>|<<<|<<-?|<&|<>|<))
    | (?P<word>(?:\$\(date\b[^()`]*\)|`date\b[^`]*`|[^\s;&|()<>'"\\`]|\\.|'[^']*'
              |"(?:[^"\\]|\\.)*")+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PIECE = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+)""", re.DOTALL)
_ASSIGNMENT = re.compile(r"\w+=")
_PATH = re.compile(r"[\w.~$\x02][^\s?\[\]'\"`|<>]*|/[^\s?\[\]'\"`|<>]+")
_DATE = re.compile(r"\$\(\s*date\b([^()`]*)\)|`\s*date\b([^`]*)`")
_OF_A_DAY = set("YymdFjUVGuaAbBCeD")
_VARYING = re.compile(
    r"\$(?![A-Za-z_{])|\$\{(?!\w+\})|\$\{?(?:\d|RANDOM|PPID|BASHPID|TMPDIR|SECONDS|HOSTNAME|AUTO_\w*"
    r"|FLYTE_\w*|RETRY|PWD)\b"
)
"""Variables that differ between tasks; all others count as equal."""

_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")
_WRITES = re.compile(r"--?(?:o|out\w*|dest\w*|target|to|into|log\w*)")
_IN_FRONT = set(
    "nohup exec time nice env sudo command if then else elif do while until ! {".split()
)
_SHELLS = {"sh", "bash", "ksh", "dash", "zsh"}
_COPIES = {"cp", "mv", "ln", "install", "rsync", "scp"}
_MAKES = {"tee", "touch", "truncate", "rm", "mkdir", "rmdir", "gzip", "gunzip"}
_READS = {"cat", "head", "tail", "wc", "sort", "test", "[", "[[", "diff", "cmp", "uniq", "cut"}
_SAYS = {"echo", "printf", "expr", "set", "exit", "sleep", "date", "kill", "return"}
_ELSEWHERE = set("hadoop hdfs aws gsutil gcloud az ssh sftp ftp curl wget".split())
_FILTERS = {"sed", "awk", "gawk", "grep", "egrep", "fgrep", "perl", "tr"}


def files_of(script: str, own: Iterable[str] = ()) -> Iterator[FileUse]:
    """The files that a script names, in the order of its text.

    Variables of its `own` have values that no other script knows.
    """
    yield from _Reader("", set(own), 0).read(script[:_LONGEST])


def file_of(path: str, use: Use, home: str = "") -> FileUse | None:
    """The use of a path; None for a device, or for one that differs from task to task."""
    if "date" in path:
        path = _DATE.sub(_day, path)
    shape = _DATE.sub("0", path)
    varies = _VARYING.search(shape) or not _PATH.fullmatch(shape)
    elsewhere = path.startswith(("/dev/", "/proc/")) or ":" in path.partition("/")[0]
    if varies or elsewhere:
        return None
    return FileUse(normpath(path if is_rooted(path) else join(home, path)), use)


def _day(match: re.Match[str]) -> str:
    """A date in a path in one spelling; what is no path for one with a time, or without format."""
    words = (match[1] or match[2] or "").split()
    letters = set(re.findall(r"%[-_0]?(\w)", " ".join(words)))
    if not letters or letters - _OF_A_DAY:
        return "?"
    return f"$(date {' '.join(word.strip(chr(34) + chr(39)) for word in words)})"


def is_rooted(path: str) -> bool:
    """True for a path that means the same in every folder."""
    return path.startswith(("/", "~", "$", HOLE))


class _Reader:
    """Reads one script."""

    def __init__(self, home: str, own: set[str], depth: int) -> None:
        self._home = home
        self._own = own
        self._depth = depth
        self._words: list[str] = []
        self._redirect = ""

    def read(self, script: str) -> Iterator[FileUse]:
        glued = False
        for match in _TOKEN.finditer(script):
            kind, text = match.lastgroup, match.group()
            if kind == "word":
                follows = script[match.end() : match.end() + 1]
                dynamic = glued or follows in ("`",) or text.endswith("$")
                yield from self._word("" if dynamic else _unquoted(text))
            elif kind == "redirect":
                self._redirect = text.lstrip("0123456789")
                if self._redirect.startswith("<<") and self._redirect != "<<<":
                    # The text of a here-document is no command.
                    break
            elif kind == "end":
                yield from self._finish()
            glued = text in (")", "`") or (glued and kind == "word")
        yield from self._finish()

    def _word(self, word: str) -> Iterator[FileUse]:
        redirect, self._redirect = self._redirect, ""
        if not redirect:
            self._words.append(word)
            return
        copies = redirect == ">&" and word.isdigit()
        if word and not copies and redirect not in ("<<<", "<&"):
            use = Use.APPEND if ">>" in redirect else Use.WRITE
            yield from self._file(word, Use.READ if redirect == "<" else use)

    def _file(self, path: str, use: Use) -> Iterator[FileUse]:
        path = _VARIABLE.sub(self._known, path) if self._own else path
        found = file_of(path, use, self._home)
        yield from [found] if found else []

    def _known(self, match: re.Match[str]) -> str:
        return "*" if match[1] in self._own else match[0]

    def _finish(self) -> Iterator[FileUse]:
        words, self._words, self._redirect = self._words, [], ""
        while words and (words[0] in _IN_FRONT or _ASSIGNMENT.match(words[0])):
            name, sign, _ = words.pop(0).partition("=")
            self._own |= {name} if sign else set()
        if not words:
            return
        program, *arguments = basename(words[0]), *words[1:]
        if program in ("export", "for", "read"):
            self._own |= {word.partition("=")[0] for word in arguments}
        elif program == "cd":
            self._home = join(self._home, arguments[0]) if arguments else self._home
        elif program in _SHELLS and any(" " in word for word in arguments):
            inner = next(word for word in arguments if " " in word)
            if self._depth < _DEEPEST:
                yield from _Reader(self._home, self._own, self._depth + 1).read(inner)
        elif program not in _SAYS | _ELSEWHERE:
            yield from self._arguments(program, arguments)

    def _arguments(self, program: str, arguments: list[str]) -> Iterator[FileUse]:
        option = ""
        plain = [number for number, word in enumerate(arguments) if not word.startswith("-")]
        if program in _FILTERS:
            plain = plain[1:]
        for number, word in enumerate(arguments):
            sign, _, value = word.partition("=")
            if word.startswith("-"):
                option = sign
                path = value
            else:
                path = value if _ASSIGNMENT.match(word) else word
            if path and (number in plain or value):
                is_last = bool(plain) and number == plain[-1]
                use = _use(program, option, path, is_last=is_last)
                yield from self._file(path, use)
            option = option if word.startswith("-") and not value else ""


def _use(program: str, option: str, path: str, *, is_last: bool) -> Use:
    """What a program does with an argument."""
    if program in _MAKES or (program in _COPIES and is_last):
        return Use.WRITE
    if _WRITES.fullmatch(option) or (program == "dd" and is_last):
        return Use.WRITE
    if program in _READS or program in _COPIES or program in _FILTERS:
        return Use.READ
    return Use.NAMED if "/" in path else Use.WORD


def _unquoted(word: str) -> str:
    return "".join(next(filter(None, parts), "") for parts in _PIECE.findall(word))
