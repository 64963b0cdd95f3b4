"""Checks before a start, such as ConditionPathExists, as shell tests."""

import re
import shlex
from dataclasses import dataclass

from transpile.dialects.timers.unit_files import Entry
from transpile.dialects.timers.unit_reports import Reporter
from transpile.dialects.timers.unit_words import OTHER_CHECKS, UNIT_KEYS

CONDITION, ASSERT = "Condition", "Assert"
_TESTS = {
    "PathExists": "[ -e {0} ]",
    "PathIsDirectory": "[ -d {0} ]",
    "PathIsSymbolicLink": "[ -L {0} ]",
    "DirectoryNotEmpty": '[ -d {0} ] && [ -n "$(ls -A {0})" ]',
    "FileNotEmpty": "[ -f {0} ] && [ -s {0} ]",
    "FileIsExecutable": "[ -f {0} ] && [ -x {0} ]",
}
_GLOB = '(set -- {0}; [ -e "$1" ] || [ -L "$1" ])'
_PATTERN = re.compile(r"([*?]|\[[A-Za-z0-9_.,!^-]{1,100}\])")


@dataclass(frozen=True, slots=True)
class Checks:
    """Shell tests before a start.

    Where one of the `conditions` does not hold, the start is skipped; where one of the `claims`
    does not hold, it fails.
    """

    conditions: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The lines of a script that checks all of them."""
        skips = [f"{test} || exit 0" for test in self.conditions]
        return [*skips, *(f"{test} || exit 1" for test in self.claims)]


def read_checks(reporter: Reporter) -> Checks:
    """The checks of a unit; those that no shell can make are reported."""
    for entry in reporter.unit.entries:
        if entry.section == "Unit" and entry.key in OTHER_CHECKS and entry.value:
            reporter.refuse(entry, "it asks about the machine: the job runs without this check")
    return Checks(_all(reporter, CONDITION), _all(reporter, ASSERT))


def _all(reporter: Reporter, kind: str) -> tuple[str, ...]:
    """All tests of a kind: those with | are alternatives."""
    needed: list[str] = []
    alternatives: list[str] = []
    for entry in _entries(reporter, kind):
        text = entry.value
        is_alternative = text.startswith("|")
        text = text.removeprefix("|").lstrip()
        is_negated = text.startswith("!")
        path = reporter.expanded(entry, text.removeprefix("!").lstrip())
        test = _test(reporter, entry, kind, path) if path is not None else None
        if test is None:
            continue
        if is_negated:
            test = f"! {_grouped(test)}"
        (alternatives if is_alternative else needed).append(test)
    if alternatives:
        needed.append(" || ".join(map(_grouped, alternatives)))
    return tuple(dict.fromkeys(needed))


def _entries(reporter: Reporter, kind: str) -> list[Entry]:
    """The checks since the last empty one, which resets those of every key."""
    found: list[Entry] = []
    for entry in reporter.unit.entries:
        if entry.section == "Unit" and entry.key.startswith(kind):
            if not entry.value:
                found.clear()
            elif entry.key in UNIT_KEYS:
                found.append(entry)
    return found


def _test(reporter: Reporter, entry: Entry, kind: str, path: str) -> str | None:
    name = entry.key.removeprefix(kind)
    if not path.startswith("/"):
        reporter.ignored(entry, f"{path or 'an empty text'} is no absolute path")
        return None
    if name != "PathExistsGlob":
        return _TESTS[name].format(shlex.quote(path))
    if "{" in path or "\\" in path:
        reporter.refuse(entry, f"no shell pattern is the same as {path}")
        return None
    pieces = _PATTERN.split(path)
    quoted = (shlex.quote(p) if p and n % 2 == 0 else p for n, p in enumerate(pieces))
    return _GLOB.format("".join(quoted))


def _grouped(test: str) -> str:
    return f"{{ {test}; }}" if " && " in test and not test.startswith("! ") else test
