"""Waits for files, and the loop that all waits share."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from transpile.runtime import files, waits
from transpile.runtime.errors import Killed
from transpile.runtime.failures import Failure
from transpile.runtime.files import wait_for_file, wait_status
from transpile.runtime.waits import wait_until


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which only sleeping moves."""
    now = [0.0]

    def sleep(seconds: float) -> None:
        assert seconds >= 0
        now[0] += seconds

    fake = SimpleNamespace(sleep=sleep, monotonic=lambda: now[0])
    monkeypatch.setattr(files, "time", fake)
    monkeypatch.setattr(waits, "time", fake)
    return now


def looks_until(left: int) -> Callable[[], bool]:
    """What holds after so many looks in vain."""
    looks = iter([*[False] * left, True])
    return lambda: next(looks)


@pytest.mark.parametrize(
    ("looks", "limit", "end"), [(0, None, 0), (3, None, 30), (3, 25, 25), (2, 25, 20), (1, 4, 4)]
)
def test_the_loop_of_waits(clock: list[float], looks: int, limit: int | None, end: int) -> None:
    wait_until(looks_until(looks), "F", 10, timedelta(seconds=limit) if limit else None)
    assert clock[0] == end


@pytest.mark.parametrize(("looks", "limit"), [(4, 25), (2, 4)])
def test_the_limit_of_waits(clock: list[float], looks: int, limit: int) -> None:
    with pytest.raises(Killed, match="killed by time limit: F"):
        wait_until(looks_until(looks), "F", 10, timedelta(seconds=limit))
    assert clock[0] == limit


def test_one_look(tmp_path: Path) -> None:
    there, gone = tmp_path / "there", tmp_path / "gone"
    there.write_text("12345", encoding="utf-8")

    def look(path: Path, **options: Any) -> str:
        return wait_status(str(path), once=True, **options)

    assert look(there) == look(gone, absent=True) == look(there, min_size=5) == "SUCCESS 0"
    assert look(gone) == look(there, absent=True) == look(there, min_size=6) == "FAILURE 1"


@pytest.mark.parametrize(
    ("absent", "reason"), [(False, "no such file"), (True, "the file is there")]
)
def test_the_reason_of_one_look(absent: bool, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "f" if not absent else tmp_path
    with pytest.raises(Failure) as failure:
        wait_for_file(str(path), absent=absent, once=True)
    assert failure.value.args == (f"{reason}: {path}",)
    assert failure.value.exit_code == 1


def test_a_wait_ends_at_its_limit(tmp_path: Path) -> None:
    begun = time.monotonic()
    limit = timedelta(seconds=0.2)
    found = wait_status(str(tmp_path / "no"), interval=3600, time_limit=limit)
    assert (found, time.monotonic() - begun < 5) == ("TERMINATED", True)
    found = wait_status(str(tmp_path), absent=True, interval=3600, time_limit=limit)
    assert found == "TERMINATED"


def test_a_file_that_comes_and_goes(
    clock: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, sleep = tmp_path / "file", files.time.sleep

    def change(seconds: float) -> None:
        sleep(seconds)
        file.touch() if clock[0] == 20 else file.unlink(missing_ok=True)

    monkeypatch.setattr(waits.time, "sleep", change)
    assert wait_for_file(str(file), interval=10) == 0
    assert clock[0] == 20
    assert wait_for_file(str(file), interval=10, absent=True) == 0
    assert clock[0] == 30


def test_a_watcher_wants_size_and_a_steady_file(
    clock: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file grows at each look until it has 60 bytes: two looks see it with that."""
    file, sleep = tmp_path / "file", files.time.sleep

    def grow(seconds: float) -> None:
        sleep(seconds)
        with file.open("a", encoding="utf-8") as opened:
            opened.write("x" * 20 if clock[0] <= 30 else "")

    monkeypatch.setattr(waits.time, "sleep", grow)
    assert wait_for_file(str(file), interval=10, min_size=40, steady=10) == 0
    assert (clock[0], file.stat().st_size) == (40, 60)


def test_the_largest_file_of_a_pattern_counts(tmp_path: Path) -> None:
    for size in (1, 3, 2):
        (tmp_path / f"f{size}").write_text("x" * size, encoding="utf-8")
    assert wait_status(f"{tmp_path}/f*", once=True, min_size=3) == "SUCCESS 0"
    assert wait_status(f"{tmp_path}/f*", once=True, min_size=4) == "FAILURE 1"


def test_a_file_behind_a_closed_folder_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert wait_status(f"{tmp_path}/file/inside", once=True) == "FAILURE 1"
    (tmp_path / "link").symlink_to("nowhere")
    assert wait_status(f"{tmp_path}/link", once=True) == "FAILURE 1"


def test_variables_and_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "f").touch()
    monkeypatch.setenv("PLACE", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert wait_status("$PLACE/f", once=True) == wait_status("~/f", once=True) == "SUCCESS 0"


def test_a_profile_sets_variables_of_a_path(tmp_path: Path) -> None:
    profile = tmp_path / "my profile"
    profile.write_text(f'echo noise; FOLDER="{tmp_path}"\n', encoding="utf-8")
    found = wait_status("$FOLDER/my pro*", profile=str(profile), once=True)
    assert found == "SUCCESS 0"


def test_a_profile_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert wait_status("$FOLDER/x", profile="/no/profile", once=True) == "FAILURE"
    assert "the profile /no/profile cannot be read: $FOLDER/x" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/tmp/\0", "no file has a name with a NUL character: /tmp/\\x00\n"),
        ("*/" * 3000, "the path has too many parts: */"),
    ],
)
def test_a_path_that_no_file_has_is_a_failure(
    path: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert wait_status(path, time_limit=timedelta(seconds=1)) == "FAILURE"
    assert capsys.readouterr().out.startswith(reason)


def test_a_profile_with_odd_text_is_a_failure(tmp_path: Path) -> None:
    assert wait_status("x", profile="a\0b", once=True) == "FAILURE"
    assert wait_status("x\ud800", profile=f"{tmp_path}/p", once=True) == "FAILURE"


def test_a_global_without_a_value_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"no value for \$\$FILE"):
        wait_for_file("$$FILE")
