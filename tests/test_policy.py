"""transpile.toml, suppressions, severities and baselines."""

import json
from pathlib import Path

import pytest

from tests.support import cli

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
    folder = tmp_path / "estate" / "jobs"
    folder.mkdir(parents=True)
    (folder / "a.jil").write_text(JIL, encoding="utf-8")
    return folder


def settings(estate: Path, text: str) -> Path:
    path = estate.parent / "transpile.toml"
    path.write_text(text, encoding="utf-8")
    return path


def found(*arguments: object) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(cli("check", *arguments, "--format", "json").output)[
        "diagnostics"
    ]
    return rows


def test_settings_stand_above_the_sources(estate: Path) -> None:
    assert cli("check", estate).exit_code == 1
    settings(
        estate,
        '[severity]\nA853 = "note"\n\n[[suppress]]\ncode = "A864"\njob = "T*"\nreason = "agreed"\n',
    )
    assert cli("check", estate, "--strict").exit_code == 0
    rows = {(row["code"], row["job"]): row for row in found(estate)}
    assert rows["A853", "ONE"]["level"] == "note"
    assert rows["A864", "TWO"]["accepted"] == "agreed"
    assert "1 accepted" in cli("check", estate).output
    assert "A864" not in cli("check", estate, "--format", "lines").output


def test_what_is_accepted_stays_in_reports_and_in_emitted_text(
    estate: Path, tmp_path: Path
) -> None:
    settings(estate, '[[suppress]]\ncode = "A853"\nreason = "agreed"\n')
    out = tmp_path / "out"
    assert cli("convert", estate, "-o", out, "--quiet").exit_code == 0
    assert "TODO[A853]" in (out / "one.py").read_text(encoding="utf-8")
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    accepted = [row for row in report["diagnostics"] if row.get("accepted")]
    assert {row["code"] for row in accepted} == {"A853"}
    log = json.loads(cli("check", estate, "--format", "sarif").output)
    suppressed = [r for r in log["runs"][0]["results"] if "suppressions" in r]
    assert {r["ruleId"] for r in suppressed} == {"A853"}


def test_options_are_defaults(estate: Path) -> None:
    (estate / "b.jil").write_text("insert_job: C\ncommand: true\n", encoding="utf-8")
    settings(estate, '[options]\nstrict = true\nexclude = ["a.*"]\nfrom = "jil"\n')
    assert "1 job in 1 file" in cli("check", estate).output
    assert "2 jobs in 1 file" in cli("check", estate, "--exclude", "b.*").output


def test_a_suppression_that_matches_nothing_is_named(estate: Path) -> None:
    text = '[[suppress]]\ncode = "A853"\nreason = "r"\n\n[[suppress]]\ncode = "A853"\njob = "X"\n'
    settings(estate, text + 'reason = "r"\n')
    (row,) = [row for row in found(estate) if row["code"] == "A913"]
    assert (row["file"], row["line"]) == (str(estate.parent / "transpile.toml"), 5)
    assert "job X" in str(row["message"])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[options\n", "A911", 1),
        (f"x = {'[' * 3000}", "A911", 1),
        ('[options]\nbaseline = "\\u0000"\n', "A911", 1),
        ("x = 1\ny = \n", "A911", 2),
        ("[option]\nstrict = true\n", "A912", 1),
        ("[options]\nstrickt = true\n", "A912", 2),
        ('[options]\nstrict = "yes"\n', "A912", 2),
        ("[options]\ninclude = [1]\n", "A912", 2),
        ("options = 3\n", "A912", 1),
        ('[severity]\nA999 = "note"\n', "A912", 2),
        ('[severity]\nA853 = "loud"\n', "A912", 2),
        ("[severity]\nA853 = []\n", "A912", 2),
        ('\n[[suppress]]\ncode = "A853"\n', "A912", 2),
        ('[[suppress]]\ncode = "A853"\nreason = " "\n', "A912", 1),
        ('[[suppress]]\ncode = "A99"\nreason = "x"\n', "A912", 1),
        ('[[suppress]]\ncode = "A853"\njbo = "A"\nreason = "x"\n', "A912", 1),
        ("suppress = [1]\n", "A912", 1),
        ('[suppress]\ncode = "A853"\nreason = "x"\n', "A912", 1),
        ('[options]\nbaseline = "none.json"\n', "A911", 1),
    ],
)
def test_wrong_settings_are_findings(estate: Path, text: str, code: str, line: int) -> None:
    settings(estate, text)
    rows = [row for row in found(estate) if str(row["code"]).startswith("A91")]
    assert [(row["code"], row["line"]) for row in rows] == [(code, line)]
    assert cli("check", estate).exit_code == 1


def test_options_count_for_a_dry_run_too(estate: Path) -> None:
    (estate / "b.jil").write_text("insert_job: THREE\ncommand: true\n", encoding="utf-8")
    settings(estate, '[options]\nexclude = ["a.*"]\nfrom = "jil"\n')
    output = cli("dry-run", estate).output
    assert "THREE" in output
    assert "ONE" not in output


def test_an_unknown_dialect_in_the_settings_is_wrong_usage(estate: Path) -> None:
    settings(estate, '[options]\nfrom = "cobol"\n')
    assert cli("check", estate).exit_code == 2


def test_a_baseline_leaves_what_is_new(estate: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    cli("check", estate, "--write-baseline", known)
    assert cli("check", estate, "--baseline", known, "--strict").exit_code == 0
    moved = "\n\n" + JIL + "\ninsert_job: THREE\ncommand: true\nodd_key: 1\n"
    (estate / "a.jil").write_text(moved, encoding="utf-8")
    result = cli("check", estate, "--baseline", known)
    assert result.exit_code == 1
    assert result.stdout.count("A853") == 1
    assert "a.jil:14:" in result.output


def test_a_baseline_counts(tmp_path: Path) -> None:
    path, known = tmp_path / "a.jil", tmp_path / "known.json"
    once = "update_job: NOWHERE\ncommand: true\n"
    path.write_text(once, encoding="utf-8")
    cli("check", path, "--write-baseline", known)
    assert cli("check", path, "--baseline", known).exit_code == 0
    path.write_text(once + "\n" + once, encoding="utf-8")
    assert cli("check", path, "--baseline", known).exit_code == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "findings": []}', "\xff"])
def test_a_baseline_that_is_none(estate: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(text.encode("latin-1"))
    result = cli("check", estate, "--baseline", path)
    assert result.exit_code == 1
    assert "A911" in result.output


def test_many_findings_alike_are_counted(tmp_path: Path) -> None:
    jobs = (f"insert_job: J{n}\ncommand: true\nodd_key: 1\n" for n in range(100))
    path = tmp_path / "a.jil"
    path.write_text("\n".join(jobs), encoding="utf-8")
    output = cli("check", path).output
    assert output.count("error[A853]") == 5
    assert "95 more A853" in output
    assert cli("check", path, "--format", "lines").output.count("A853") == 100


def test_settings_below_the_sources_do_not_count(estate: Path) -> None:
    settings(estate, "[options]\nstrict = true\n")
    above = estate.parent.parent
    assert "estate/transpile.toml:1:1: warning[A914]" in cli("check", above).output
