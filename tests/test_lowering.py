"""Decisions of lowering: texts of a source, and the nodes that they become.

The pairs stand in tests/lowering; `--update` writes what lowering finds now. Jobs that begin with
OLD stay on the legacy side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lowered import shown
from tests.support import codes, read
from transpile.analysis import analyse
from transpile.dialects import DIALECTS, SCHEDULERS
from transpile.findings.diagnostics import Diagnostics
from transpile.lowering.lower import lower
from transpile.model import (
    Bridge,
    Entity,
    EntityCall,
    MapRule,
    Parameter,
    Rules,
    Site,
    Wave,
    Waves,
    WorkflowInput,
)
from transpile.sources.text import Source, Span

FOLDER = Path(__file__).parent / "lowering"
_TITLE, _MIDDLE = "=== ", "---\n"
NEW = Wave("new", ("[!O]*",), Span("transpile.toml", 1))
MOVED = Rules(waves=Waves((NEW,), Bridge("ask {job}", "tell {job} {status} {code}"), "new"))


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
    """The lowered form of each group of jobs of a source, and what lowering reports."""
    facts, diagnostics = read(source, rules=MOVED if "OLD" in source else None)
    known = set(diagnostics)
    place = {name: number for number, name in enumerate(facts.jobs)}
    workflows = "\n\n".join(
        shown(lower(part, place, diagnostics)) for part in facts.parts() if not part.stays
    )
    reported = [
        f"reports {found.code} of {found.job} in line {found.span.line}"
        for found in diagnostics
        if found not in known
    ]
    return "\n".join([workflows, *reported])


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


def mapped(
    source: str, *inputs: tuple[str, WorkflowInput | int]
) -> tuple[str, frozenset[str], set[str]]:
    """The lowered form, refused jobs and codes where an entity that takes numbers stands for A."""
    diagnostics, span = Diagnostics(), Span("transpile.toml", 1)
    known = tuple(Parameter(name, "int") for name, _ in inputs)
    call = EntityCall(Entity("acme.tasks", "load", known, ()), inputs, span)
    rules = Rules(maps=(MapRule((("job", "A"),), call, None, (), span),))
    (network,) = DIALECTS["autosys"].read([Source("a.jil", source)], diagnostics, Site())
    (part,) = analyse(network, rules, SCHEDULERS, diagnostics).parts()
    found = lower(part, {}, diagnostics, lambda _: {"taken"})
    refused = frozenset(n for n in part.unmapped if found.facts.jobs[n].call is None)
    return shown(found), refused, codes(diagnostics)


SQL = "insert_job: A\njob_type: sql\nmachine: m\ninsert_job: B\ncommand: b\ncondition: "


def test_an_entity_stands_for_a_job() -> None:
    text, refused, found = mapped(SQL + "s(A)\n", ("x", WorkflowInput("y")), ("z", 1))
    assert text == "workflow -\n  A: call\n  B: run after A"
    assert not refused
    assert "A201" not in found


def test_an_entity_reports_no_status() -> None:
    text, refused, found = mapped(SQL + "f(A)\n")
    assert text == "workflow -\n  A: fails (A201)\n  B: run after A"
    assert refused == {"A"}
    assert {"A201", "A954"} <= found


def test_an_entity_looks_at_no_condition() -> None:
    source = SQL.replace("m\n", 'm\ncondition: v(G) = "x"\n', 1) + "s(A)\n"
    assert mapped(source)[1] == {"A"}


def test_an_input_has_a_name_that_is_free() -> None:
    text, refused, found = mapped(SQL + "s(A)\n", ("x", WorkflowInput("taken")))
    assert text == "workflow -\n  A: fails (A201)\n  B: run after A"
    assert refused == {"A"}
    assert {"A201", "A955"} <= found
