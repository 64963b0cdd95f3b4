"""The parts of README.md that are made of the code's own registries."""

import re
from collections.abc import Callable, Iterable

from tests.support import ROOT
from transpile.dialects import DIALECTS, Construct, Dialect
from transpile.findings.codes import area_of
from transpile.findings.finding import CODES, Level

README = ROOT / "README.md"
_PART = re.compile(r"(<!-- made: ([\w ]+) -->\n).*?(<!-- end -->)", re.S)


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


def not_proven() -> str:
    """Every warning with its reason."""
    rows = (
        (code, area_of(code), _cell(entry.title), _cell(entry.explanation))
        for code, entry in sorted(CODES.items())
        if entry.level is Level.WARNING
    )
    return _table(("code", "about", "what it says", "why"), *rows)


def others() -> str:
    """Errors and notes."""
    rows = (
        (code, entry.level.value, area_of(code), _cell(entry.title))
        for code, entry in sorted(CODES.items())
        if entry.level is not Level.WARNING
    )
    return _table(("code", "level", "about", "what it says"), *rows)


MADE: dict[str, Callable[[], str]] = {
    **{name: (lambda dialect=dialect: constructs(dialect)) for name, dialect in DIALECTS.items()},
    "not proven": not_proven,
    "errors and notes": others,
}


def parts(text: str) -> list[str]:
    """The names of the parts of the text that are made."""
    return [name for _, name, _ in _PART.findall(text)]


def brought_up_to_date(text: str) -> str:
    """The text with every such part as it is now."""
    return _PART.sub(lambda part: f"{part[1]}\n{MADE[part[2]]()}\n{part[3]}", text)
