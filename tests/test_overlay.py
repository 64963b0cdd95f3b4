"""Overlays: the statuses of a run over drawings, from every form of file, and from hostile ones."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import cli
from tests.test_page import Page
from transpile.report.overlay import Overlay, Status
from transpile.report.overlay_files import WrongOverlay, read_overlay

SVG = "{http://www.w3.org/2000/svg}"
SOURCE = """
insert_job: NIGHT   job_type: BOX
start_times: "22:00"
days_of_week: all
date_conditions: 1

insert_job: LOAD   job_type: CMD   box_name: NIGHT
command: true

insert_job: POST   job_type: CMD   box_name: NIGHT
command: true
condition: s(LOAD)

insert_job: ALONE
command: true
"""
FAILED = {
    "workflow": "NIGHT",
    "state": "failed",
    "jobs": {
        "NIGHT": {"state": "failed", "start": 0, "end": 1.5},
        "LOAD": {"state": "failed", "start": 0, "end": 1.5, "exit_code": 3, "why": "exit code 3"},
        "POST": {"state": "not_run", "start": None, "why": "failed above it: LOAD"},
    },
}
LOG = {
    "runs": [
        {
            "job": "LOAD",
            "start": "2026-11-02T22:00:00+00:00",
            "end": "2026-11-02T22:01:00+00:00",
            "status": "FAILURE",
        },
        {
            "job": "LOAD",
            "start": "2026-11-03T22:00:00+00:00",
            "end": "2026-11-03T22:02:00+00:00",
            "status": "SUCCESS",
        },
        {"job": "POST", "start": "2026-11-03T22:02:00+00:00", "end": None, "status": None},
    ]
}
TABLE = """job,start,end,status
LOAD,2026-11-02 22:00:00,2026-11-02 22:01:00,TERMINATED
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.jil"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def traced(overlay: Overlay, *jobs: str) -> dict[str, tuple[str, str]]:
    """Status and long text of some jobs of the workflow NIGHT."""
    found = overlay.traces("NIGHT", jobs)
    return {job: (found.of(job).status.value, found.of(job).long) for job in jobs}


def drawn(source: Path, text: str) -> ET.Element:
    """The drawing of a source with an overlay."""
    path = source.with_name("run.json")
    path.write_text(text, encoding="utf-8")
    done = cli("graph", source, "--format", "svg", "--overlay", path)
    assert done.exit_code == 0, done.output
    return ET.fromstring(done.stdout)


def statuses(root: ET.Element) -> dict[str, str]:
    """The status of each shape that shows one, by its first text."""
    found = {}
    for shape in root.iter(f"{SVG}g"):
        sign = shape.find(f"{SVG}g")
        if shape.get("data-n") and sign is not None:
            text = shape.find(f"{SVG}text")
            assert text is not None
            found[text.text or ""] = (sign.get("class") or "").removeprefix("run ")
    return found


def test_a_run_of_one_workflow() -> None:
    overlay = read_overlay("run.json", json.dumps(FAILED))
    assert traced(overlay, "LOAD", "POST", "NEW") == {
        "LOAD": ("failed", "failed, exit code 3; 0 s to 1.5 s; exit code 3"),
        "POST": ("skipped", "did not run; failed above it: LOAD"),
        "NEW": ("unknown", "no record of it in this run"),
    }
    own = overlay.traces("NIGHT", []).own
    assert own is not None
    assert own.status is Status.FAILED
    assert overlay.traces("ALONE", ["LOAD"]).of("LOAD").status is Status.UNKNOWN
    several = read_overlay("run.json", json.dumps([FAILED, {**FAILED, "workflow": "DAY"}]))
    assert set(several.workflows) == {"NIGHT", "DAY"}
    assert read_overlay("run.json", json.dumps({"version": 1, "runs": [FAILED]})) == overlay


def test_runs_over_days() -> None:
    first = {**FAILED, "start": "2026-11-02T22:00:00+01:00", "end": "2026-11-02T23:00:00+01:00"}
    data = {"executions": [first, {**first, "state": "running"}], "never_started": ["DAY"]}
    overlay = read_overlay("run.json", json.dumps(data))
    own, idle = overlay.traces("NIGHT", []).own, overlay.traces("DAY", []).own
    assert own is not None
    assert idle is not None
    assert own.long == (
        "running; 2026-11-02 22:00:00 (UTC+01:00) to 2026-11-02 23:00:00 (UTC+01:00); "
        "2 runs: 1 failed, 1 running"
    )
    assert idle.status is Status.SKIPPED


