"""The last line of a command says what to do next, as a command that can be copied."""

import shlex
from pathlib import Path

import pytest

from tests.support import cli

GOOD = "insert_job: A\ncommand: a\n\ninsert_job: B\ncommand: b\ncondition: s(A)\n"
BAD = "insert_job: C\ncommand: c\ncondition: s(NOWHERE)\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "my jobs").mkdir()
    (tmp_path / "my jobs" / "good.jil").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.jil").write_text(BAD, encoding="utf-8")
    (tmp_path / "empty.jil").write_text("", encoding="utf-8")
    (tmp_path / "-odd.jil").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


STEPS = [
    ("inventory 'my jobs'", "transpile init 'my jobs'"),
    ("check 'my jobs'", "transpile convert 'my jobs' -o flows"),
    (
        "check 'my jobs' --from jil --include '*.jil' --select A --target flyte",
        "transpile convert 'my jobs' --from autosys --include '*.jil' --target flyte --select A "
        "-o flows",
    ),
    ("check -- -odd.jil", "transpile convert ./-odd.jil -o flows"),
    ("check bad.jil", "transpile explain A303"),
    ("convert 'my jobs' -o out", "transpile dry-run out"),
    ("convert bad.jil -o out", "transpile explain A303"),
    ("dry-run 'my jobs'", "transpile verify 'my jobs'"),
    ("dry-run 'my jobs' --fail A", "transpile verify 'my jobs'"),
    ("dry-run bad.jil", "transpile verify bad.jil"),
    ("verify 'my jobs'", "transpile convert 'my jobs' -o flows"),
    ("verify empty.jil", "transpile docs proof"),
    ("schedule 'my jobs'", "transpile verify 'my jobs' --days 7"),
    ("graph 'my jobs'", "transpile check 'my jobs'"),
    ("explain A303", "transpile docs codes"),
    ("explain-map A 'my jobs'", "transpile docs settings"),
]


def next_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("next: ")]


@pytest.mark.parametrize(("command", "step"), STEPS)
def test_each_command_names_the_next_one(command: str, step: str, folder: Path) -> None:
    result = cli(*shlex.split(command))
    assert result.exit_code < 2, result.output
    assert result.stderr.splitlines()[-1] == f"next: {step}"
    assert next_lines(result.stdout) == []
    assert len(next_lines(result.stderr)) == 1


def test_a_converted_folder_is_packed_and_registered(folder: Path) -> None:
    cli("convert", "my jobs", "-o", "out")
    assert next_lines(cli("dry-run", "out").stderr) == [
        "next: transpile verify SOURCE --against out"
    ]
    verified = cli("verify", "my jobs", "--against", "out")
    assert next_lines(verified.stderr) == ["next: transpile package out --image IMAGE"]
    packed = cli("package", "out", "--image", "registry/jobs:1")
    assert next_lines(packed.stderr) == [
        "next: flytectl register files --archive flyte-package.tgz --project PROJECT "
        "--domain DOMAIN --version VERSION"
    ]


def test_programs_of_flyte_2_are_deployed(folder: Path) -> None:
    target = ("--target", "flyte2")
    cli("convert", "my jobs", "-o", "out", *target)
    verified = cli("verify", "my jobs", "--against", "out", *target)
    assert next_lines(verified.stderr) == [
        "next: flyte deploy --version VERSION --all --recursive out"
    ]


@pytest.mark.parametrize(
    "command",
    [
        "convert 'my jobs' -o out --quiet",
        "convert 'my jobs' -o out --format json",
        *(f"check 'my jobs' --format {form}" for form in ("json", "lines", "sarif")),
        "inventory 'my jobs' --format csv",
        "verify 'my jobs' --format json",
        "dry-run 'my jobs' --format json",
    ],
)
def test_machines_and_quiet_people_are_told_nothing(command: str, folder: Path) -> None:
    result = cli(*shlex.split(command))
    assert result.exit_code == 0
    assert result.stderr == ""


def test_standard_input_is_not_read_again() -> None:
    result = cli("check", "-", "--from", "autosys", stdin=GOOD)
    assert result.exit_code == 0
    assert result.stderr == ""
