"""Lists in all shapes: the same graph is the same network; tsort and Graphviz agree with it."""

import random
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.joblists import (
    Found,
    Step,
    as_dot,
    as_json,
    as_pairs,
    as_table,
    as_yaml,
    bare,
    read,
)
from tests.support import GOLDEN, ROOT, cli
from transpile.dialects import recognise
from transpile.dialects.joblist import pair_reader
from transpile.model import Status, atoms
from transpile.pipeline import build_estate, load_sources
from transpile.sources.text import decode

SHAPES = {
    "night.csv": as_table,
    "night.tsv": lambda steps: as_table(steps, "\t", "|"),
    "night.yaml": as_yaml,
    "night.json": as_json,
    "night.dot": as_dot,
}


def drawn(rnd: random.Random, size: int, *, acyclic: bool) -> list[Step]:
    """A random graph."""
    names = [f"n{number}" for number in range(size)]
    rnd.shuffle(names)
    steps = []
    for place, name in enumerate(names):
        known = names[:place] if acyclic else names
        count = rnd.choice((0, 1, 1, 2, 3))
        after = rnd.sample(known, min(count, len(known)))
        steps.append(Step(name, f"echo {name}", tuple(other for other in after if other != name)))
    rnd.shuffle(steps)
    return steps


@pytest.mark.parametrize("seed", range(20))
def test_the_same_graph_in_all_shapes(seed: int) -> None:
    steps = drawn(random.Random(seed), 1 + seed, acyclic=True)
    wanted = {step.name: set(step.after) for step in steps}
    found = {label: read(write(steps), label) for label, write in SHAPES.items()}
    jobs = {
        label: {name: bare(job) for name, job in each.jobs.items()} for label, each in found.items()
    }
    for label, each in found.items():
        assert {name: set(others) for name, others in each.waits().items()} == wanted, label
        assert jobs[label].keys() == jobs["night.csv"].keys()
        assert all(_same(jobs[label][name], jobs["night.csv"][name]) for name in wanted)
        assert each.places == []
    pairs = read(as_pairs(steps), "night.tsort")
    assert {name: set(others) for name, others in pairs.waits().items()} == wanted


def _same(one: object, other: object) -> bool:
    """True for the same job, whatever the order of what it comes after."""
    return _sorted(one) == _sorted(other)


def _sorted(job: object) -> object:
    condition = getattr(job, "condition", None)
    named = sorted(a.job for a in atoms(condition) if isinstance(a, Status))
    return (named, repr(getattr(job, "action", None)).partition("place=")[0], job.__class__)


# ---------------------------------------------------------------- names and commands

names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
commands = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
NOTHING = ("-", "–", "—", "none", "n/a")


@settings(max_examples=share_of(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(names, commands, min_size=1, max_size=4))
def test_names_and_commands_survive_in_every_shape(known: dict[str, str]) -> None:
    assume(all(name == name.strip() and name.lower() not in NOTHING for name in known))
    assume(all(text.strip() and not text.endswith("\n") for text in known.values()))
    assume("<<" not in known)
    order = list(known)
    steps = [
        Step(name, known[name], tuple(order[number - 1 : number]))
        for number, name in enumerate(order)
    ]
    for label, write in SHAPES.items():
        found = read(write(steps), label)
        _survive(found, steps, label)


def _survive(found: Found, steps: Sequence[Step], label: str) -> None:
    assert list(found.jobs) == [step.name for step in steps], label
    for step in steps:
        if found.jobs[step.name].action is not None:
            assert found.command(step.name) == step.command, label
        assert found.waits()[step.name] == list(step.after), label
    harmless = {"A742", "A743", "A209"}
    assert {code for code, _, _ in found.places} <= harmless, (label, found.places)


# ---------------------------------------------------------------- tsort and Graphviz


def order_of(steps: Sequence[Step], label: str, tmp_path: Path) -> list[str] | None:
    """The order of the jobs in the emitted workflow; None if it is refused."""
    path = tmp_path / label
    text = as_pairs(steps) if label.endswith(".tsort") else SHAPES[label](steps)
    path.write_text(text, encoding="utf-8")
    estate = build_estate(load_sources([str(path)]))
    if any(found.code == "A401" for found in estate.diagnostics):
        return None
    (facts,) = estate.networks
    return list(facts.order)


@pytest.mark.skipif(not shutil.which("tsort"), reason="tsort is not installed")
@pytest.mark.parametrize("seed", range(30))
def test_tsort_refuses_the_same_graphs(seed: int, tmp_path: Path) -> None:
    rnd = random.Random(1_000 + seed)
    steps = drawn(rnd, rnd.randint(2, 9), acyclic=False)
    done = subprocess.run(
        ["tsort"], input=as_pairs(steps), capture_output=True, text=True, check=False
    )
    for label in ("night.tsort", "night.csv", "night.dot"):
        order = order_of(steps, label, tmp_path)
        assert (order is None) is (done.returncode != 0), done.stderr
        if order is not None:
            assert sorted(order) == sorted(done.stdout.split())
            for each in (order, done.stdout.split()):
                place = {name: number for number, name in enumerate(each)}
                assert all(place[o] < place[s.name] for s in steps for o in s.after)


PAIRS = ["a b", "a b c", "a a", "", " \n\t", "a b\nb a", "a\nb\tc  d", "# a", "a b # c", "a\fb c"]


@pytest.mark.skipif(not shutil.which("tsort"), reason="tsort is not installed")
@pytest.mark.parametrize("text", PAIRS)
def test_tsort_reads_the_same_words(text: str) -> None:
    done = subprocess.run(["tsort"], input=text, capture_output=True, text=True, check=False)
    found = read(text, "x.tsort")
    is_odd = "odd number of tokens" in done.stderr
    assert is_odd is ("A730" in {code for code, _, _ in found.places})
    if not is_odd:
        assert sorted(found.jobs) == sorted(done.stdout.split("\n")[:-1])


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
@pytest.mark.parametrize("seed", range(10))
def test_graphviz_sees_the_same_edges(seed: int) -> None:
    rnd = random.Random(2_000 + seed)
    steps = drawn(rnd, rnd.randint(2, 12), acyclic=False)
    done = subprocess.run(
        ["dot", "-Tplain"], input=as_dot(steps), capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in done.stdout.splitlines()]
    edges = sorted((row[1], row[2]) for row in rows if row[0] == "edge")
    waits = read(as_dot(steps), "x.dot").waits()
    assert sorted((other, name) for name, others in waits.items() for other in others) == edges
    assert sorted(row[1] for row in rows if row[0] == "node") == sorted(waits)


# ---------------------------------------------------------------- pairs


def test_places_of_pairs() -> None:
    found = read("a b\n  b c c\n", "x.tsort")
    assert found.places == [("A730", 2, 7)]
    found = read("a b\n\n a  c\n", "x.pairs")
    places = [(job.span.line, job.span.column) for job in found.jobs.values()]
    assert places == [(1, 1), (1, 3), (3, 5)]
    assert {code for code, _, _ in found.places} == {"A741"}


def test_pairs_may_begin_like_anything(tmp_path: Path) -> None:
    for text in ("job load\n", "digraph {a\n", "insert_job: A\n", "jobs: x\n"):
        path = tmp_path / "x.pairs"
        path.write_text(text, encoding="utf-8")
        found = recognise(str(path), text)
        assert found is not None
        assert found.name == "joblist"
        assert len(read(text, "x.pairs").jobs) == 2


def test_too_many_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_reader, "MOST_JOBS", 3)
    assert ("A734", 1, 7) in read("a b c d\n", "x.tsort").places
    monkeypatch.setattr(pair_reader, "MOST_EDGES", 2)
    assert ("A734", 1, 9) in read("a b b c c a\n", "x.tsort").places


