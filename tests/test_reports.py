"""What other programs read: graphs and SARIF."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.support import GOLDEN, cli, codes, read
from transpile.report.chart import chart_of
from transpile.report.graph import graph
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


def drawn(form: str) -> str:
    network, _ = read(TEXT)
    (part,) = network.parts()
    return graph(chart_of(part, 'T "x"'), form)


def test_every_job_and_edge_is_in_the_data() -> None:
    data = json.loads(drawn("json"))
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
    assert '"C"[label="C", color=red]' in text
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


def test_check_formats(tmp_path: Path) -> None:
    path = tmp_path / "a b.jil"
    path.write_text(TEXT, encoding="utf-8")
    log = json.loads(cli("check", path, "--format", "sarif").output)
    first = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == "a%20b.jil"
    lines = cli("check", path, "--format", "lines").output.splitlines()
    assert len(lines) == len(log["runs"][0]["results"])
    assert all(re.match(r"a b\.jil:\d+:\d+: (error|warning|note)\[A\d{3}\]: ", x) for x in lines)


def test_inventory_counts_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.dag").write_text("JOB X {\nexecutable = /bin/true\n}\n", encoding="utf-8")
    data = json.loads(cli("inventory", tmp_path, "--format", "json").output)
    assert data["jobs"] == {"command": 4, "box": 1}
    assert data["conditions"] == {
        "or": 1,
        "failure": 1,
        "success": 1,
        "done": 1,
        "exit code": 1,
        "notrunning": 1,
    }
    assert data["external"] == ["NOWHERE"]
    big, small = data["workflows"]
    assert (big["jobs"], big["boxes"], big["depth"], big["width"]) == (3, 1, 3, 1)
    assert (small["workflow"], small["engine"], small["hours"]) == ("b", "dagman", 0.5)
    rule = data["effort_rule"]
    parts = (("watched job", "watched"), ("job with a warning", "warnings"))
    hours = sum(rule[part] * big[column] for part, column in parts)
    hours += rule["workflow"] + rule["job with an error"] * big["errors"]
    assert big["hours"] == round(hours, 2)
    assert big["errors"] == 1
    rows = cli("inventory", tmp_path, "--format", "csv").output.splitlines()
    assert len(rows) == 3
    assert rows[2].startswith("b,dagman,1,0,0,1,1,0,0,0,0,0.5")
    assert "effort" in cli("inventory", tmp_path).output


def test_inventory_of_nothing(tmp_path: Path) -> None:
    assert cli("inventory", tmp_path).exit_code == 1


SCHEMA = json.loads(
    (files("transpile") / "report" / "report.schema.json").read_text(encoding="utf-8")
)


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
