"""Finds the programs that a command runs, through wrappers, shells and variables."""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping, Sequence

from transpile.analysis.shell import Simple, simple_commands
from transpile.model.programs import Program

DEEPEST, LONGEST = 8, 300
"""Texts of `sh -c` inside one another are followed so deep; so long are values of variables."""

_RESERVED = frozenset("! { } if then elif else while until do time coproc".split())
_SHELLS = frozenset("sh ash bash dash ksh ksh88 ksh93 pdksh zsh csh tcsh".split())
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=(.*)\Z", re.S)
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_INTERPRETERS = re.compile(r"(?:python|perl|ruby|php)[\d.]*|[gmn]?awk")
_CALLS = re.compile(
    r"""\b(?:system|popen|exec\w*|call|run|check_\w+)\b[\s(\[]*(["'])(.{0,2000}?)\1""", re.I
)
_LOOKS_UP = re.compile(r"-[pvV]*[vV]")

# How many words stand before the command, and which options take a word of their own.
_WRAPPERS: Mapping[str, tuple[int, str]] = {
    **dict.fromkeys(("nohup", "setsid", "command", "builtin", "call", "unbuffer", "time"), (0, "")),
    **dict.fromkeys(("doas", "dzdo", "pbrun"), (0, "uCaU")),
    "sshpass": (0, "pfdP"),
    "sudo": (0, "ugUhpCcrtRDT"),
    "env": (0, "uCS"),
    "exec": (0, "a"),
    "nice": (0, "n"),
    "ionice": (0, "cnp"),
    "stdbuf": (0, "oei"),
    "xargs": (0, "nILPdEsa"),
    "start": (0, ""),
    "cmd": (0, ""),
    "timeout": (1, "ks"),
    "flock": (1, "wE"),
    "chroot": (1, ""),
    "taskset": (1, ""),
}
# They hand their words, or one of them, to a shell: behind so many words, or behind an option.
_REMOTE = {"ssh": "bcDEeFIiJLlmOopQRSWw", "rsh": "l", "remsh": "l"}
_WITH_OPTION = {"su", "runuser", "script", "powershell", "pwsh", "sg"}


def programs(
    text: str, variables: MutableMapping[str, str] | None = None, depth: int = 0
) -> Iterator[Program]:
    """The programs that a shell text runs, as far as the text shows them."""
    known: ChainMap[str, str] = ChainMap({}, {} if variables is None else variables)
    for command in simple_commands(text):
        words = [_resolved(word, known) for word in command.words]
        words = _split(_without_prefix(words, known), command.words)
        yield from _run(words, command, known, depth)


def _resolved(word: str, known: Mapping[str, str]) -> str:
    """The word with the values of variables that the text itself sets; long ones stay."""
    if "$" not in word or len(word) > LONGEST:
        return word
    return _VARIABLE.sub(lambda m: known.get(m[1] or m[2], m[0])[:LONGEST], word)[: LONGEST * 4]


def _without_prefix(words: list[str], known: MutableMapping[str, str]) -> list[str]:
    """The words behind reserved words and assignments, which are remembered."""
    for place, word in enumerate(words):
        if match := _ASSIGNMENT.match(word):
            known[match[1]] = match[2]
        elif word not in _RESERVED:
            return words[place:]
    return []


def _split(words: list[str], said: Sequence[str]) -> list[str]:
    """The words, where a variable in the place of the program may hold its arguments, too."""
    if words and said[-len(words)].startswith("$"):
        return [*words[0].split(), *words[1:]]
    return words


def _run(
    words: list[str], command: Simple, known: MutableMapping[str, str], depth: int
) -> Iterator[Program]:
    """The program of the words; for a wrapper, what it runs."""
    for _ in range(DEEPEST):
        if not words:
            return
        name, rest = base_name(words[0]), words[1:]
        inner = _text_for_a_shell(name, rest, command)
        if inner is not None:
            if depth < DEEPEST:
                for text in inner:
                    yield from programs(text, known, depth + 1)
            return
        behind = _behind_wrapper(name, rest)
        if behind is None:
            yield Program(name, tuple(rest), _input(command), tuple(command.files))
            return
        words = _without_prefix(behind, known)


def base_name(word: str) -> str:
    """The program's name: no folder, no suffix of Windows, no sign of a variable."""
    name = re.split(r"[/\\]", word)[-1]
    if name[-4:].lower() == ".exe":
        name = name[:-4].lower()
    if variable := _VARIABLE.fullmatch(name):
        # By custom a variable for a program has its name.
        name = (variable[1] or variable[2]).lower()
    return name


def _input(command: Simple) -> tuple[str, ...]:
    """What the command reads: here documents, or what `echo` writes into its pipe."""
    writer = command.writer
    if writer and base_name(writer.words[0]) in ("echo", "printf", "print"):
        return (*command.fed, " ".join(writer.words[1:]))
    return tuple(command.fed)


def _text_for_a_shell(name: str, rest: list[str], command: Simple) -> list[str] | None:
    """The texts that a shell reads because of this command; None if no shell does."""
    if name in _SHELLS:
        found = _behind_option(rest, "c")
        return found if found is not None or rest[:1] not in ([], ["-s"]) else list(_input(command))
    if name in _WITH_OPTION:
        return _behind_option(rest, "c", "Command") or list(_input(command))
    if name in _REMOTE:
        told = _after_options(rest, _REMOTE[name])[1:]
        return [" ".join(told)] if told else list(_input(command))
    if name in ("at", "batch"):
        return list(_input(command))
    if name in ("eval", "watch", "parallel"):
        return [" ".join(word for word in rest if not word.startswith("-"))]
    if name == "trap":
        return rest[:1]
    if _INTERPRETERS.fullmatch(name):
        return [match[2] for word in rest for match in _CALLS.finditer(word)]
    return None


def _behind_option(rest: list[str], letter: str, word: str = "") -> list[str] | None:
    """The word behind an option such as -c or -lc; None without such an option."""
    for place, option in enumerate(rest):
        long = bool(word) and option.lower() == f"-{word.lower()}"
        if long or (re.fullmatch(r"-[A-Za-z]{1,6}", option) and option.endswith(letter)):
            text = [w for w in rest[place + 1 :] if not w.startswith("-")]
            return [" ".join(text)] if word else text[:1]
    return None


def _after_options(rest: list[str], with_word: str) -> list[str]:
    """The words behind the options; some of those take the next word."""
    place = 0
    while place < len(rest) and re.match(r"-.|/[A-Za-z]\Z", rest[place]):
        option = rest[place]
        takes = len(option) == 2 and option[0] == "-" and option[1] in with_word
        place += 2 if takes else 1
        if option == "--":
            break
    return rest[place:]


def _behind_wrapper(name: str, rest: list[str]) -> list[str] | None:
    """The words of the command that a wrapper runs; None if it is no wrapper."""
    if name == "find":
        starts = [n for n, word in enumerate(rest) if word in ("-exec", "-execdir", "-ok")]
        return rest[starts[0] + 1 :] if starts else []
    if name not in _WRAPPERS:
        return None
    if name == "command" and rest and _LOOKS_UP.fullmatch(rest[0]):
        return []
    count, with_word = _WRAPPERS[name]
    words = _after_options(rest, with_word)
    while name == "env" and words and _ASSIGNMENT.match(words[0]):
        words = words[1:]
    return words[count:]
