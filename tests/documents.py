"""The README files of the repository: their generated parts, links and code blocks."""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from tests.support import ROOT
from transpile.cli import main
from transpile.dialects import DIALECTS, LISTINGS, READINGS, Construct, Dialect
from transpile.findings.finding import CODES, Level
from transpile.model.readings import Reading
from transpile.model.run_log import Cause
from transpile.proof.day_classes import REMEDIES
from transpile.targets.flyte.operations import DONE_BY

README = ROOT / "README.md"
FOLDERS = ("transpile", "grammars", "templates", "samples", "tests")
READMES = [
    README,
    *(p for f in FOLDERS for p in sorted((ROOT / f).rglob("README.md")) if "golden" not in p.parts),
]

_PART = re.compile(r"^```.*?^```$|(<!-- made: ([\w ]+) -->\n).*?(<!-- end -->)", re.M | re.S)
"""A generated part, or a code block: what stands in one is no part."""
_BLOCK = re.compile(r"(?:^`([\w./-]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.M | re.S)
_HEADING = re.compile(r"^#+ (.+)$", re.M)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def place(path: Path) -> str:
    """The folder of a README, as a name for a test."""
    return str(path.parent.relative_to(ROOT))


@dataclass(frozen=True)
class Block:
    """A code block; `file` is the name that the line above gives it."""

    file: str | None
    language: str
    body: str
    heading: str


def blocks(text: str) -> Iterator[Block]:
    """The code blocks of a README."""
    for match in _BLOCK.finditer(text):
        headings = _HEADING.findall(_BLOCK.sub("", text[: match.start()]))
        yield Block(match[1], match[2], match[3], headings[-1])


def anchors(text: str) -> set[str]:
    """The anchors of a README's headings, as code hosts make them."""
    headings = _HEADING.findall(_BLOCK.sub("", text))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(text: str) -> list[str]:
    """The targets of a README's links."""
    return _LINK.findall(re.sub(r"`[^`\n]*`", "", _BLOCK.sub("", text)))


def _table(*rows: Iterable[str]) -> str:
    header, *others = [list(row) for row in rows]
    lines = [header, ["---"] * len(header), *others]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cell(text: str) -> str:
    """Text of the catalogue, in which backquotes mean code, for a cell of a table."""
    return re.sub(r"([|<])", r"\\\1", text)


def constructs(dialect: Dialect) -> str:
    """What becomes of what can be said in a format."""

    def more(construct: Construct) -> str:
        return " ".join(c for c in construct.findings if c not in construct.target)

    rows = ((c.source, c.target, more(c)) for c in dialect.constructs)
    return _table((dialect.title, "Flyte", "may be found, too"), *rows)


_ABOUT = {
    "A1": "reading",
    "A2": "jobs",
    "A3": "conditions",
    "A4": "boxes and order",
    "A5": "schedules",
    "A6": "limits of Flyte",
    "A9": "output and settings",
}
"""Subjects of the codes that any format may cause, by the beginning of the code."""


def _about(code: str) -> str:
    """The subject of a code: its format, if only one causes it."""
    own = (d.title for d in DIALECTS.values() if d.codes and d.codes[0] <= code <= d.codes[1])
    return next(own, "") or _ABOUT[code[:2]]


def not_proven() -> str:
    """Every warning with its reason."""
    rows = (
        (code, _about(code), _cell(entry.title), _cell(entry.explanation))
        for code, entry in sorted(CODES.items())
        if entry.level is Level.WARNING
    )
    return _table(("code", "about", "what it says", "why"), *rows)


def others() -> str:
    """Errors and notes."""
    rows = (
        (code, entry.level.value, _about(code), _cell(entry.title))
        for code, entry in sorted(CODES.items())
        if entry.level is not Level.WARNING
    )
    return _table(("code", "level", "about", "what it says"), *rows)


def listings() -> str:
    """Every kind of listing that --observed reads."""
    rows = ((f"`{each.title}`", _cell(each.layout), _cell(each.evidence)) for each in LISTINGS)
    return _table(("listing", "layout", "how sure"), *rows)


def classes() -> str:
    """Every class of differences over days."""
    rows = ((f"`{each.value}`", *map(_cell, REMEDIES[each])) for each in Cause)
    return _table(("class", "what happens", "what removes it"), *rows)


def commands() -> str:
    """Every command with its usage and options, as --help has them."""
    context = click.Context(main, info_name="transpile")
    return "\n".join(
        f"### {name}\n\n{_help(name, context)}" for name in main.list_commands(context)
    )


def _help(name: str, parent: click.Context) -> str:
    command = main.get_command(parent, name)
    assert command
    context = click.Context(command, info_name=name, parent=parent, terminal_width=98)
    usage = re.sub(r"\s+", " ", command.get_usage(context).removeprefix("Usage: "))
    records = filter(None, (parameter.get_help_record(context) for parameter in command.params))
    rows = [(f"`{_cell(name)}`", _cell(" ".join(text.split()))) for name, text in records if text]
    table = "\n" + _table(("option", "meaning"), *rows) if rows else ""
    return f"`{usage}`\n\n{_paragraphs(command.help or '')}\n{table}"


def _paragraphs(text: str) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(text.replace("\b\n", "")))


def readings() -> str:
    """Every open question of a format, with its answers."""

    def others(reading: Reading) -> str:
        return ", ".join(f"`{answer}`" for answer in reading.answers[1:])

    rows = (
        (f"`{r.name}`", _cell(r.question), f"`{r.default}`", others(r)) for r in READINGS.values()
    )
    return _table(("name", "what the documents leave open", "default", "or"), *rows)


def operations() -> str:
    """What operators of each format do, and what that is on Flyte."""
    rows = (
        (dialect.title, _cell(each.words), _cell(DONE_BY[each.act]))
        for dialect in DIALECTS.values()
        for each in dialect.operations
    )
    return _table(("source", "operators say", "on Flyte"), *rows)


def files(folder: Path) -> str:
    """The modules of a folder with the first sentence of their docstrings."""
    rows = ((f"`{path.name}`", _summary(path)) for path in sorted(folder.glob("*.py")))
    return _table(("file", "what it is for"), *(row for row in rows if row[1]))


def _summary(path: Path) -> str:
    documentation = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = documentation.split("\n\n")[0].replace("\n", " ")
    return _cell(re.split(r"(?<=\.)\s", paragraph)[0])


MADE: dict[str, Callable[[], str]] = {
    **{name: partial(constructs, dialect) for name, dialect in DIALECTS.items()},
    "not proven": not_proven,
    "errors and notes": others,
    "commands": commands,
    "classes": classes,
    "listings": listings,
    "readings": readings,
    "operations": operations,
}
"""The parts that stand once each. A part `files` lists the modules beside its README."""


def parts(text: str) -> list[str]:
    """The names of the generated parts of the text."""
    return [name for _, name, _ in _PART.findall(text) if name]


def brought_up_to_date(text: str, folder: Path) -> str:
    """The text with its generated parts made anew."""

    def made(part: re.Match[str]) -> str:
        if not part[2]:
            return part[0]
        text = files(folder) if part[2] == "files" else MADE[part[2]]()
        return f"{part[1]}\n{text}\n{part[3]}"

    return _PART.sub(made, text)
