"""Headings of reports: title, date and version."""

from pathlib import Path

import pytest

from tests.support import cli
from transpile import __version__


def converted(folder: Path, *sources: str, settings: str = "") -> tuple[str, str]:
    """The first lines of report.md, and report.html, of sources in a folder."""
    (folder / "finance").mkdir(exist_ok=True)
    for name in ("a", "b", "c", "d"):
        (folder / "finance" / f"{name}.jil").write_text(f"insert_job: {name.upper()}\ncommand: x\n")
    (folder / "finance" / "transpile.toml").write_text(settings, encoding="utf-8")
    done = cli("convert", *(folder / name for name in sources or ["finance"]), "-o", folder / "out")
    assert done.exit_code == 0, done.output
    text = (folder / "out" / "report.md").read_text(encoding="utf-8")
    heading, _, made, *_ = text.splitlines()
    assert heading.startswith("# Conversion report: ")
    page = (folder / "out" / "report.html").read_text(encoding="utf-8")
    return f"{heading.partition(': ')[2]} | {made}", page


@pytest.mark.parametrize(
    ("sources", "title"),
    [
        (["finance"], "finance"),
        (["finance/a.jil"], "a"),
        (["finance/a.jil", "finance/b.jil"], "a, b"),
        ([f"finance/{name}.jil" for name in "abcd"], "a, b, c and 1 more"),
    ],
)
def test_sources_name_the_estate(tmp_path: Path, sources: list[str], title: str) -> None:
    shown, page = converted(tmp_path, *sources)
    assert shown == f"{title} | Made by transpile {__version__}."
    assert f"<title>{title} · conversion report</title>" in page


def test_a_team_names_the_estate_and_its_day(tmp_path: Path) -> None:
    settings = '[report]\ntitle = "Finance </title><b>*"\ndate = 2026-11-27\n'
    shown, page = converted(tmp_path, settings=settings)
    made = f"Made by transpile {__version__} from the sources of 2026-11-27."
    assert shown == f"Finance \\</title>\\<b>\\* | {made}"
    assert "<title>Finance &lt;/title&gt;&lt;b&gt;* · conversion report</title>" in page


def test_the_day_of_a_reproducible_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    undated, _ = converted(tmp_path)
    assert "sources of" not in undated
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert converted(tmp_path)[0].endswith("from the sources of 2026-09-21.")
    own = "[report]\ndate = '2026-01-02'\n"
    assert converted(tmp_path, settings=own)[0].endswith("from the sources of 2026-01-02.")


@pytest.mark.parametrize("seconds", ["soon", "1e3", "9" * 30])
def test_a_wrong_day_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    (tmp_path / "a.jil").write_text("insert_job: A\ncommand: x\n")
    done = cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert f"SOURCE_DATE_EPOCH must be a number of seconds, not '{seconds}'" in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("date = 'May 1'", "it must be a date such as 2026-12-31"),
        ("date = 2026-05-01T10:00:00", "it must be a date such as 2026-12-31"),
        ("title = 5", "it must be the title of the estate"),
        ("subtitle = 'x'", "[report] has title, date"),
    ],
)
def test_wrong_settings_are_reported(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "a.jil").write_text("insert_job: A\ncommand: x\n")
    (tmp_path / "transpile.toml").write_text(f"[report]\n{line}\n", encoding="utf-8")
    assert reason in cli("check", tmp_path).output
