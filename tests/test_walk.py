"""What stands below a folder or in an archive is converted or reported."""

import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT, cli

JOB = "insert_job: {}\ncommand: true\n"


def write(path: Path, name: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(JOB.format(name), encoding="utf-8")
    return path


def found(*arguments: object) -> list[tuple[str, str, str]]:
    """Code, file and message of each finding about a file."""
    with tempfile.TemporaryDirectory() as out:
        result = cli("convert", *arguments, "-o", out, "--package", "x", "--format", "json")
    rows = json.loads(result.stdout)["diagnostics"]
    return [(row["code"], row["file"], row["message"]) for row in rows if row["code"] != "A642"]


def jobs(*arguments: object) -> set[str]:
    """The names of the jobs that were read."""
    data = json.loads(cli("graph", *arguments, "--format", "json").stdout)
    return {job["name"] for found in data["workflows"] for job in found["jobs"]}


def test_linked_folders_are_read_once(tmp_path: Path) -> None:
    write(tmp_path / "estate" / "a.jil", "A")
    write(tmp_path / "other" / "deep" / "b.jil", "B")
    links = tmp_path / "estate" / "links"
    links.mkdir()
    (links / "1").symlink_to(tmp_path / "other")
    (links / "2").symlink_to(tmp_path / "other" / "deep")
    (links / "up").symlink_to("..")
    (links / "top").symlink_to("/")
    (tmp_path / "other" / "deep" / "round").symlink_to(tmp_path / "other")
    assert jobs(tmp_path / "estate") == {"A", "B"}
    rows = {file: code for code, file, _ in found(tmp_path / "estate")}
    cut = ("links/2", "links/up", "links/top", "links/1/deep/round")
    assert rows == dict.fromkeys(cut, "A133")


def test_a_file_that_is_linked_too_has_its_own_path(tmp_path: Path) -> None:
    write(tmp_path / "z" / "a.jil", "A")
    (tmp_path / "a").symlink_to(tmp_path / "z")
    rows = found(tmp_path)
    assert [(code, file) for code, file, _ in rows] == [("A133", "a")]
    assert "z/a.jil" in cli("convert", tmp_path, "-o", tmp_path / "out", "--format", "json").stdout


def test_what_is_no_file_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "a.jil", "A")
    os.mkfifo(tmp_path / "pipe.jil")
    (tmp_path / "gone.jil").symlink_to(tmp_path / "none")
    (tmp_path / "round.jil").symlink_to(tmp_path / "round.jil")
    place = os.getcwd()
    os.chdir(tmp_path)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("s.jil")
    finally:
        os.chdir(place)
    rows = {file: (code, message) for code, file, message in found(tmp_path)}
    assert {file: code for file, (code, _) in rows.items()} == dict.fromkeys(
        ("pipe.jil", "gone.jil", "round.jil", "s.jil"), "A101"
    )
    assert "pipe" in rows["pipe.jil"][1]
    assert str(tmp_path / "none") in rows["gone.jil"][1]
    assert cli("check", tmp_path).exit_code == 1
    assert "checked 1 job in 1 file" in cli("check", tmp_path).stdout


def test_hidden_sources_are_reported(tmp_path: Path) -> None:
    write(tmp_path / "a.jil", "A")
    write(tmp_path / ".b.jil", "B")
    write(tmp_path / ".git" / "c.jil", "C")
    (tmp_path / ".note").write_text("nothing", encoding="utf-8")
    rows = {(code, file) for code, file, _ in found(tmp_path)}
    assert rows == {("A134", ".b.jil"), ("A133", ".git"), ("A103", ".note")}
    assert jobs(tmp_path) == {"A"}
    assert jobs(tmp_path / ".b.jil", tmp_path / ".git") == {"B", "C"}
    assert ("A134", ".b.jil") not in {row[:2] for row in found(tmp_path, "--exclude", ".*")}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
@pytest.mark.parametrize("mode", [0o444, 0o000, 0o111])
def test_a_folder_that_may_not_be_entered_is_reported(mode: int) -> None:
    """As a user who is not root: root may enter every folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        write(folder / "a.jil", "A")
        write(folder / "closed" / "b.jil", "B")
        write(folder / "closed" / "inner" / "c.jil", "C")
        (folder / "closed").chmod(mode)
        program = (
            f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\n"
            "from click.testing import CliRunner\nfrom transpile.cli import main\n"
            # What is read on demand is read by root.
            f"CliRunner().invoke(main, ['check', {name!r} + '/a.jil'])\n"
            f"os.setuid(65534); main(['check', {name!r}, '--format', 'lines'])"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
    if "PermissionError" in done.stderr:
        pytest.skip("this Python stands where only root may read it")
    assert done.returncode == 1, done.stderr
    assert "closed" in done.stdout
    assert "A101" in done.stdout


def zipped(path: Path, *members: tuple[str, str]) -> Path:
    data = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore", UserWarning)
        for name, text in members:
            file.writestr(name, text)
    path.write_bytes(data.getvalue())
    return path


ODD = ("../x.jil", "/x.jil", "a//x.jil", "C:\\x.jil", "a/./x.jil", "..", ".")


@pytest.mark.parametrize("name", ODD)
def test_members_with_odd_names_are_reported(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "p.zip", ("a.jil", JOB.format("A")), (name, JOB.format("B")))
    assert [(code, file) for code, file, _ in found(path)] == [("A101", name)]
    assert jobs(path) == {"A"}


def test_hidden_and_doubled_members_are_reported(tmp_path: Path) -> None:
    hidden = ("__MACOSX/._a.jil", JOB.format("B"))
    twice = [("a.jil", JOB.format(name)) for name in ("A1", "A2")]
    path = zipped(tmp_path / "p.zip", *twice, hidden)
    assert {(code, file) for code, file, _ in found(path)} == {
        ("A134", hidden[0]),
        ("A101", "a.jil"),
    }
    assert jobs(path) == {"A2"}


def test_a_member_without_a_name_is_no_crash(tmp_path: Path) -> None:
    data = zipped(tmp_path / "p.zip", ("a", JOB.format("A"))).read_bytes()
    # The length of the name, in the directory at the archive's end.
    place = data.index(b"PK\x01\x02") + 28
    (tmp_path / "p.zip").write_bytes(data[:place] + b"\0\0" + data[place + 2 :])
    assert cli("check", tmp_path / "p.zip").exit_code == 1


def test_a_member_that_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path: Path) -> None:
    bomb = ("b.jil", JOB.format("B") + " " * 60_000_000)
    path = zipped(tmp_path / "p.zip", ("a.jil", JOB.format("A")), bomb)
    assert path.stat().st_size < 2**16
    assert [(code, file) for code, file, _ in found(path)] == [("A101", "b.jil")]
    assert jobs(path) == {"A"}


@pytest.mark.parametrize(
    "arguments",
    [("convert", "{}", "-o", ""), ("check", "{}", "--write-baseline", "")],
)
def test_an_empty_path_is_a_usage_error(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    source = write(tmp_path / "a.jil", "A")
    done = cli(*(a.format(source) for a in arguments))
    assert done.exit_code == 2
    assert "the path is empty" in done.stderr


def test_the_folder_of_the_sources_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text("insert_job: A\ncommand: true\n", encoding="utf-8")
    done = cli("convert", tmp_path, "-o", tmp_path / "x" / "..")
    assert done.exit_code == 2
    assert "is the folder of the sources" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["a.jil"]
