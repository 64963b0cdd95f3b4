"""Numbers that codes had in earlier releases: they still count wherever a code is named."""

import json
from pathlib import Path

import pytest

from tests.support import cli, read
from transpile.findings.finding import CODES, current
from transpile.report.sarif import sarif

JIL = """\
insert_job: ONE
command: true
odd_key: 1

insert_job: TWO
command: true
odd_key: 1
chk_files: /tmp 100
"""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    folder = tmp_path / "estate"
    folder.mkdir()
    (folder / "a.jil").write_text(JIL, encoding="utf-8")
    return folder


def test_each_leads_to_one_code_and_is_none() -> None:
    old = [kind.was for kind in CODES.values() if kind.was]
    assert len(old) == len(set(old)) == 36
    assert not set(old) & set(CODES)
    assert all(current(kind.was) == code for code, kind in CODES.items() if kind.was)
    assert current("A303") == "A303"


def test_explain_says_the_number_of_today() -> None:
    text = cli("explain", "a870").output
    assert text.startswith("A870 is now A725\n\nA725 (error): ")
    assert cli("explain", "A725").output.startswith("A725 (error): ")


def test_severities_and_suppressions(estate: Path) -> None:
    text = (
        '[severity]\nA113 = "note"\n\n[[suppress]]\ncode = "A205"\nreason = "agreed"\n\n'
        '[[suppress]]\ncode = "A205"\njob = "NONE"\nreason = "agreed"\n'
    )
    (estate / "transpile.toml").write_text(text, encoding="utf-8")
    rows = json.loads(cli("check", estate, "--format", "json").output)["diagnostics"]
    found = {(row["code"], row["job"]): row for row in rows}
    assert found["A853", "ONE"]["level"] == "note"
    assert found["A864", "TWO"]["accepted"] == "agreed"
    assert "no finding has code A864, job NONE" in {row["message"] for row in rows}


def test_baselines(estate: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    cli("check", estate, "--write-baseline", known)
    text = known.read_text(encoding="utf-8")
    assert text.count('"A853"') == 2
    known.write_text(text.replace('"A853"', '"A113"'), encoding="utf-8")
    assert cli("check", estate, "--baseline", known, "--strict").exit_code == 0


def test_sarif_lists_them_as_deprecated() -> None:
    _, diagnostics = read(JIL.replace("chk_files", "condition: s(NOWHERE)\nchk_files"))
    (run,) = sarif(diagnostics)["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["A853"]["deprecatedIds"] == ["A113"]
    assert "deprecatedIds" not in rules["A303"]
