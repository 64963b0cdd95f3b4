"""Drawings: every job once, nothing on top of anything else, and nothing that a name can break."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.benchmarks.estate import estate
from tests.benchmarks.rehearsal import chain
from tests.jil_estates import Estate, estates
from tests.support import ROOT, cli, plan_modules, read
from tests.test_reports import LINKED
from transpile.model import All, Cut
from transpile.report import drawing
from transpile.report.chart import Chart, GateKind, chart_of, charts
from transpile.report.drawing import HEIGHT, WIDTH, Drawing, draw
from transpile.report.estate import EstateChart
from transpile.report.figure import Asked, shortened
from transpile.report.layout import lay_out
from transpile.report.links import Link, Links, Neighbours
from transpile.report.svg import pictures, sheet
from transpile.report.workflow import WorkflowRow, row_of
from transpile.sources.text import Span

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title></svg><script>alert(1)</script>]]>\"'&amp;"


def charts_of(text: str) -> list[Chart]:
    network, _ = read(text)
    return [chart_of(part, part.groups[0][0]) for part in network.parts()]


def overlap(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    (x, y, width, height), (u, v, wide, high) = first, second
    return x < u + wide and u < x + width and y < v + high and v < y + height


def check(chart: Chart, drawings: list[Drawing]) -> None:
    """What holds for any drawing."""
    closed = {d.box for d in drawings} - {None}
    shown = Counter(node.name for d in drawings for node in d.nodes)
    shown.update(cluster.name for d in drawings for cluster in d.clusters)
    assert set(shown) == {*chart.facts.jobs, *chart.missing, *chart.gates}
    assert set(shown.values()) <= {1}
    assert {node.name for d in drawings for node in d.nodes if node.jobs} == closed
    for found in drawings:
        frames = {n.name: (n.x, n.y, WIDTH, HEIGHT) for n in found.nodes}
        for a, b in combinations(frames.values(), 2):
            assert not overlap(a, b)
        frames |= {c.name: tuple(c[1:]) for c in found.clusters}
        for x, y, width, height in frames.values():
            assert x >= 0
            assert y >= 0
            assert x + width <= found.width
            assert y + height <= found.height
        for line in found.lines:
            x, y, width, height = frames[line.upstream]
            assert line.start == (x + width, y + height / 2)
            x, y, _, height = frames[line.downstream]
            assert line.end == (x, y + height / 2)
        for cluster in found.clusters:
            inside = [n for n in chart.members(cluster.name) if n in frames]
            assert inside
            for name in inside:
                x, y, width, height = frames[name]
                assert cluster.x < x
                assert x + width < cluster.x + cluster.width
                assert cluster.y < y
                assert y + height < cluster.y + cluster.height
    own = {d.box: d for d in drawings}[None]
    counted = sum(node.jobs or 1 for node in own.nodes if node.name not in chart.gates)
    leaves = [name for name in chart.facts.jobs if not chart.members(name)]
    assert counted == len(leaves) + len(chart.missing)


@settings(max_examples=share_of(60), deadline=None)
@given(estates(), st.sampled_from([2, 5, 200]))
def test_every_job_is_drawn_once_and_apart(generated: Estate, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "MOST_JOBS", most)
        for chart in charts_of(generated.text):
            drawings = draw(chart)
            check(chart, drawings)
            assert [*drawings] == draw(chart)
            kept = {(edge.upstream, edge.downstream) for edge in chart.edges}
            assert sum(line.edges for d in drawings for line in d.lines) == len(kept)


def test_large_workflows_are_closed() -> None:
    (chart,) = charts_of(boxes := "\n".join(_boxes(3, 90)))
    first, *inner = draw(chart)
    assert [node.jobs for node in first.nodes] == [90, 90, 90]
    assert [d.box for d in inner] == ["BOX0", "BOX1", "BOX2"]
    # One edge joins boxes; inside either one it leads out.
    assert [(line.upstream, line.downstream) for line in first.lines] == [
        ("BOX0", "BOX1"),
        ("BOX1", "BOX2"),
    ]
    assert list(inner[0].leaving) == ["J0.89"]
    assert list(inner[1].arriving) == ["J1.0"]
    check(chart, [first, *inner])
    (alone,) = charts_of("insert_job: ALL\njob_type: b\n" + boxes.replace("job_type: b\n", IN_ALL))
    assert [node.jobs for node in draw(alone)[0].nodes] == [90, 90, 90]


IN_ALL = "job_type: b\nbox_name: ALL\n"


def _boxes(boxes: int, jobs: int) -> list[str]:
    lines = []
    for box in range(boxes):
        lines.append(f"insert_job: BOX{box}\njob_type: b\n")
        for number in range(jobs):
            lines.append(f"insert_job: J{box}.{number}\ncommand: true\nbox_name: BOX{box}\n")
            if box and not number:
                lines.append(f"condition: s(J{box - 1}.{jobs - 1})\n")
    return lines


@pytest.mark.parametrize("text", ["\n".join(estate(600)), chain(700, 3)], ids=["boxes", "flat"])
def test_larger_estates(text: str) -> None:
    for chart in charts_of(text):
        check(chart, draw(chart))


def test_a_cycle_of_boxes_is_drawn() -> None:
    pairs = [(0, 1), (1, 2), (2, 0), (2, 3)]
    found = lay_out([(10, 10)] * 4, pairs)
    frames = [(x, y, 10, 10) for x, y in found.places]
    assert not any(overlap(a, b) for a, b in combinations(frames, 2))


@settings(max_examples=share_of(60), deadline=None)
@given(
    st.lists(st.tuples(st.integers(10, 900), st.integers(10, 400)), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30),
)
def test_no_two_nodes_overlap(sizes: list[tuple[int, int]], pairs: list[tuple[int, int]]) -> None:
    known = [(a, b) for a, b in pairs if a < len(sizes) and b < len(sizes)]
    found = lay_out(sizes, known)
    frames = [(*at, *size) for at, size in zip(found.places, sizes, strict=True)]
    assert not any(overlap(a, b) for a, b in combinations(frames, 2))
    assert all(x + w <= found.width + 1 and y + h <= found.height + 1 for x, y, w, h in frames)


def test_small_graphs_have_few_crossings_and_straight_chains() -> None:
    # Two chains whose nodes stand crosswise, and an edge past two of them.
    pairs = [(0, 3), (1, 2), (2, 5), (3, 4), (0, 4)]
    found = lay_out([(204, 34)] * 6, pairs)
    ys = [y for _, y in found.places]
    assert (ys[0] < ys[1]) == (ys[3] < ys[2]) == (ys[4] < ys[5])
    assert abs(ys[1] - ys[2]) < 1
    assert abs(ys[2] - ys[5]) < 1
    ((start, end, _),) = found.lanes[0, 4]
    assert start < end


def test_edges_say_what_they_ask_for() -> None:
    (chart,) = charts_of(
        "insert_job: A\ncommand: x\n\ninsert_job: B\ncommand: x\n"
        "condition: s(A) | f(C) | e(D) > 1 | d(E)\n\ninsert_job: C\ncommand: x\n\n"
        "insert_job: D\ncommand: x\n\ninsert_job: E\ncommand: x\n"
    )
    asked = {edge.upstream: edge.asked for edge in chart.edges}
    assert asked == {"A": Asked.SUCCESS, "C": Asked.FAILURE, "D": Asked.CODE, "E": Asked.END}
    words = {path.get("class") for path in ET.fromstring(sheet([("T", chart)])).iter(f"{SVG}path")}
    between = {f"edge {asked.value}" for asked in (Asked.WAIT, Asked.START, Asked.TELL)}
    assert {f"edge {asked.value}" for asked in Asked} - words == {"edge order", *between}


def test_a_side_input_stands_right_before_its_node() -> None:
    found = lay_out([(204, 34)] * 5, [(0, 1), (1, 2), (2, 3), (4, 3)])
    assert found.places[4][0] == found.places[2][0]
    # One with several downstream nodes stands before the first of them.
    found = lay_out([(204, 34)] * 5, [(0, 1), (1, 2), (2, 3), (4, 3), (4, 2)])
    assert found.places[4][0] == found.places[0][0]


def test_gates_stand_beside_their_jobs() -> None:
    drawings = {chart.title: (chart, *draw(chart)) for chart in charts_of(LINKED)}
    chart, drawing = drawings["NIGHT"]
    (night,) = drawing.clusters
    at = {node.name: node for node in drawing.nodes}
    kinds = {gate.kind: gate for gate in chart.gates.values()}
    assert set(kinds) == {GateKind.WAIT, GateKind.TELL, GateKind.NOT_BEFORE}
    for kind, gate in kinds.items():
        node, job = at[gate.name], at[gate.job]
        assert night.x < node.x < night.x + night.width
        assert (node.x > job.x) == (kind is GateKind.TELL)
    chart, _ = drawings["SUMMARY"]
    assert [gate.kind for gate in chart.gates.values()] == [GateKind.START]
    assert [edge.asked for edge in chart.edges] == [Asked.START]


def estate_of_many(count: int) -> tuple[list[WorkflowRow], Links]:
    """Workflows in folders of ten, each waiting for the one before, the last one alone."""
    network, diagnostics = read("insert_job: A\ncommand: x\n")
    ((module, facts),) = plan_modules([network], diagnostics)
    (chart,) = charts([(module, facts)], diagnostics)
    row = row_of(chart, module, {}, diagnostics)
    rows = [
        replace(row, module=f"m{number}", title=f"W{number}", folder=f"x/f{number // 10}")
        for number in range(count)
    ]
    cut = Cut("A", All(()), "", Span("a", 1))
    of = {Link(n, n + 1, starts=False): (cut,) for n in range(count - 2)}
    near = [Neighbours() for _ in rows]
    for link in of:
        near[link.downstream].waits_for.append(link.upstream)
        near[link.upstream].tells.append(link.downstream)
    titles = tuple(row.title for row in rows)
    return rows, Links(titles, (), of, tuple(near))


def test_many_workflows_are_drawn_by_folder() -> None:
    few = EstateChart.of(*estate_of_many(20))
    (whole,) = draw(few)
    assert (len(whole.nodes), len(whole.clusters)) == (20, 0)
    chart = EstateChart.of(*estate_of_many(drawing.MOST_JOBS + 12))
    whole, *inner = draw(chart)
    assert [node.jobs for node in whole.nodes] == [10] * 21 + [1]
    assert [cluster.name for cluster in whole.clusters] == ["x/"]
    assert {found.box for found in inner} == {f"x/f{number}/" for number in range(22)}
    names = [node.name for found in inner for node in found.nodes]
    assert sorted(names) == sorted(chart.rows)
    text = sheet([("T", chart)])
    assert "10 workflows</text>" in text
    assert "W210 waits for W209" not in text


def test_neighbours_are_some_of_many() -> None:
    rows, links = estate_of_many(5)
    around = EstateChart.around(2, rows, links)
    assert list(around.rows) == ["m2", "m1", "m3"]
    assert [(edge.upstream, edge.downstream) for edge in around.edges] == [
        ("m1", "m2"),
        ("m2", "m3"),
    ]


@pytest.mark.parametrize("bad", [HOSTILE, "\u2028\u202ex\x00\x07\ufffe", "{{ 7 * 7 }}{% raw %}"])
def test_names_stay_text(bad: str) -> None:
    network, _ = read("insert_job: A\ncommand: x\n\ninsert_job: B\ncommand: x\ncondition: s(A)\n")
    (part,) = network.parts()
    renamed = {bad if name == "A" else name: job for name, job in part.jobs.items()}
    part.jobs.clear()
    part.jobs.update(renamed)
    order = tuple(bad if name == "A" else name for name in part.order)
    object.__setattr__(part, "order", order)
    chart = chart_of(part, bad)
    text = sheet([("T", chart)])
    root = ET.fromstring(text)
    assert not list(root.iter(f"{SVG}script"))
    texts = {element.text for element in root.iter()}
    visible = "".join(c if c.isprintable() else repr(c)[1:-1] for c in bad)
    assert visible in texts
    assert {c for c in text if not c.isprintable()} == {"\n"}
    for _, picture in pictures(chart):
        numbers = [g.get("data-n") for g in ET.fromstring(picture).iter(f"{SVG}g")]
        assert sorted(filter(None, numbers)) == ["0", "1", "2"]
        assert not [t for t in ET.fromstring(picture).iter(f"{SVG}text") if t.text]


def test_names_are_cut_in_the_middle() -> None:
    assert shortened("short", 24) == "short"
    assert shortened("APP0001.EOD.B00001.STEP_003", 24) == "APP0001.EOD.…01.STEP_003"


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text("\n".join(estate(150)), encoding="utf-8")
    command = [sys.executable, "-m", "transpile", "graph", str(tmp_path), "--format", "svg"]
    first, second = (
        subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert first.count(b"<svg") == 1


def test_one_workflow_of_several(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text("insert_job: A\ncommand: x\n\ninsert_job: B\ncommand: x\n")
    whole = ET.fromstring(cli("graph", tmp_path, "--format", "svg").stdout)
    one = ET.fromstring(cli("graph", tmp_path, "--format", "svg", "--workflow", "B").stdout)
    headings = [
        [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "heading"]
        for root in (whole, one)
    ]
    assert headings == [["A", "B"], ["B"]]
