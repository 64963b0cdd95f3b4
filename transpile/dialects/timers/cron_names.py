"""Names of jobs: after the program that a command runs."""

import re
from collections.abc import Iterable, Iterator, Sequence

from transpile.dialects.timers.shell_words import Piece, pieces
from transpile.dialects.timers.wrappers import base_name, simple_commands, uses

_LOOKED_AT, _LONGEST = 2_000, 40
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")
_EDGES = "._-"
_SUFFIX = re.compile(r"\.(?:sh|bash|ksh|zsh|py|pl|rb|php|js|jar|R|bin|exe)\Z")
_INTERPRETER = re.compile(
    r"(?:(?:ba|da|a|k|z|c|tc|fi)?sh|python[0-9.]*|perl|ruby|php[0-9.]*|node|java|Rscript|lua|tclsh)"
)
_VALUED = {"java": ("-cp", "-classpath", "--class-path"), "php": ("-d", "-c"), "node": ("-r",)}
_SILENT = frozenset(
    "cd test [ [[ . source export set sleep umask ulimit echo printf true false : exit unset "
    "trap read wait local declare eval for case in esac select function return".split()
)
"""Programs that a line is not about, unless it has no other."""

TAKES_COMMAND = frozenset(
    "manage.py manage artisan console rake make npm yarn npx docker docker-compose kubectl git "
    "apt-get apt systemctl service certbot wp drush bundle rails airflow dbt aws gcloud "
    "az helm podman psql mysql".split()
)
"""Programs whose first argument says more than their name."""


def program_name(command: str, fallback: str) -> tuple[str, list[str]]:
    """The name of the program that a command is about, and the arguments of the call."""
    best: tuple[str, list[str]] | None = None
    for words in simple_commands(pieces(command[:_LOOKED_AT])[0]):
        if not words:
            continue
        last = uses(words)[-1]
        name, arguments = _named(words[last.at :])
        if not name:
            continue
        if last.name not in _SILENT:
            return name, arguments
        best = best or (name, arguments)
    return best or (fallback, [])


def _named(words: Sequence[Piece]) -> tuple[str, list[str]]:
    name = base_name(words[0].value)
    arguments = [word.value for word in words[1:]]
    if _INTERPRETER.fullmatch(name):
        script, arguments = _script(name, arguments)
        if " " in script:
            return program_name(script, name)
        name = script
    elif name == "run-parts" and arguments:
        return _slug(base_name(arguments[-1])), []
    elif name in ("su", "runuser") and "-c" in arguments[:-1]:
        return program_name(arguments[arguments.index("-c") + 1], name)
    name = base_name(name)
    bare = _SUFFIX.sub("", name)
    plain = [word for word in arguments if not word.startswith("-")]
    if name in TAKES_COMMAND and plain and _slug(plain[0]):
        return _slug(f"{bare}-{plain[0]}"), arguments[arguments.index(plain[0]) + 1 :]
    return _slug(bare), arguments


def _script(name: str, arguments: list[str]) -> tuple[str, list[str]]:
    """The script that an interpreter runs, and its arguments; the interpreter if there is none."""
    valued = _VALUED.get(name, ())
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word in ("-c", "-e") and at + 1 < len(arguments):
            text = arguments[at + 1]
            is_shell = name.endswith("sh")
            return (f"{text} ", []) if is_shell else (name, [])
        if word in ("-m", "-jar") and at + 1 < len(arguments):
            return arguments[at + 1], arguments[at + 2 :]
        if not word.startswith("-"):
            return word, arguments[at + 1 :]
        at += 2 if word in valued else 1
    return name, arguments


def _slug(text: str) -> str:
    return _UNFIT.sub("-", text[:_LOOKED_AT])[:_LONGEST].strip(_EDGES)


def distinct(programs: Sequence[tuple[str, list[str]]], places: Sequence[str]) -> list[str]:
    """A name for each program, unique; `places` tell programs with equal arguments apart."""
    groups: dict[str, list[int]] = {}
    for number, (name, _) in enumerate(programs):
        groups.setdefault(name.lower(), []).append(number)
    names = [name for name, _ in programs]
    for members in groups.values():
        if len(members) > 1:
            told = _told_apart([programs[number][1] for number in members])
            for number, words in zip(members, told, strict=True):
                names[number] = "-".join((names[number], *words))
    return list(_numbered(names, places))


def _told_apart(arguments: Sequence[list[str]]) -> list[list[str]]:
    """Of each list of arguments, the first one that others do not have."""
    slugs = [list(_slugs(each)) for each in arguments]
    count: dict[str, int] = {}
    for each in slugs:
        for word in set(each):
            count[word] = count.get(word, 0) + 1
    found = []
    for each in slugs:
        own = [word for word in each if count[word] == 1]
        rare = [word for word in each if count[word] < len(slugs)]
        found.append((own or rare)[:1])
    return found


def _slugs(arguments: Iterable[str]) -> Iterator[str]:
    for argument in arguments:
        word = _slug(base_name(argument.lstrip("-")))
        if word:
            yield word


def _numbered(names: Sequence[str], places: Sequence[str]) -> Iterator[str]:
    """The names; those that occur again get their place behind them, and a number if need be."""
    count: dict[str, int] = {}
    for name in names:
        count[name.lower()] = count.get(name.lower(), 0) + 1
    taken = {name for name, number in count.items() if number == 1}
    tries: dict[str, int] = {}
    for name, place in zip(names, places, strict=True):
        if count[name.lower()] == 1:
            yield name
            continue
        first = wanted = f"{name}-{place}"
        while wanted.lower() in taken:
            tries[first] = tries.get(first, 1) + 1
            wanted = f"{first}-{tries[first]}"
        taken.add(wanted.lower())
        yield wanted
