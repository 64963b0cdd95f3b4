"""The contract of the command line."""

import json
from pathlib import Path

import pytest

from tests.support import ROOT, cli, python
from transpile import __version__
from transpile.dialects import DIALECTS

GOOD = "insert_job: A\njob_type: c\ncommand: true\n"
WARNS = GOOD + "ulimit: n=1\n"
FAILS = GOOD + "condition: f(A)\n"


def write(folder: Path, text: str, name: str = "a.jil") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["convert", "check"])
@pytest.mark.parametrize(
    ("text", "strict", "status"),
    [(GOOD, 0, 0), (GOOD, 1, 0), (WARNS, 0, 0), (WARNS, 1, 1), (FAILS, 0, 1), (FAILS, 1, 1)],
)
def test_exit_status(command: str, text: str, strict: int, status: int, tmp_path: Path) -> None:
    source = write(tmp_path, text)
    arguments = [command, source, *(["-o", tmp_path / "out"] if command == "convert" else [])]
    assert cli(*arguments, *["--strict"] * strict).exit_code == status


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["convert"],
        ["convert", "x.jil"],
        ["check"],
        ["check", "x.jil", "--from", "cobol"],
        ["check", "x.jil", "--format", "xml"],
        ["frobnicate"],
        ["explain", "A000"],
    ],
)
def test_usage(arguments: list[str]) -> None:
    assert cli(*arguments).exit_code == 2


def test_convert_json_is_the_report(tmp_path: Path) -> None:
    source = write(tmp_path, WARNS)
    result = cli("convert", source, "-o", tmp_path / "out", "--format", "json")
    written = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert json.loads(result.stdout) == written
    assert written == {
        "transpile": __version__,
        "command": "convert",
        "version": 1,
        "jobs": [
            {
                "name": "A",
                "kind": "command",
                "box": None,
                "source": {"file": "a.jil", "line": 1},
                "workflow": "A",
                "module": "a",
                "node": "a-job",
                "status": "partial",
                "reason": "nothing starts it: it has no start times and no condition on "
                "another unit",
            }
        ],
        "dependencies": [],
        "attributes": {"translated": 2, "noted": 0, "unsupported": 1},
        "readings": {each.name: each.default for each in DIALECTS["autosys"].readings},
        "workflows": [
            {
                "name": "A",
                "module": "a",
                "folder": "",
                "start": "hand",
                "clock": None,
                "waits_for": [],
                "started_by": [],
                "tells": [],
                "starts": [],
                "jobs": 1,
                "watched": 0,
                "nodes": 1,
                "launch_plans": [],
            }
        ],
        "cuts": [],
        "nodes": [{"module": "a", "variable": "a", "node": "a-job", "role": "job", "job": "A"}],
        "diagnostics": [
            written["diagnostics"][0],
            {
                "code": "A864",
                "level": "warning",
                "file": "a.jil",
                "line": 4,
                "column": 1,
                "message": "ulimit has no equivalent on Flyte and was left out: n=1",
                "help": "check whether the job depends on it",
                "job": "A",
            },
        ],
    }


def test_check_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, WARNS)
    result = cli("check", tmp_path, "--format", "json")
    assert [found["code"] for found in json.loads(result.stdout)["diagnostics"]] == ["A642", "A864"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.jil"]


def test_text_shows_place_text_and_help(tmp_path: Path) -> None:
    result = cli("check", write(tmp_path, GOOD + "colour: blue\n"))
    assert "a.jil:4:1: error[A853]: unknown attribute colour\n  | blue\n  = help:" in result.output


def test_standard_input(tmp_path: Path) -> None:
    result = cli("convert", "-", "-o", tmp_path / "out", "--format", "json", stdin=GOOD)
    assert json.loads(result.stdout)["jobs"][0]["source"] == {"file": "stdin", "line": 1}


def test_names_resolve_across_sources_of_one_call(tmp_path: Path) -> None:
    first = write(tmp_path, GOOD)
    second = write(tmp_path, "insert_job: B\ncommand: true\ncondition: s(A)\n", "b.jil")
    assert cli("check", first, second).exit_code == 0
    assert cli("check", second).exit_code == 1


def test_folder_is_recognised_by_suffix_and_content(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", GOOD, "export.txt")
    write(tmp_path, "just prose, insert_job: X\n", "notes.txt")
    (tmp_path / "picture.png").write_bytes(bytes(range(256)) * 4)
    write(tmp_path, GOOD.replace("A", "B"), "b.jil")
    write(tmp_path, GOOD, ".hidden.jil")
    out = tmp_path / "out"
    report = json.loads(cli("convert", tmp_path, "-o", out, "--format", "json").stdout)
    assert {job["source"]["file"] for job in report["jobs"]} == {"b.jil", "sub/export.txt"}
    passed_over = {d["file"] for d in report["diagnostics"] if d["code"] == "A103"}
    assert passed_over == {"notes.txt", "picture.png"}


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, text in (("x", GOOD), ("y", GOOD.replace("A", "B"))):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, text)
    result = cli("convert", *tmp_path.glob("*/a.jil"), "-o", tmp_path / "out", "--format", "json")
    files = {job["source"]["file"] for job in json.loads(result.stdout)["jobs"]}
    assert files == {"x/a.jil", "y/a.jil"}


def test_same_file_twice_is_read_once(tmp_path: Path) -> None:
    source = write(tmp_path, GOOD)
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    result = cli("check", source, source.resolve(), link / "a.jil", link)
    assert "checked 1 job in 1 file" in result.output


def test_dialects() -> None:
    result = cli("dialects")
    assert "autosys" in result.output
    assert ".jil" in result.output


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["convert", "-o"], ["init", "-o"]])
def test_never_imports_flytekit(arguments: list[str], tmp_path: Path) -> None:
    sources = [] if arguments == ["--help"] else [write(tmp_path, GOOD)]
    out = [tmp_path / "out"] if "-o" in arguments else []
    script = (
        "import sys; from transpile.cli import main\n"
        f"try: main({[*arguments, *map(str, out), *map(str, sources)]!r})\n"
        "except SystemExit as error: assert error.code == 0, error.code\n"
        "assert 'flytekit' not in sys.modules\n"
        f"assert {arguments != ['--help']} == ('lark' in sys.modules)\n"
    )
    done = python("-c", script, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_convert_takes_forced_dialect(tmp_path: Path) -> None:
    source = write(tmp_path, GOOD, "export")
    for name in ("autosys", "jil", "JIL"):
        assert cli("check", source, "--from", name).exit_code == 0


def test_an_interrupt_that_python_wraps_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(name: str) -> None:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr("transpile.cli.importlib.import_module", interrupted)
    result = cli("check", ".")
    assert result.exit_code == 130
    assert result.output.strip() == "Aborted!"
