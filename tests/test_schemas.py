"""Each JSON document begins with the same keys, and is as the schema of its command says."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.support import ROOT, cli
from transpile import __version__
from transpile.cli.schema import schema
from transpile.report.envelope import VERSIONS
from transpile.sources.resources import read_resource

ESTATE = """\
insert_job: NIGHT   job_type: BOX
date_conditions: 1
days_of_week: all
start_times: "22:15"
timezone: Europe/London

insert_job: EXTRACT
box_name: NIGHT
command: extract

insert_job: LOAD
box_name: NIGHT
command: load
condition: s(EXTRACT) & s(NOWHERE)

insert_job: SUMMARY
date_conditions: 1
days_of_week: all
start_times: "06:00"
timezone: Europe/London
command: sum
condition: s(NIGHT, 12.00)
must_complete_times: "06:01"
"""
RUNS = """\
job,start,end,status
EXTRACT,2026-03-02T22:15:00,2026-03-02T22:30:00,SUCCESS
SUMMARY,2026-03-03T06:00:00,2026-03-03T06:05:00,FAILURE
not a run
OTHER,2026-03-03T06:00:00,2026-03-03T06:05:00,FAILURE
"""
SETTINGS = """\
[platform]
endpoint = "flyteadmin:81"

[durations]
SUMMARY = "5m"

[[suppress]]
code = "A303"
reason = "known"
"""
WEEK = ("--from", "2026-03-02", "--days", 7)

CALLS: list[tuple[str, tuple[object, ...]]] = [
    ("convert", ("night.jil", "-o", "out")),
    ("check", ("night.jil",)),
    ("inventory", ("night.jil",)),
    ("graph", ("night.jil",)),
    ("graph", ("night.jil", "--workflow", "NIGHT")),
    ("schedule", ("night.jil", *WEEK)),
    ("schedule", ("night.jil", *WEEK, "--observed", "runs.csv")),
    ("dry-run", ("night.jil", "--workflow", "NIGHT", "--fail", "EXTRACT")),
    ("dry-run", ("night.jil", *WEEK)),
    ("dry-run", ("two.jil", "--execute")),
    ("dry-run", ("night.jil", *WEEK, "--by", "source")),
    ("diff", ("night.jil", "two.jil", "--days", 3)),
    ("diff", ("night.jil", "other.jil", "--days", 3)),
    ("verify", ("night.jil", "--scenarios", 20)),
    ("verify", ("night.jil", "--scenarios", 2, "--from", "2026-03-02", "--days", 2)),
    ("verify", ("night.jil", "--observed", "runs.csv")),
]


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("estate")
    (folder / "night.jil").write_text(ESTATE, encoding="utf-8")
    (folder / "runs.csv").write_text(RUNS, encoding="utf-8")
    (folder / "transpile.toml").write_text(SETTINGS, encoding="utf-8")
    clock = 'date_conditions: 1\ndays_of_week: all\nstart_times: "{}:00"\ncommand: true\n'
    text = "".join(f"insert_job: J{hour}\n{clock.format(hour)}" for hour in ("08", "09"))
    (folder / "two.jil").write_text(text, encoding="utf-8")
    other = ESTATE.replace("s(EXTRACT) &", "d(EXTRACT) &").replace('"22:15"', '"22:30"')
    (folder / "other.jil").write_text(other.replace("sum", "sum --all"), encoding="utf-8")
    return folder


def faults(command: str, data: Any) -> list[str]:
    validator = Draft202012Validator(json.loads(schema(command)))
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize(("command", "arguments"), CALLS)
def test_documents(
    command: str, arguments: tuple[object, ...], estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(estate)
    result = cli(command, *arguments, "--format", "json")
    assert result.exit_code < 2, result.output
    data = json.loads(result.stdout)
    first = {"transpile": __version__, "command": command, "version": VERSIONS[command]}
    assert list(data.items())[:3] == list(first.items())
    assert faults(command, data) == []
    assert faults(command, {**data, "extra": 1})
    assert faults(command, {**data, "version": 0})
    assert all(faults(command, {k: v for k, v in data.items() if k != key}) for key in first)


def test_written_documents_are_the_printed_ones(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(estate)
    for more in ((), ("--observed", "runs.csv"), ("--from", "2026-03-02", "--days", "2")):
        saved = (*more, "--scenarios", 2, "--format", "json", "--save", "saved.json")
        printed = cli("verify", "night.jil", *saved).stdout
        assert (estate / "saved.json").read_text(encoding="utf-8") == printed


def test_each_schema_is_one_of_json_schema_2020() -> None:
    for command in VERSIONS:
        data = json.loads(schema(command))
        Draft202012Validator.check_schema(data)
        assert data["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert data["properties"]["version"] == {"const": VERSIONS[command]}
        assert data["properties"]["command"] == {"const": command}
    kept = {path.stem for path in (ROOT / "transpile" / "schemas").glob("*.json")}
    assert kept == set(VERSIONS)


def test_the_command_prints_and_lists_them() -> None:
    assert cli("schema", "graph").output == read_resource("schemas", "graph.json")
    listed = cli("schema").output.splitlines()
    assert [line.split()[0] for line in listed] == list(VERSIONS)
    assert "version 1  What `transpile check --format json` prints" in listed[1]
    unknown = cli("schema", "grpah")
    assert unknown.exit_code == 2
    assert "'grpah' has no schema (did you mean graph?); known: convert, " in unknown.output