def test_a_run_log_counts_the_runs_of_a_job() -> None:
    overlay = read_overlay("run.json", json.dumps(LOG))
    assert traced(overlay, "LOAD", "POST") == {
        "LOAD": (
            "succeeded",
            "succeeded; 2026-11-03 22:00:00 (UTC) to 2026-11-03 22:02:00 (UTC); "
            "2 runs: 1 failed, 1 succeeded",
        ),
        "POST": ("running", "running; since 2026-11-03 22:02:00 (UTC)"),
    }


def test_observed_outcomes_show_the_worst() -> None:
    jobs = {
        "LOAD": {"runs": 5, "outcomes": {"succeeded": 4, "failed": 1}},
        "POST": {"outcomes": {}},
    }
    overlay = read_overlay("run.json", json.dumps({"networks": [{"jobs": jobs}]}))
    assert traced(overlay, "LOAD", "POST") == {
        "LOAD": ("failed", "failed; 5 runs: 1 failed, 4 succeeded"),
        "POST": ("unknown", "no record of it in this run"),
    }


def test_what_commands_print_is_an_overlay(source: Path, tmp_path: Path) -> None:
    for options, load in (
        (["--workflow", "NIGHT", "--fail", "LOAD=3"], "failed"),
        (["--from", "2026-11-02", "--days", "2"], "succeeded"),
        (["--by", "source", "--from", "2026-11-02"], "succeeded"),
        (["--by", "platform", "--from", "2026-11-02"], "succeeded"),
    ):
        done = cli("dry-run", source, "--format", "json", *options)
        assert statuses(drawn(source, done.stdout))["LOAD"] == load
    (tmp_path / "runs.csv").write_text(TABLE, encoding="utf-8")
    done = cli("verify", source, "--observed", tmp_path / "runs.csv", "--format", "json")
    assert statuses(drawn(source, done.stdout))["LOAD"] == "terminated"
    assert statuses(drawn(source, TABLE))["LOAD"] == "terminated"


def test_each_status_has_a_form_a_colour_and_a_word(source: Path) -> None:
    states = [status.value for status in Status if status is not Status.UNKNOWN]
    seen = {}
    for state in states:
        root = drawn(source, json.dumps({**FAILED, "jobs": {"LOAD": {"state": state}}}))
        (shape,) = (
            g for g in root.iter(f"{SVG}g") if "LOAD" in {t.text for t in g.findall(f"{SVG}text")}
        )
        sign = shape.find(f"{SVG}g")
        assert sign is not None
        caption = shape.findall(f"{SVG}text")[1].text
        title = shape.findtext(f"{SVG}title")
        assert caption == Status(state).words
        assert title == f"LOAD: {caption}"
        seen[state] = (sign.get("class"), *(path.get("d") for path in sign))
        assert statuses(root)["POST"] == statuses(root)["ALONE"] == "unknown"
    assert len({forms[0] for forms in seen.values()}) == len(states)
    assert len({forms[1:] for forms in seen.values()}) == len(states)
    legend = {text.text for text in root.iter(f"{SVG}text")}
    assert {status.words for status in Status} <= legend
    assert "Statuses of run.json" in legend


