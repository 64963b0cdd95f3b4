"""What other programs read: graphs and SARIF."""

import json
import random
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.jil_networks import Dice
from tests.support import GOLDEN, cli, codes, read
from tests.unit_estates import UnitGenerator
from transpile.cli.schema import schema
from transpile.report.chart import Chart, chart_of
from transpile.report.graph import graph, graph_json
from transpile.report.sarif import sarif
from transpile.targets.flyte.model import NodeRole

TEXT = """\
insert_job: BOX "1"   job_type: b
condition: f(A) | s(NOWHERE)
insert_job: A
command: true
insert_job: M]
command: true
box_name: BOX "1"
insert_job: C
command: true
condition: d(M]) & e(A) > 3 & n(A)
status: on_hold
"""

LINKED = """\
insert_job: CLOSE   job_type: b
date_conditions: 1
days_of_week: mo
start_times: "18:00"
timezone: America/New_York
insert_job: RECON
command: true
box_name: CLOSE
insert_job: NIGHT   job_type: b
date_conditions: 1
days_of_week: all
start_times: "22:15"
timezone: Europe/London
insert_job: LOAD
command: true
box_name: NIGHT
condition: s(RECON, 12.00)
insert_job: POST
command: true
box_name: NIGHT
condition: s(LOAD)
insert_job: LATE
command: true
box_name: NIGHT
date_conditions: 1
days_of_week: all
start_times: "23:30"
timezone: Europe/London
insert_job: SUMMARY
command: true
condition: s(POST) & f(RECON)
insert_job: ALONE
command: true
"""
"""Two clocks, a wait, a start, a start time in a box, and a workflow on its own."""


def charted() -> Chart:
    network, _ = read(TEXT)
    (part,) = network.parts()
    return chart_of(part, 'T "x"')


def drawn(form: str) -> str:
    return graph(charted(), form)


def test_every_job_and_edge_is_in_the_data() -> None:
    data = graph_json(charted())
    assert {job["name"]: job["kind"] for job in data["jobs"]} == {
        'BOX "1"': "box",
        "A": "command",
        "M]": "command",
        "C": "command",
        "NOWHERE": "missing",
    }
    assert {job["name"]: job["mark"] for job in data["jobs"] if job["mark"]} == {
        "C": "blocked",
        "NOWHERE": "missing",
    }
    assert {(e["upstream"], e["downstream"], e["asks"]) for e in data["edges"]} == {
        ("A", 'BOX "1"', "failure"),
        ("NOWHERE", 'BOX "1"', "success"),
        ("M]", "C", "end"),
        ("A", "C", "code"),
    }


def test_dot_is_well_formed() -> None:
    text = drawn("dot")
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "S", text)
    assert bare.count("{") == bare.count("}") == 2
    assert '"' not in bare
    assert "\\" not in bare
    assert 'subgraph "cluster BOX \\"1\\""' in text
    assert '"C"[label="C", color=red, left_out="that it is on hold, its condition"]' in text
    assert '"M]"[label="M]", command="true"]' in text
    assert '"M]" -> "C"[color=blue]' in text
    assert '"NOWHERE"[label="NOWHERE", style="rounded,dotted", color=red, class=missing]' in text
    assert 'lhead="cluster BOX \\"1\\""' in text


def test_mermaid_labels_hold_no_syntax() -> None:
    text = drawn("mermaid")
    labels = re.findall(r'\["([^"]*)"\]', text)
    assert "BOX #34;1#34;" in labels
    assert "M#93;" in labels
    assert text.count("subgraph ") == text.count("\n  end") == 1
    assert "-. failure .->" in text


