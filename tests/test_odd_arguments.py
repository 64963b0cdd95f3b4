"""Odd dates, places and numbers of arguments are refused before anything is read or written."""

from pathlib import Path

import pytest

from tests.support import cli

JOB = "insert_job: A   job_type: c\ncommand: true\n"


@pytest.mark.parametrize("command", ["schedule", "dry-run", "verify --days 3", "diff OLD"])
@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01"])
def test_dates_outside_of_calendars_are_refused(tmp_path: Path, command: str, date: str) -> None:
    source = tmp_path / "a.jil"
    source.write_text(JOB)
    words = [str(source) if word == "OLD" else word for word in command.split()]
    found = cli(*words, source, "--from", date)
    assert found.exit_code == 2
    assert "is not between 1970 and 2199" in found.output


def test_a_date_that_is_none_is_not_taken_for_a_format(tmp_path: Path) -> None:
    found = cli("diff", tmp_path, tmp_path, "--from", "2026-13-01")
    assert found.exit_code == 2
    assert "'2026-13-01' is no date: write one as 2026-12-31" in found.output


@pytest.mark.parametrize("number", [1, 3])
def test_diff_wants_two_versions(number: int) -> None:
    found = cli("diff", *["a.jil"] * number)
    assert found.exit_code == 2
    assert f"name two versions, OLD and NEW; {number} given" in found.output


def test_a_mapping_never_replaces_a_file(tmp_path: Path) -> None:
    source = tmp_path / "a.jil"
    source.write_text(JOB)
    found = cli("minify", source, "-o", tmp_path / "copy", "--mapping", source)
    assert found.exit_code == 2
    assert source.read_text() == JOB
    assert not (tmp_path / "copy").exists()


def test_a_mapping_in_a_missing_folder_is_refused_before_the_copy(tmp_path: Path) -> None:
    source = tmp_path / "a.jil"
    source.write_text(JOB)
    found = cli("minify", source, "-o", tmp_path / "copy", "--mapping", tmp_path / "no" / "m.json")
    assert found.exit_code == 2
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("output_format", ["text", "json", "csv", "html"])
def test_inventory_names_a_source_that_it_cannot_read(tmp_path: Path, output_format: str) -> None:
    missing = tmp_path / "missing.jil"
    found = cli("inventory", missing, "--format", output_format)
    assert found.exit_code == 1
    assert f"cannot read {missing.name}" in found.stderr
    assert "next:" not in found.stderr
