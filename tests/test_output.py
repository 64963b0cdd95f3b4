"""The output folder: whole files, and nobody else's touched."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, cli

GOOD = "insert_job: NIGHT\njob_type: c\ncommand: true\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.jil"
    path.write_text(GOOD, encoding="utf-8")
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


BESIDE = (
    *("report.json", "report.md", "report.html", "README.md", "RUNBOOK.md"),
    "pyproject.toml",
)
OURS = {"__init__.py", "night.py", "job_runtime.py", *BESIDE, ".transpile.json"}


def test_second_run_changes_nothing(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    before = {path: path.read_bytes() for path in out.iterdir()}
    assert cli("convert", source, "-o", out).exit_code == 0
    assert before == {path: path.read_bytes() for path in out.iterdir()}
    assert names(out) == OURS


@pytest.mark.parametrize("name", ["__init__.py", "night.py", "job_runtime.py", *BESIDE])
def test_a_file_of_the_users_is_kept(source: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine", encoding="utf-8")
    result = cli("convert", source, "-o", out)
    assert result.exit_code == 1
    assert "A901" in result.output
    assert (out / name).read_text(encoding="utf-8") == "mine"
    assert names(out) == OURS


def test_a_hand_edit_is_kept_and_an_untouched_file_is_renewed(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    edited = (out / "night.py").read_text(encoding="utf-8") + "# mine\n"
    (out / "night.py").write_text(edited, encoding="utf-8")
    source.write_text(GOOD + "description: changed\n", encoding="utf-8")
    result = cli("convert", source, "-o", out)
    assert result.exit_code == 0
    assert "A904" in result.output
    assert (out / "night.py").read_text(encoding="utf-8") == edited
    new = (out / "night.py.new").read_text(encoding="utf-8")
    assert "changed" in new
    assert cli("convert", source, "-o", out, "--strict").exit_code == 1
    assert cli("convert", source, "-o", out, "--force", "--prune").exit_code == 0
    assert (out / "night.py").read_text(encoding="utf-8") == new
    assert names(out) == OURS


def test_force_touches_nothing_that_we_did_not_write(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "night.py").write_text("mine", encoding="utf-8")
    assert cli("convert", source, "-o", out, "--force").exit_code == 1
    assert (out / "night.py").read_text(encoding="utf-8") == "mine"


def test_prune_removes_what_is_gone_unless_it_was_edited(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    source.write_text(GOOD.replace("NIGHT", "DAY"), encoding="utf-8")
    cli("convert", source, "-o", out)
    (out / "night.py").write_text("mine", encoding="utf-8")
    result = cli("convert", source, "-o", out, "--prune")
    assert "3 notes" in result.output
    assert (out / "night.py").read_text(encoding="utf-8") == "mine"
    source.write_text(GOOD.replace("NIGHT", "NOON"), encoding="utf-8")
    assert f"removed    {out}/day.py" in cli("convert", source, "-o", out, "--prune").output
    assert names(out) == OURS | {"noon.py"}


def test_include_and_exclude(tmp_path: Path) -> None:
    for name in ("a/one.jil", "a/old/two.jil", "b/three.jil"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD.replace("NIGHT", path.stem), encoding="utf-8")
    checked = cli("check", tmp_path, "--include", "a/", "--exclude", "old")
    assert "1 job in 1 file" in checked.output
    assert "2 jobs in 2 files" in cli("check", tmp_path, "--exclude", "**/two.*").output
    out = tmp_path / "out"
    assert cli("convert", tmp_path, "-o", out, "--include", "*.jil", "--quiet").output == ""
    made = {path.relative_to(out).as_posix() for path in out.rglob("*.py")}
    packages = {f"{folder}__init__.py" for folder in ("", "a/", "a/old/", "b/")}
    modules = {"a/one.py", "a/old/two.py", "b/three.py"}
    assert made == {"job_runtime.py"} | packages | modules


def test_a_module_whose_workflow_is_gone_stays_and_is_named(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    source.write_text(GOOD.replace("NIGHT", "DAY"), encoding="utf-8")
    result = cli("convert", source, "-o", out)
    assert result.exit_code == 0
    assert "3 notes" in result.output
    assert names(out) == OURS | {"day.py"}


def test_links_are_not_followed(source: Path, tmp_path: Path) -> None:
    out, target = tmp_path / "out", tmp_path / "precious.py"
    target.write_text("mine", encoding="utf-8")
    out.mkdir()
    (out / "night.py").symlink_to(target)
    assert cli("convert", source, "-o", out).exit_code == 1
    assert target.read_text(encoding="utf-8") == "mine"


def test_out_is_a_file(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine", encoding="utf-8")
    result = cli("convert", source, "-o", out)
    assert result.exit_code == 1
    assert "A902" in result.output
    assert out.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_out_is_read_only(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    result = cli("convert", source, "-o", out)
    assert result.exit_code == 1
    assert "A902" in result.output


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Path:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no small file system can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_full_disk(source: Path, tiny_disk: Path) -> None:
    (tiny_disk / "old.txt").write_text("old", encoding="utf-8")
    statements = (f"insert_job: J{n}\njob_type: c\ncommand: true\n" for n in range(200))
    source.write_text("\n".join(statements), encoding="utf-8")
    result = cli("convert", source, "-o", tiny_disk)
    assert result.exit_code == 1
    assert "A902" in result.output
    assert names(tiny_disk) == {"old.txt"}


def test_a_write_that_fails_leaves_everything_as_it_was(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    cli("convert", source, "-o", out)
    before = {path: path.read_bytes() for path in out.iterdir()}
    source.write_text(GOOD + "description: changed\n", encoding="utf-8")

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = cli("convert", source, "-o", out)
    assert result.exit_code == 1
    assert "No space left on device" in result.output
    assert before == {path: path.read_bytes() for path in out.iterdir()}


def test_a_file_system_that_fills_up_at_the_end_keeps_every_file_whole(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest is the last to be staged; nothing was moved before it."""
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == ".transpile.json":
            raise OSError(28, "No space left on device")
        return write(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = cli("convert", source, "-o", tmp_path / "out")
    assert "wrote      nothing" in result.output
    assert names(tmp_path / "out") == set()


def test_out_inside_the_sources_is_not_read(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "out"
    cli("convert", tmp_path, "-o", out)
    first = (out / "report.json").read_bytes()
    cli("convert", tmp_path, "-o", out)
    assert (out / "report.json").read_bytes() == first


def test_output_that_cannot_be_printed(source: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "transpile", "check", str(source)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_closed_standard_input() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m transpile check - <&-"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "A101" in done.stdout


def test_two_conversions_at_a_time(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    handle = os.open(out, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    result = cli("convert", source, "-o", out)
    os.close(handle)
    assert result.exit_code == 1
    assert "A905" in result.output
    assert names(out) == set()
    assert cli("convert", source, "-o", out).exit_code == 0


def test_a_manifest_cannot_point_elsewhere(source: Path, tmp_path: Path) -> None:
    out, precious = tmp_path / "out", tmp_path / "precious.py"
    precious.write_text("mine", encoding="utf-8")
    cli("convert", source, "-o", out)
    digest = hashlib.sha256(b"mine").hexdigest()
    (out / ".transpile.json").write_text(
        json.dumps({"files": {"../precious.py": digest, str(precious): digest}}), encoding="utf-8"
    )
    cli("convert", source, "-o", out, "--prune", "--force")
    assert precious.read_text(encoding="utf-8") == "mine"


class Killed(BaseException):
    """In the place of kill -9."""


@pytest.mark.parametrize("moves", range(8))
def test_killed_at_any_move(
    moves: int, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is the old one or the new one, and the next run makes all of them new."""
    out = tmp_path / "out"
    source.write_text(GOOD + GOOD.replace("NIGHT", "GONE"), encoding="utf-8")
    cli("convert", source, "-o", out)
    old = {path.name: path.read_bytes() for path in out.iterdir()}
    changed = GOOD + "description: changed\n" + GOOD.replace("NIGHT", "MORE")
    source.write_text(changed, encoding="utf-8")
    fresh = tmp_path / "fresh" / "out"
    cli("convert", source, "-o", fresh)
    new = {path.name: path.read_bytes() for path in fresh.iterdir()}
    replace, left = os.replace, [moves]

    def dying(*places: object) -> None:
        if not left[0]:
            raise Killed
        left[0] -= 1
        replace(*places)

    monkeypatch.setattr(os, "replace", dying)
    with contextlib.suppress(Killed):
        cli("convert", source, "-o", out, "--prune")
    monkeypatch.undo()
    (out / ".transpile-abcd1234").mkdir()
    for path in out.glob("*.py"):
        assert path.read_bytes() in (old.get(path.name), new.get(path.name))
    result = cli("convert", source, "-o", out, "--prune")
    assert result.exit_code == 0
    assert "A90" not in result.output
    assert {path.name: path.read_bytes() for path in out.iterdir()} == new
