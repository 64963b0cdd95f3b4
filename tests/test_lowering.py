"""Decisions of lowering: texts of a source, and the nodes that they become.

The pairs stand in tests/lowering; `--update` writes what lowering finds now.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lowered import shown
from tests.support import read
from transpile.lowering.lower import lower

FOLDER = Path(__file__).parent / "lowering"
_TITLE, _MIDDLE = "=== ", "---\n"


@dataclass(frozen=True)
class Pair:
    """A text of a source, and its lowered form."""

    title: str
    source: str
    expected: str

    def __str__(self) -> str:
        return f"{_TITLE}{self.title}\n{self.source}{_MIDDLE}{self.expected}\n"


def pairs(path: Path) -> Iterator[Pair]:
    """The pairs of a file."""
    for part in path.read_text(encoding="utf-8").split(_TITLE)[1:]:
        head, expected = part.split(_MIDDLE)
        title, source = head.split("\n", 1)
        yield Pair(title, source, expected.rstrip("\n"))


def lowered(source: str) -> str:
    """The lowered form of each group of jobs of a source."""
    facts, diagnostics = read(source)
    place = {name: number for number, name in enumerate(facts.jobs)}
    return "\n\n".join(shown(lower(part, place, diagnostics)) for part in facts.parts())


FILES = sorted(FOLDER.glob("*.txt"))
PAIRS = [
    pytest.param(pair, id=f"{path.stem}: {pair.title}") for path in FILES for pair in pairs(path)
]


@pytest.mark.parametrize("pair", PAIRS)
def test_lowering(pair: Pair) -> None:
    assert lowered(pair.source) == pair.expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_are_written_alike(path: Path, update: bool) -> None:
    found = [Pair(pair.title, pair.source, lowered(pair.source)) for pair in pairs(path)]
    text = "\n".join(map(str, found if update else pairs(path)))
    if update:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