def test_a_closed_box_counts_what_is_inside(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transpile.report.drawing.MOST_JOBS", 1)
    lines = ["insert_job: ALL   job_type: BOX\n"]
    for box in ("FIRST", "OTHER"):
        lines.append(f"insert_job: {box}   job_type: BOX   box_name: ALL\n")
        lines += (f"insert_job: {box}{n}\nbox_name: {box}\ncommand: x\n" for n in range(3))
    source.write_text("\n".join(lines), encoding="utf-8")
    jobs = {"FIRST0": "SUCCESS", "FIRST1": "FAILURE", "OTHER0": "SUCCESS", "OTHER1": "SUCCESS"}
    runs = [{"job": job, "start": None, "status": word} for job, word in jobs.items()]
    root = drawn(source, json.dumps({"runs": runs}))
    assert {"FIRST": "failed", "OTHER": "succeeded"}.items() <= statuses(root).items()
    texts = set(root.itertext())
    assert {"1 of 3 failed", "2 of 3 succeeded"} <= texts


def test_names_stay_text(source: Path) -> None:
    bad = "</title></svg><script>alert(1)</script>\u202e\x07"
    source.write_text(SOURCE.replace("LOAD", "</title>"), encoding="utf-8")
    jobs = {"</title>": {"state": "failed", "why": bad}, bad: {"state": "failed"}}
    root = drawn(source, json.dumps({**FAILED, "jobs": jobs}))
    assert not list(root.iter(f"{SVG}script"))
    shown = "".join(root.itertext())
    assert "<script>alert(1)</script>\\u202e\\x07" in shown
    path = source.with_name("run.json")
    done = cli("convert", source, "-o", source.parent / "out", "--overlay", path)
    assert "run.json: 1 job not in the estate: </title></svg><script>" in done.stderr
    assert "\u202e" not in done.output
    assert "alert(1)" not in (source.parent / "out" / "report.html").read_text(encoding="utf-8")


def test_only_the_page_depends_on_an_overlay(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def convert(*options: Any) -> dict[str, bytes]:
        done = cli("convert", source, "-o", out, *options)
        assert done.exit_code == 0, done.output
        return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*.*"))}

    plain = convert()
    found = []
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "run.json"
        path.write_text(json.dumps(FAILED), encoding="utf-8")
        found.append(convert("--overlay", path))
    assert found[0] == found[1]
    changed = {name for name, text in found[0].items() if plain[name] != text}
    assert changed <= {"report.html", ".transpile.json"}
    assert "report.html" in changed
    assert convert("--overlay", path, "-j", "2", "--force") == found[0]
    page = Page((out / "report.html").read_text(encoding="utf-8"))
    index = page.unpacked("index")
    assert index["overlay"] == "run.json"
    (night,) = (row for row in index["workflows"] if row["title"] == "NIGHT")
    part, place = night["place"]
    runs = {job["name"]: job["run"][0] for job in page.unpacked(part)[place]["jobs"]}
    assert runs == {"NIGHT": "failed", "LOAD": "failed", "POST": "skipped"}
    assert convert() == plain


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unknown format"),
        ("{", "it is not JSON: "),
        ("[" * 100_000, "it is not JSON: "),
        ("{}", "it must be the JSON of dry-run"),
        ('{"version": 1, "jobs": []}', "it must be the JSON of dry-run"),
        ("[1]", "executions[0]: must be a table"),
        ('{"runs": 5}', "runs: must be a list"),
        ('{"runs": [{"job": "A", "status": "GOOD"}]}', "runs[0].status: 'GOOD' is no status"),
        ('{"runs": [{"job": 5, "status": "SUCCESS"}]}', "runs[0].job: 5 is no text"),
        ('{"runs": [{"job": "A", "start": "noon"}]}', "runs[0].start: 'noon' is no time"),
        ('{"runs": [{"job": "A", "start": NaN}]}', "runs[0].start: nan is no time"),
        ('{"runs": [{"job": "A", "start": 1e400}]}', "runs[0].start: inf is no time"),
        ('{"workflow": "W", "state": "failed", "jobs": {"A": {"state": 1}}}', "1 is no status"),
        ('{"runs": [{"job": "STRANGER", "status": "SUCCESS"}]}', "it has no job of the estate"),
        ("autorep says nothing", "unknown format"),
    ],
)
def test_a_wrong_overlay_is_refused(source: Path, tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    for command in (["convert", "-o", tmp_path / "out"], ["graph", "--format", "svg"]):
        done = cli(*command, source, "--overlay", path)
        assert done.exit_code == 2
        assert "--overlay" in done.output
        assert reason in " ".join(done.output.split())
    assert not list((tmp_path / "out").glob("*.*"))


def test_only_svg_shows_an_overlay(source: Path, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps(FAILED), encoding="utf-8")
    done = cli("graph", source, "--overlay", tmp_path / "run.json")
    assert done.exit_code == 2
    assert "--overlay needs --format svg" in done.output


WORDS = (
    *("runs", "executions", "networks", "never_started", "workflow", "state", "jobs", "job"),
    *("start", "end", "status", "exit_code", "why", "outcomes", "LOAD", "failed"),
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["failed", "SUCCESS", "2026-11-02T22:00:00", "LOAD"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(WORDS),
        inner,
        max_size=5,
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(_VALUES)
def test_no_file_breaks_it(value: Any) -> None:
    try:
        overlay = read_overlay("run.json", json.dumps(value))
    except WrongOverlay:
        return
    for workflow in (*overlay.workflows, "W"):
        traces = overlay.traces(workflow, ["LOAD"])
        assert traces.whole(["LOAD"]).long
