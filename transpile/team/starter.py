"""Writes a first transpile.toml: every setting is a comment until a team decides."""

import glob
import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 97
_UNPRINTABLE = re.compile(r"[^ -~]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the file: what it is about, the heading of its table, and commented settings.

    Each setting is one line, or a table of several lines; those with ## explain. `decide` says what
    a team has to decide before it converts; it is empty if the defaults do.
    """

    title: str
    about: Sequence[str]
    table: str = ""
    settings: Sequence[str] = ()
    decide: str = ""


def quoted(text: str) -> str:
    """The text as a string of TOML."""
    string = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: _escaped(found[0]), string)


def _escaped(char: str) -> str:
    return char if char.isprintable() else f"\\U{ord(char):08X}"


def is_sayable(text: str) -> bool:
    """True if TOML can say the text: it has no surrogates."""
    return _SURROGATE.search(text) is None


def pattern_of(name: str) -> str:
    """A pattern that matches the name; TOML has no surrogates, so that ? stands for one."""
    return _SURROGATE.sub("?", glob.escape(name))


def starter_text(chapters: Iterable[Chapter]) -> str:
    """The chapters as a file in which each setting has "# " in front of it."""
    lines = [
        '## Settings of a migration. A line that begins with "# " is a setting that is not in',
        '## effect: remove the "# " and change the value. Lines with "##" explain.',
        "## `transpile docs settings` describes all settings.",
    ]
    for chapter in chapters:
        lines += ["", f"## {chapter.title}", "##"]
        lines += (f"## {line}" for text in chapter.about for line in textwrap.wrap(text, WIDTH))
        lines += ["", chapter.table] if chapter.table else []
        for setting in chapter.settings:
            lines += [""] if setting.startswith("[[") else []
            lines += map(_commented, setting.split("\n"))
    return "\n".join(lines) + "\n"


def _commented(line: str) -> str:
    return line if line.startswith("##") else f"# {line}"
