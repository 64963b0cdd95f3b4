"""Waves of DAGs, flows and lists: nothing or little starts them, and people learn what to leave."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support import cli
from transpile.dialects import DIALECTS
from transpile.dialects.kit.contract import Gone, Handover, Leaving
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Site
from transpile.sources.text import Source

PROJECT = "azkaban-flow-version: 2.0\n"
NODES = "nodes:\n  - name: J\n    type: noop\n"
TRIGGER = """\
trigger:
  maxWaitMins: 5  # x

  schedule: {type: cron, value: 0 0 5 ? * *}
"""
WAVE = '[timezones]\ndefault = "UTC"\n[[wave]]\nname = "one"\njobs = ["{}"]\n'


def leave(dialect: str, texts: Mapping[str, str], title: str) -> Handover:
    """The hand-over of a network."""
    found = DIALECTS[dialect]
    sources = [Source(label, text, named=False) for label, text in texts.items()]
    networks = list(found.read(sources, Diagnostics(), Site()))
    gone = [Gone(n, dict.fromkeys(n.jobs, "one") if n.title == title else {}) for n in networks]
    jobs = {job for each in gone for job in each.waves}
    assert jobs
    assert found.hand_over is not None
    return found.hand_over(sources, Site(), Leaving("one", jobs, set(), gone))


def flow(text: str) -> Handover:
    return leave("azkaban", {"p/p.project": PROJECT, "p/daily.flow": text}, "daily")


@pytest.mark.parametrize(
    ("dialect", "files", "title"),
    [
        ("dagman", {"a/night.dag": "JOB A a.sub\n", "b/day.dag": "JOB B b.sub\n"}, "night"),
        (
            "joblist",
            {"night.csv": "job,command\nx,echo\n", "day.csv": "job,command\ny,ls\n"},
            "night",
        ),
    ],
)
def test_people_learn_what_moved_and_where_it_is(
    dialect: str, files: dict[str, str], title: str
) -> None:
    made = leave(dialect, files, title)
    end = f".{dialect}.txt"
    assert made.leave.keys() == made.back.keys() == made.use.keys() == {end}
    first = next(iter(files))
    for text in (made.leave[end], made.back[end]):
        assert str(text).startswith("Wave one: ")
        assert str(text).endswith(f"\n\n{title}\n    {first}\n    1 job\n")


def test_a_title_is_no_line_of_the_list() -> None:
    made = leave("joblist", {"a\nb.csv": "job,command\nx,echo\n"}, "a\nb")
    assert "\na\\nb\n    a\\nb.csv\n" in str(made.leave[".joblist.txt"])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "after"), [("", f"\n# of the flow\n{NODES}"), (f"# caf\xe9\n{NODES}", "")]
)
def test_a_flow_leaves_without_its_trigger(
    before: str, after: str, end: str, tmp_path: Path
) -> None:
    (tmp_path / "transpile.toml").write_text(WAVE.format("daily"))
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "p.project").write_text(PROJECT)
    data = (before + TRIGGER + after).replace("\n", end).encode("latin-1")
    (folder / "daily.flow").write_bytes(data)
    cli("convert", tmp_path, "-o", tmp_path / "out", "--wave", "one")
    legacy = tmp_path / "out" / "legacy"
    assert (legacy / "one_back.p-daily.flow").read_bytes() == data
    marked = "".join(f"# wave one: {line}" for line in TRIGGER.splitlines(keepends=True))
    expected = (before + marked + after).replace("\n", end).encode("latin-1")
    assert (legacy / "one.p-daily.flow").read_bytes() == expected
    assert "starts: 0 5 * * * UTC" in (legacy / "one.azkaban.txt").read_text()


def test_a_flow_without_a_trigger_has_no_file() -> None:
    assert flow(NODES).leave.keys() == {".azkaban.txt"}
    assert flow(f"{NODES}trigger:\n").leave.keys() == {".azkaban.txt"}


@pytest.mark.parametrize(
    "text",
    [
        "{\nnodes: [{name: J, type: noop}],"
        " trigger: {schedule: {type: cron, value: '0 0 5 ? * *'}}}",
        "trigger: &a\n  schedule: {type: cron, value: &b 0 0 5 ? * *}\n"
        "nodes:\n  - {name: J, type: noop, config: {x: *b}}\n",
    ],
)
def test_a_trigger_that_cannot_be_commented_out_is_reported(text: str) -> None:
    made = flow(text)
    assert made.leave.keys() == {".azkaban.txt"}
    assert [vars(each.finding)["name"] for each in made.problems] == ["p/daily.flow"]


def test_flows_of_other_waves_keep_their_files() -> None:
    files = {"p/p.project": PROJECT, "p/a.flow": TRIGGER + NODES, "p/b.flow": TRIGGER + NODES}
    assert leave("azkaban", files, "a").leave.keys() == {".azkaban.txt", ".p-a.flow"}


def test_a_wave_may_name_a_workflow_by_its_title(tmp_path: Path) -> None:
    (tmp_path / "transpile.toml").write_text(WAVE.format("night"))
    (tmp_path / "night.dag").write_text("JOB A {\nexecutable = /bin/true\n}\n")
    output = cli("check", tmp_path, "--wave", "one", "--format", "lines").output
    assert "A953" not in output
    assert "A975" not in output
