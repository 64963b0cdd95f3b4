"""Printed paths lead to the files from where the user stands, as links on terminals that can."""

import json
import os
from pathlib import Path

import pytest

from tests.support import cli
from transpile.cli import places
from transpile.cli.places import Places, from_here, linked

BAD = "insert_job: C\ncommand: c\ncondition: s(NOWHERE)\n"


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "estate" / "jobs"
    folder.mkdir(parents=True)
    (folder / "a.jil").write_text(BAD, encoding="utf-8")
    (folder / "noise.bin").write_bytes(b"\x00\x01")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("here", "source", "shown"),
    [
        (".", "estate", "estate/jobs/a.jil"),
        (".", "./estate/../estate/jobs", "estate/jobs/a.jil"),
        (".", "estate/jobs/a.jil", "estate/jobs/a.jil"),
        (".", "{}/estate", "estate/jobs/a.jil"),
        ("estate/jobs", ".", "a.jil"),
        ("estate/jobs", "..", "../jobs/a.jil"),
        ("estate/jobs", "{}/estate", "a.jil"),
    ],
)
def test_all_formats_name_the_file_that_can_be_opened(
    here: str, source: str, shown: str, estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(estate / here)
    source = source.format(estate)
    assert (estate / here / shown).is_file()
    assert f"{shown}:3:12: " in cli("check", source).stdout
    assert f"{shown}:3:12: " in cli("check", source, "--format", "lines").stdout
    rows = json.loads(cli("check", source, "--format", "json").stdout)["diagnostics"]
    assert shown in {row["file"] for row in rows}
    log = json.loads(cli("check", source, "--format", "sarif").stdout)
    places = [found["locations"][0]["physicalLocation"] for found in log["runs"][0]["results"]]
    assert shown in {place["artifactLocation"]["uri"] for place in places}
    assert f"{shown}:3:12: " in cli("convert", source, "-o", estate / "out").stdout


def test_files_of_the_output_do_not_depend_on_the_current_folder(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for here, source in ((".", "estate"), ("estate", "../estate"), ("estate/jobs", "..")):
        monkeypatch.chdir(estate / here)
        cli("convert", source, "-o", estate / "flows", "--force", "--quiet")
        files = sorted(path for path in (estate / "flows").rglob("*") if path.is_file())
        made.append({path.name: path.read_bytes() for path in files})
    assert made[0] == made[1] == made[2]


def test_settings_and_files_of_the_output_have_their_paths(estate: Path) -> None:
    (estate / "estate" / "transpile.toml").write_text("[options\n", encoding="utf-8")
    assert "estate/transpile.toml:1:9: error[A911]" in cli("check", "estate").stdout
    (estate / "estate" / "transpile.toml").unlink()
    cli("convert", "estate", "-o", "flows")
    (module,) = (estate / "flows" / "jobs").glob("c*.py")
    module.write_text(module.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    (estate / "estate" / "jobs" / "a.jil").write_text(BAD.replace("c\n", "d\n"), encoding="utf-8")
    edited = cli("convert", "estate", "-o", "flows").stdout
    assert f"kept       flows/jobs/{module.name}" in edited
    assert f"flows/jobs/{module.name}:1:1: warning[A90" in edited


def test_a_label_without_a_file_stays() -> None:
    found = Places(("nowhere",))
    for label in ("stdin", "../up.jil", "a//b.jil", ".", ".."):
        assert found.path(label) == label


def test_paths_are_printable_and_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert from_here("a/../b\x1b[0m") == "b\\x1b[0m"
    assert from_here(tmp_path / "x" / "y") == os.path.join("x", "y")
    assert from_here("/usr/x") == "/usr/x"
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert from_here("/usr/x") == "/usr/x"


@pytest.mark.parametrize(
    ("variables", "terminal", "is_link"),
    [
        ({"VTE_VERSION": "7600"}, True, True),
        ({"VTE_VERSION": "7600"}, False, False),
        ({"VTE_VERSION": "7600", "FORCE_HYPERLINK": "0"}, True, False),
        ({"FORCE_HYPERLINK": "1"}, True, True),
        ({}, True, False),
    ],
)
def test_links(
    variables: dict[str, str],
    terminal: bool,
    is_link: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (*places.LINKING, "FORCE_HYPERLINK"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(places, "is_terminal", lambda: terminal)
    path = tmp_path / "a \x1b.jil"
    path.write_text("", encoding="utf-8")
    shown = linked("here", str(path))
    uri = f"{tmp_path.as_uri()}/a%20%1B.jil"
    assert shown == (f"\x1b]8;;{uri}\x1b\\here\x1b]8;;\x1b\\" if is_link else "here")
    assert linked("here", str(tmp_path / "gone")) == "here"