@pytest.mark.parametrize("form", ["dot", "mermaid", "json", "svg"])
def test_graph_command(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(TEXT, encoding="utf-8")
    result = cli("graph", tmp_path, "--format", form)
    assert result.exit_code == 0
    assert "NOWHERE" in result.output
    assert cli("graph", tmp_path, "--workflow", "other").exit_code == 2
    (tmp_path / "a.jil").write_text("", encoding="utf-8")
    assert cli("graph", tmp_path).exit_code == 1


@pytest.mark.parametrize("form", ["dot", "mermaid", "json", "svg"])
def test_linked_workflows_have_an_overview(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(LINKED, encoding="utf-8")
    whole = cli("graph", tmp_path, "--format", form).output
    alone = cli("graph", tmp_path, "--format", form, "--workflow", "NIGHT").output
    marks = {"dot": 'digraph "Workflows"', "mermaid": "title: Workflows", "json": '"links"'}
    mark = marks.get(form, ">Workflows</text>")
    assert whole.count(mark) == 1
    assert mark not in alone
    for said in ("waits until", "not before"):
        assert said in alone
    if form == "json":
        overview = json.loads(whole)["overview"]
        assert {row["name"]: row["clock"] for row in overview["workflows"]}["SUMMARY"] is None
        assert [(row["upstream"], row["downstream"], row["kind"]) for row in overview["links"]] == [
            ("CLOSE", "NIGHT", "wait"),
            ("NIGHT", "SUMMARY", "start"),
            ("CLOSE", "SUMMARY", "start"),
        ]
    elif form == "dot":
        assert '"CLOSE" -> "NIGHT"[label="LOAD waits", tooltip="RECON succeeded in' in whole
    elif form == "mermaid":
        assert '-.->|"LOAD waits"|' in whole
        assert '==>|"starts"|' in whole


def test_report_json_has_workflows_and_cuts(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(LINKED, encoding="utf-8")
    result = cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out")
    assert "edges      4 translated" in result.output
    data = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(data)] == []
    rows = {row["name"]: row for row in data["workflows"]}
    assert {name: (row["start"], row["clock"]) for name, row in rows.items()} == {
        "CLOSE": ("clock", "18:00 mo America/New_York"),
        "NIGHT": ("clock", "22:15 daily Europe/London"),
        "SUMMARY": ("workflows", None),
        "ALONE": ("hand", None),
    }
    assert rows["NIGHT"]["waits_for"] == ["CLOSE"]
    assert (rows["CLOSE"]["tells"], rows["CLOSE"]["starts"]) == (["NIGHT"], ["SUMMARY"])
    assert rows["SUMMARY"]["started_by"] == ["NIGHT", "CLOSE"]
    assert data["cuts"] == [
        {
            "job": "LOAD",
            "workflow": "NIGHT",
            "kind": "wait",
            "gate": "LOAD: RECON succeeded in the last 12:00",
            "condition": "RECON succeeded in the last 12:00",
            "text": "s(RECON, 12.00)",
            "source": {"file": "a.jil", "line": 17},
            "asks": [{"job": "RECON", "workflow": "CLOSE"}],
        },
        {
            "job": "SUMMARY",
            "workflow": "SUMMARY",
            "kind": "start",
            "launch_plan": "SUMMARY.start",
            "condition": "POST succeeded and RECON failed",
            "text": "s(POST) & f(RECON)",
            "source": {"file": "a.jil", "line": 31},
            "asks": [{"job": "POST", "workflow": "NIGHT"}, {"job": "RECON", "workflow": "CLOSE"}],
        },
    ]
    reasons = {job["name"]: job["reason"] for job in data["jobs"] if "reason" in job}
    assert list(reasons) == ["CLOSE", "NIGHT", "SUMMARY", "ALONE"]
    assert reasons["SUMMARY"].endswith("it is started by NIGHT, CLOSE")


@pytest.mark.parametrize("seed", range(12))
def test_every_dependency_has_a_row(seed: int, tmp_path: Path) -> None:
    """A pair of jobs that a condition of the source names is a row, cut or not."""
    text = UnitGenerator(Dice(random.Random(seed)), 12).text()
    (tmp_path / "a.jil").write_text(text, encoding="utf-8")
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out", "--quiet")
    data = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    said = []
    for statement in text.split("insert_job: ")[1:]:
        name = statement.split()[0]
        named = re.findall(r"^condition: (.*)$", statement, re.MULTILINE)
        said += [(up, name) for up in re.findall(r"\w\(([^,)]+)", "".join(named))]
    rows = [(row["upstream"], row["downstream"]) for row in data["dependencies"]]
    assert set(rows) >= set(said)
    where = {job["name"]: job["workflow"] for job in data["jobs"]}
    cuts = {cut["job"]: {asked["job"] for asked in cut["asks"]} for cut in data["cuts"]}
    for row in data["dependencies"]:
        up, down = row["upstream"], row["downstream"]
        if "cut" in row:
            assert up in cuts[down]
        elif where[up] and where[down] and where[up] != where[down]:
            assert row["status"] == "left_out"


def test_report_md_lists_workflows_and_cuts(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(LINKED, encoding="utf-8")
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out")
    text = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "| NIGHT | `night.py` | 22:15 daily Europe/London | CLOSE | 4 | 0 | 0 |" in text
    assert "| SUMMARY | `summary.py` | started by NIGHT, CLOSE |  | 1 | 0 | 0 |" in text
    assert "| LOAD | NIGHT | waits until | RECON succeeded in the last 12:00 | a.jil:17 |" in text


def test_sarif_has_each_finding_at_its_place() -> None:
    _, diagnostics = read(TEXT)
    (run,) = sarif(diagnostics)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert set(rules) == codes(diagnostics)
    results = run["results"]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in results)
    places = {
        (r["ruleId"], r["locations"][0]["physicalLocation"]["region"]["startLine"]) for r in results
    }
    assert ("A303", 2) in places
    assert ("A206", 8) in places


def test_check_formats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a b.jil"
    path.write_text(TEXT, encoding="utf-8")
    log = json.loads(cli("check", path, "--format", "sarif").output)
    first = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == "a%20b.jil"
    lines = cli("check", path, "--format", "lines").output.splitlines()
    assert len(lines) == len(log["runs"][0]["results"])
    assert all(re.match(r"a b\.jil:\d+:\d+: (error|warning|note)\[A\d{3}\]: ", x) for x in lines)


SCHEMA = json.loads(schema("convert"))


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*/expected/report.json")), ids=str)
def test_reports_are_as_the_schema_says(path: Path) -> None:
    validator = Draft202012Validator(SCHEMA)
    report = json.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in validator.iter_errors(report)] == []


def test_the_schema_knows_each_role() -> None:
    roles = SCHEMA["properties"]["nodes"]["items"]["properties"]["role"]["enum"]
    assert roles == [role.value for role in NodeRole]


def test_the_schema_can_refuse() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    report = json.loads((GOLDEN / "boxes" / "expected" / "report.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(SCHEMA)
    for change in (
        {"version": 2},
        {"extra": 1},
        {"jobs": [{**report["jobs"][0], "status": "fine"}]},
        {"jobs": [{k: v for k, v in report["jobs"][0].items() if k != "node"}]},
        {"diagnostics": [{**report["diagnostics"][0], "line": 0}]},
    ):
        assert not validator.is_valid({**report, **change})
