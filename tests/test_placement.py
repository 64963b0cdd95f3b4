"""Workflows of units: generated estates keep the rules of placement."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.jil_networks import Dice, Drawn
from tests.support import emit, read
from tests.unit_estates import UnitGenerator
from transpile.model import Facts, GlobalValue, atoms

SEEDS = range(40)


@st.composite
def estates(draw: st.DrawFn) -> str:
    return UnitGenerator(Drawn(draw), draw(st.integers(1, 7))).text()


def generated(seed: int, count: int = 8) -> str:
    return UnitGenerator(Dice(random.Random(seed)), count).text()


def unit_of(facts: Facts, name: str) -> str:
    return [name, *facts.graph.ancestors(name)][-1]


@settings(max_examples=60)
@given(estates())
def test_every_unit_stands_in_one_workflow_for_a_reason(text: str) -> None:
    facts, _ = read(text)
    placed = [top for group in facts.groups for top in group]
    assert sorted(placed) == sorted(n for n in facts.order if facts.jobs[n].box is None)
    assert set(placed) == set(facts.reasons)


@settings(max_examples=60)
@given(estates())
def test_a_workflow_has_one_clock(text: str) -> None:
    facts, _ = read(text)
    for group in facts.groups:
        clocks = {s.when() for top in group if (s := facts.jobs[top].schedule)}
        assert len(clocks) <= 1
        # With a clock, every unit without one waits for a unit of the same workflow.
        if clocks:
            ups = {unit_of(facts, d.downstream) for d in facts.dependencies if d.joins}
            ups |= {unit_of(facts, job) for job, cut in facts.cuts.items() if not cut.starts}
            assert all(facts.jobs[top].schedule or top in ups for top in group)


def lost_references(facts: Facts, said: dict[str, set[str]]) -> Iterator[str]:
    """The jobs whose references are neither in their condition, nor in their cut, nor reported."""
    for name, wanted in said.items():
        job, cut = facts.jobs[name], facts.cuts.get(name)
        kept = {a.job for a in atoms(job.condition) if not isinstance(a, GlobalValue)}
        kept |= set(cut.asked) if cut else set()
        if not wanted <= kept and not job.held_up:
            yield name


@pytest.mark.parametrize("seed", SEEDS)
def test_no_reference_is_lost(seed: int) -> None:
    """Each job that a condition names stands in the condition or in the cut of the job."""
    text = generated(seed)
    facts, _ = read(text)
    said = {
        name: {a.job for a in atoms(job.condition) if not isinstance(a, GlobalValue)}
        for name, job in facts.said.jobs.items()
        if name in facts.order
    }
    assert not list(lost_references(facts, said))
    for name, cut in facts.cuts.items():
        groups = [group for group in facts.groups if unit_of(facts, name) in group]
        near = [unit_of(facts, asked) in groups[0] for asked in cut.asked]
        assert not all(near), "a condition inside one workflow was cut"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_unit_far_away_changes_no_module(seed: int) -> None:
    text = generated(seed)
    before = emit(text)
    after = emit(
        text + "\ninsert_job: FAR\ncommand: true\ndate_conditions: 1\n"
        'start_times: "1:00"\ndays_of_week: all\n'
    )
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"far"}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_unit_that_looks_at_a_workflow_does_not_move_it(seed: int) -> None:
    """A new unit with a clock of its own adds a tell; every unit stays where it was."""
    text = generated(seed)
    facts, _ = read(text)
    looks = (
        "insert_job: NEW\ncommand: true\ndate_conditions: 1\ndays_of_week: tu\n"
        'start_times: "3:07"\n'
    )
    after, _ = read(f"{text}\n{looks}condition: s({facts.order[0]}) & f({facts.order[-1]})\n")
    assert after.groups == (*facts.groups, ("NEW",))
    assert {job: after.cuts[job] for job in facts.cuts} == dict(facts.cuts)
