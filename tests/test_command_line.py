"""What all commands have in common: exit statuses in --help, suggestions, colours, completion."""

import platform
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete

from tests.support import cli
from transpile import __version__
from transpile.cli import main
from transpile.cli.suggest import did_you_mean

COMMANDS = main.list_commands(click.Context(main))
JOBS = "insert_job: EXTRACT\ncommand: a\n\ninsert_job: LOAD\ncommand: b\ncondition: s(NOWHERE)\n"


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    path = tmp_path / "night.jil"
    path.write_text(JOBS, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_an_exit_status_means(name: str) -> None:
    text = " ".join(cli(name, "--help").output.split())
    _, found, statuses = text.partition("Exit status: 0 ")
    assert found
    assert "2 wrong usage." in statuses


def test_the_version_names_what_runs_it() -> None:
    (line,) = cli("--version").output.splitlines()
    python, flytekit = platform.python_version(), version("flytekit")
    assert line == f"transpile {__version__} (Python {python}, flytekit {flytekit})"


MISTYPED = [
    (("chek", "{}"), "unknown command 'chek' (did you mean check?)"),
    (("check", "{}", "--strct"), "'--strict'"),
    (("check", "{}", "--from", "autosis"), "unknown dialect 'autosis' (did you mean autosys?)"),
    (("check", "{}", "--select", "EXTRAKT"), "no workflow matches (did you mean EXTRACT?)"),
    (("check", "{}", "--select", "workflow:LAOD"), "matches (did you mean workflow:LOAD?)"),
    (("graph", "{}", "--workflow", "lod"), "unknown workflow 'lod' (did you mean LOAD?)"),
    (("schedule", "{}", "--workflow", "LAOD"), "unknown workflow 'LAOD' (did you mean LOAD?)"),
    (("dry-run", "{}", "--workflow", "LAOD"), "unknown workflow 'LAOD' (did you mean LOAD?)"),
    (("dry-run", "{}", "--fail", "extrct"), "unknown job extrct (did you mean EXTRACT?)"),
    (("explain-map", "LODA", "{}"), "unknown job LODA (did you mean LOAD?)"),
    (("explain", "A3033"), "unknown code 'A3033' (did you mean A303?)"),
    (("docs", "comands"), "unknown topic 'comands' (did you mean commands?)"),
    (("dialects", "dagmn"), "unknown dialect 'dagmn' (did you mean dagman?)"),
]


@pytest.mark.parametrize(("arguments", "hint"), MISTYPED, ids=str)
def test_a_mistyped_name_has_a_suggestion(
    arguments: tuple[str, ...], hint: str, estate: Path
) -> None:
    result = cli(*(part.format(estate) for part in arguments))
    assert result.exit_code == (1 if arguments[0] == "explain-map" else 2)
    assert hint in " ".join(result.stderr.split())


def test_nothing_is_suggested_for_a_word_like_no_other() -> None:
    assert not did_you_mean("xyzzy", ["convert", "check"])
    assert did_you_mean("b", []) == ""
    assert did_you_mean("load", ["LOAD", "Load"]) == " (did you mean LOAD?)"


def completed(*words: str) -> list[str]:
    """What the shell offers for the last word."""
    shell = BashComplete(main, {}, "transpile", "_TRANSPILE_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


def test_the_shell_completes_words() -> None:
    assert completed("") == COMMANDS
    assert completed("exp") == ["explain-map", "explain"]
    assert completed("explain", "a30")[:3] == ["A302", "A303", "A304"]
    assert completed("docs", "set") == ["settings"]
    assert completed("check", "--from", "aut") == ["autosys"]
    assert completed("dry-run", "--from", "aut") == ["autosys"]
    assert completed("dialects", "dag") == ["dagman"]
    assert completed("schema", "in") == ["inventory"]
    assert completed("check", "--stri") == ["--strict"]
    assert completed("check", "--format", "s") == ["sarif"]
    assert completed("frobnicate", "x") == []


@pytest.mark.parametrize(
    ("wishes", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1"}, False),
    ],
)
@pytest.mark.parametrize("by", ["click", "rich"])
def test_colours(
    by: str,
    wishes: dict[str, str],
    coloured: bool,
    estate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in wishes.items():
        monkeypatch.setenv(name, value)
    result = cli(*(("check", estate) if by == "click" else ("dry-run", estate)))
    assert ("\x1b[" in result.stdout) is coloured
    # Without a terminal no line is wrapped, and no bar is drawn.
    assert max(map(len, result.stdout.splitlines())) > 80 or by == "rich"
    assert "━" not in result.output
