"""Progress of a conversion in a log: lines on standard error, at most one in some seconds."""

from pathlib import Path

import pytest

from tests.support import cli
from transpile.cli import progress

LINES = ["reading", "planning", "workflows", "workflows 1 of 1", "reporting"]


@pytest.mark.parametrize(
    ("seconds", "options", "expected"), [(-1, [], LINES), (60, [], []), (-1, ["--quiet"], [])]
)
def test_a_log_of_a_conversion(
    seconds: int,
    options: list[str],
    expected: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "SECONDS", seconds)
    source = tmp_path / "a.jil"
    source.write_text("insert_job: A\ncommand: a\n", encoding="utf-8")
    result = cli("convert", source, "-o", tmp_path / "out", *options)
    done = [] if options else [f"next: transpile dry-run {tmp_path / 'out'}"]
    assert result.stderr.splitlines() == [*expected, *done]
    assert not set(LINES) & set(result.stdout.splitlines())
