"""What lines of crontabs say by habit: tests of the date, locks, programs about mail.

They are read where their meaning is certain. What is read is no part of the command any more.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from transpile.dialects.timers.guards import opposite, read_test
from transpile.dialects.timers.shell_words import Piece, pieces
from transpile.dialects.timers.wrappers import Use, base_name, simple_commands, uses
from transpile.model.days import DayRule

_LOCKERS = (
    "flock",
    "lockfile",
    "setlock",
    "run-this-one",
    "run-one-constantly",
    "keep-one-running",
)
_QUIET = ("chronic", "cronic")
_WORDS = ("date", "flock", "run-one", "chronic", "cronic", "run-parts", "lock", "-one")
"""One of them is in every command that has an idiom."""

_TESTS = ("[", "[[", "test")
_LONGEST = 20_000


@dataclass(slots=True)
class Idioms:
    """A command without its idioms, and what these say.

    `rules` are the days of its tests, `tests` their text. `notes` and `losses` are parts of the
    text with what becomes of them; a loss is not kept.
    """

    command: str
    rules: tuple[DayRule, ...] = ()
    tests: str = ""
    skips: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)
    losses: list[tuple[str, str]] = field(default_factory=list)


def has_idioms(command: str) -> bool:
    """True if the command may have some."""
    return len(command) < _LONGEST and any(word in command for word in _WORDS)


# -------------------------------------------------------------------- tests of the date


def without_tests(command: str, strict: bool) -> Idioms:
    """The command without tests of the date; as it is if their meaning is not certain.

    `strict`: the shell may be one whose `[` takes no `==`.
    """
    found, complete = pieces(command)
    if not complete or not found:
        return Idioms(command)
    return _negative(command, found, strict) or _chain(command, found, strict) or Idioms(command)


def _chain(command: str, found: list[Piece], strict: bool) -> Idioms | None:
    """`test && test && job`, or `if test && test; then job; fi`."""
    is_if = _is_word(found, 0, "if")
    tests, behind = _joined_tests(found, int(is_if))
    rules = [read_test(found[first:end], strict) for first, end in tests]
    read = tuple(rule for rule in rules if rule is not None)
    closed = is_if and _is_word(found, behind, "then") and _is_plain_if(found)
    if not read or not (closed or (not is_if and _is_one_list(found[behind:]))):
        return None
    if closed and len(read) == len(tests):
        text = command[found[1].start : found[behind - 1].start].strip()
        body = command[found[behind].end : found[-1].start].strip()
        return Idioms(body.removesuffix(";").rstrip(), read, text)
    kept, texts, at = "", [], 0
    for (first, end), rule in zip(tests, rules, strict=True):
        if rule is not None:
            is_last = closed and end == behind - 1
            opens = found[first - 1].start if is_last else found[first].start
            shuts = found[end].start if is_last else found[end + 1].start
            kept += command[at:opens].rstrip() if is_last else command[at:opens]
            texts.append(command[opens:shuts].strip())
            at = shuts
    return Idioms(kept + command[at:], read, " ".join(texts))


def _joined_tests(found: Sequence[Piece], at: int) -> tuple[list[tuple[int, int]], int]:
    """Tests that begin there, joined by `&&`: their first and last places, and what is behind."""
    tests = []
    while (end := _end_of_test(found, at)) > at and end + 1 < len(found):
        if not found[end].is_operator("&&", ";"):
            break
        tests.append((at, end))
        at = end + 1
        if found[end].value == ";":
            break
    return tests, at


def _is_plain_if(found: Sequence[Piece]) -> bool:
    """True if the whole is one `if` without `else`."""
    words = [piece.value for piece in found if piece.is_word]
    single = all(words.count(word) == 1 for word in ("if", "then", "fi"))
    return single and found[-1].value == "fi" and not {"else", "elif"} & set(words)


def _negative(command: str, found: list[Piece], strict: bool) -> Idioms | None:
    """`test || exit; job`, or `test || job`, which runs where the test does not hold."""
    end = _end_of_test(found, 0)
    if not end or end + 1 >= len(found) or not found[end].is_operator("||"):
        return None
    rule = read_test(found[:end], strict)
    if rule is None:
        return None
    rest = found[end + 1 :]
    leaves = 0
    if rest[0].is_word and rest[0].value == "exit":
        leaves = 2 if len(rest) > 1 and rest[1].is_word else 1
        if len(rest) <= leaves + 1 or not rest[leaves].is_operator(";", "\n"):
            return None
        rest = rest[leaves + 1 :]
    else:
        turned = opposite(rule)
        if turned is None or not _is_one_list(rest, alone=True):
            return None
        rule = turned
    tests = command[: rest[0].start].strip()
    return Idioms(command[rest[0].start :], (rule,), tests)


def _is_word(found: Sequence[Piece], at: int, value: str) -> bool:
    return at < len(found) and found[at].is_word and found[at].value == value


def _end_of_test(found: Sequence[Piece], at: int) -> int:
    """The place behind a test of words that begins there; `at` if none does."""
    if at >= len(found) or not (found[at].is_word and found[at].value in _TESTS):
        return at
    end = at
    while end < len(found) and found[end].is_word:
        end += 1
    return end


def _is_one_list(found: Sequence[Piece], alone: bool = False) -> bool:
    """True if all of it runs, or nothing: commands joined by `&&` and `|`; if `alone`, by `|`."""
    depth = 0
    for number, piece in enumerate(found):
        if piece.is_operator("(") or (piece.is_word and piece.value == "{"):
            depth += 1
        elif piece.is_operator(")") or (piece.is_word and piece.value == "}"):
            depth -= 1
        elif depth == 0 and piece.kind == "operator":
            if piece.value == "|" or (piece.value == "&&" and not alone):
                continue
            if piece.value != ";" or number < len(found) - 1:
                return False
        elif (
            depth == 0 and piece.is_word and piece.value in ("if", "for", "while", "case", "until")
        ):
            return False
    return depth == 0 and bool(found)


def _cut(command: str, rules: list[DayRule], cuts: list[tuple[int, int]]) -> Idioms:
    """The command without these parts of it."""
    kept: list[str] = []
    tests: list[str] = []
    at = 0
    for start, end in cuts:
        kept.append(command[at:start])
        tests.append(command[start:end].strip())
        at = end
    return Idioms("".join((*kept, command[at:])), tuple(rules), " ".join(tests))


# -------------------------------------------------------------------- locks and other programs


def locks_of(command: str) -> Iterator[str]:
    """The files that `flock` locks in the command, as they are written."""
    if "flock" not in command or len(command) > _LONGEST:
        return
    for words in simple_commands(pieces(command)[0]):
        for use in uses(words):
            file = _lock_file(use) if use.name == "flock" else ""
            # A number is a descriptor that the shell has opened.
            if file and not file.isdigit():
                yield file


def _lock_file(use: Use) -> str:
    """The file of a call of flock, the first of its words that is no option."""
    rest = iter(use.before)
    for word in rest:
        if word.value in ("-w", "--wait", "--timeout", "-E", "--conflict-exit-code"):
            next(rest, None)
        elif not word.value.startswith("-"):
            return word.value
    return ""


def without_programs(command: str, shared: Collection[str], shell: str) -> Idioms:
    """The command without programs that keep runs apart or are about mail.

    A lock that is `shared` with other lines stays. `shell` runs the commands of `flock -c`.
    """
    found, complete = pieces(command)
    read = Idioms(command)
    for words in simple_commands(found):
        for use in uses(words):
            if use.name == "run-parts" and use.before:
                folder = use.before[-1].value
                told = "the scripts of this folder are not part of the estate"
                read.notes.append((f"run-parts {folder}", told))
    first = _only_command(found) if complete else None
    for use in uses(first) if first is not None else ():
        assert first is not None
        if use.inner < len(first) and _takes_out(read, use, shared):
            start, end = first[use.at].start, first[use.inner].start
            read.command = _without(command, start, end, use, first[use.inner], shell)
            rest = without_programs(read.command, shared, shell)
            read.notes += [note for note in rest.notes if note not in read.notes]
            read.command, read.losses = rest.command, rest.losses
            read.skips |= rest.skips
            return read
    read.losses += _lost(found, shared)
    return read


def _takes_out(read: Idioms, use: Use, shared: Collection[str]) -> bool:
    if use.name in _QUIET:
        read.notes.append((use.name, "mails less: Flyte keeps the output as the log of the task"))
        return True
    is_lock = (
        use.name == "flock" and use.has("-n", "--nb", "--nonblock") and not use.has("-s", "-u")
    )
    if use.name == "run-one" or (is_lock and _lock_file(use) not in shared):
        told = "a start is left out while the last run goes on: the launch plan does that"
        read.notes.append((" ".join((use.name, *(w.value for w in use.before))), told))
        read.skips = True
        return True
    return False


def _only_command(found: Sequence[Piece]) -> list[Piece] | None:
    """The words of the one command of the text; changes of the folder may stand before it."""
    at = 0
    while _is_word(found, at, "cd") and len(found) > at + 3 and found[at + 2].is_operator("&&"):
        at += 3
    rest = found[at:]
    if any(piece.kind == "operator" for piece in rest):
        return None
    return next(simple_commands(rest))


def _without(command: str, start: int, end: int, use: Use, inner: Piece, shell: str) -> str:
    """The command without the words from `start` to `end`."""
    if not (use.before and use.before[-1].value in ("-c", "--command")):
        return command[:start] + command[end:]
    written = command[inner.start : inner.end]
    is_all = start == 0 and inner.end == len(command.rstrip())
    if is_all and written == f"'{inner.value}'" and "'" not in inner.value:
        return inner.value
    return f"{command[:start]}{shell} -c {command[end:]}"


def _lost(found: Sequence[Piece], shared: Collection[str]) -> Iterator[tuple[str, str]]:
    """Locks that stay in a command, and why they do not hold runs apart."""
    for words in simple_commands(found):
        for use in uses(words):
            if use.name == "flock":
                file = _lock_file(use)
                text = f"flock {file}".rstrip()
                if file in shared:
                    yield text, "other lines use the lock too, and containers do not share it"
                elif use.has("-n", "--nb", "--nonblock"):
                    yield text, "it holds for a part of the line, and executions do not share it"
                else:
                    yield text, "runs wait for one another, and executions do not share the lock"
            elif base_name(use.name) in _LOCKERS:
                yield use.name, "it looks for other runs, and executions do not see one another"
