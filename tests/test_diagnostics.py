"""Findings about the action of a job: they count where no entity stands for the job."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.support import codes
from transpile.dialects import DIALECTS
from transpile.findings.codes.jobs import NothingToRun
from transpile.findings.codes.mapping import UnusedRule
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Level
from transpile.findings.policy import Policy
from transpile.model import Network, Site
from transpile.pipeline import build_estate, load_sources
from transpile.sources.text import Source, Span

NOTHING = NothingToRun(type="command", key="command")


def found() -> Diagnostics:
    """Findings about the actions of A and B."""
    diagnostics = Diagnostics()
    for name in "AB":
        diagnostics.add(NOTHING, Span("a.jil", 1), job=name)
    return diagnostics


def test_they_count_when_it_is_known_that_no_entity_stands_for_the_job() -> None:
    diagnostics = found()
    assert not len(diagnostics)
    assert not list(diagnostics)
    assert not diagnostics.marks("A")
    diagnostics.decide({("A", NOTHING.code), ("B", "A201")})
    assert [found.job for found in diagnostics] == ["B"]
    assert not diagnostics.about("A")
    assert diagnostics.worst("B") is NOTHING.level
    diagnostics.unmap(["A"])
    assert [found.job for found in diagnostics] == ["A", "B"]
    assert len(diagnostics.judged("A")) == 1


def test_an_entity_in_another_network_does_not_count() -> None:
    diagnostics = Diagnostics()
    for title, mapped in (("first", {("A", NOTHING.code)}), ("second", set())):
        diagnostics.scope = title
        diagnostics.add(NOTHING, Span("a.jil", 1), job="A")
        diagnostics.decide(mapped)
    assert len(diagnostics) == 1


def test_they_count_without_a_network(tmp_path: Path) -> None:
    def read(_: Sequence[Source], diagnostics: Diagnostics, __: Site) -> Iterator[Network]:
        diagnostics.add(NOTHING, Span("a.jil", 1), job="A")
        yield from ()

    path = tmp_path / "a.jil"
    path.write_text("insert_job: A\n", encoding="utf-8")
    estate = build_estate(load_sources([str(path)], replace(DIALECTS["autosys"], read=read)))
    assert NOTHING.code in codes(estate.diagnostics)


def test_an_excerpt_is_completed_elsewhere() -> None:
    """What is mapped does not count there either, and what is added or unmapped counts here."""
    diagnostics = Diagnostics()
    diagnostics.scope = "first"
    for job in ("A", "B", "OTHER"):
        diagnostics.add(NOTHING, Span("a.jil", 1), job=job)
    diagnostics.decide({("A", NOTHING.code), ("B", NOTHING.code)})
    policy = Policy(levels={NOTHING.code: Level.NOTE}).about(["A", "B"])
    there = diagnostics.excerpt("first", ["A", "B"], policy.judge).opened()
    assert not there.about("A")
    assert not there.about("OTHER")
    there.unmap(["A"])
    assert [found.level for found in there.judged("A")] == [Level.NOTE]
    assert not there.about("B")
    there.add(UnusedRule(text="x"), Span("b.jil", 1), job="B")
    diagnostics.complete(there.added)
    assert [len(diagnostics.about(job)) for job in ("A", "B", "OTHER")] == [1, 1, 1]