@pytest.mark.parametrize("text", ["a " * 100_000, "a\n" * 100_000, "x" * 1_000_000 + " y"])
def test_long_pairs_take_no_time(text: str) -> None:
    begin = time.process_time()
    read(text, "x.tsort")
    assert time.process_time() - begin < 5


# ---------------------------------------------------------------- lists that run

RUNNING = [
    *(GOLDEN / name / "input" for name in ("joblist_tables", "joblist_trees", "joblist_drawings")),
    GOLDEN / "joblist_damage" / "input",
    *sorted((ROOT / "samples" / "joblist").glob("*.[cyjd]*")),
]


@pytest.mark.parametrize("path", RUNNING, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_emitted_workflows_do_what_lists_say(path: Path) -> None:
    result = cli("verify", path)
    assert "DISAGREE" not in result.output
    assert " agree in all that was tried" in result.output


@settings(max_examples=share_of(40), deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_random_lists_do_what_they_say(seed: int) -> None:
    rnd = random.Random(seed)
    text = "job,command,after,when,box,retries\n"
    size = rnd.randint(2, 6)
    for number in range(size):
        known = [f"j{n}" for n in range(number)] + [f"x{n}" for n in range(2) if number > 3]
        after = rnd.sample(known, min(len(known), rnd.choice((0, 1, 1, 2))))
        words = ("", "", "success", "failure", "done", "one_success", "killed", "ended")
        when = rnd.choice(words) if after else ""
        if len(after) == 2 and rnd.random() < 0.3:
            signs = rnd.choice(("&", "|"))
            when = f"failure({after[0]}) {signs} !success({after[1]})"
        box = rnd.choice(("", "", f"x{int(number > 3)}")) if number < 4 else ""
        text += f"j{number},true,{';'.join(after)},{when},{box},{rnd.choice((0, 0, 1))}\n"
    found = read(text)
    assume(not any(code in ("A302", "A303") for code, _, _ in found.places))
    result = cli("verify", "-", "--from", "joblist", "--scenarios", "60", stdin=text)
    assert "DISAGREE" not in result.output, f"{text}\n{result.output}"


def test_jobs_without_commands_before_one_that_runs_in_any_case() -> None:
    text = "id,after,when\n1,,\n2,1,\n3,1,\n4,3,\n6,4,done\n"
    assert "DISAGREE" not in cli("verify", "-", "--from", "joblist", stdin=text).output


def test_a_spreadsheet_of_an_old_machine(tmp_path: Path) -> None:
    data = "Task;Cmd;After\rä;echo ä;\rb;echo b;ä\r".encode("latin-1")
    assert decode(data)[1] == "latin-1"
    (tmp_path / "x.csv").write_bytes(data)
    result = cli("check", tmp_path)
    assert "checked 2 jobs in 1 file: 0 errors" in result.output
