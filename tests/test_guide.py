"""README.md and pyproject.toml of OUT: what they say, that it works, and that texts stay texts."""

import re
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT, cli, python, shell
from tests.test_reports import LINKED
from transpile.output.project import FLYTEKIT, project
from transpile.report.guide import MOST_WORKFLOWS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NIGHT = """
insert_job: NIGHT
command: echo night ran
date_conditions: 1
days_of_week: mo,fr
start_times: "02:00, 04:30"
timezone: Europe/London
application: FIN
"""
HAND = "insert_job: HAND\ncommand: echo hand ran\n"


def convert(folder: Path, *more: str, text: str = NIGHT + HAND, file: str = "a.jil") -> Path:
    """The output folder `flows` of an estate of one file."""
    (folder / "estate").mkdir(exist_ok=True)
    (folder / "estate" / file).write_text(text, encoding="utf-8")
    layout = '[layout]\nfolder = "application"\n' if "application" in text else ""
    (folder / "estate" / "transpile.toml").write_text(layout, encoding="utf-8")
    result = cli("convert", folder / "estate", "-o", folder / "flows", *more)
    assert result.exit_code == 0, result.output
    return folder / "flows"


def readme(out: Path) -> str:
    return (out / "README.md").read_text(encoding="utf-8")


def row(cells: str) -> str:
    return f"\n| {cells} |\n"


# ---------------------------------------------------------------- README.md


def test_it_lists_workflows_with_their_clocks(tmp_path: Path) -> None:
    text = readme(convert(tmp_path))
    clocks = "`0,30 2,4 * * 1,5` Europe/London, at start times"
    assert row(f"NIGHT | `fin/night.py` | {clocks} | a.jil") in text
    assert row("HAND | `hand.py` | by hand | a.jil") in text
    assert "--activate NIGHT.schedule" in text


def test_it_lists_some_of_many(tmp_path: Path) -> None:
    jobs = "".join(f"insert_job: J{n:03}\ncommand: true\n" for n in range(MOST_WORKFLOWS + 5))
    text = readme(convert(tmp_path, text=jobs))
    assert text.count("| by hand |") == MOST_WORKFLOWS
    assert "`report.html` lists 5 more." in text
    assert "--activate" not in text.replace("--activate-launchplans", "")


def test_calendars_are_run_days(tmp_path: Path) -> None:
    calendar = "calendar: PAYDAYS\n01/31/2026 00:00\n02/27/2026 00:00\n"
    job = NIGHT.replace("days_of_week: mo,fr", "run_calendar: PAYDAYS").replace(", 04:30", "")
    text = readme(convert(tmp_path, text=job + calendar))
    assert re.search(r"\| `0 2 [^`]*` Europe/London, on run days \|", text)


@pytest.mark.parametrize("more", [(), ("--package", "jobs")])
def test_its_commands_run(tmp_path: Path, more: tuple[str, ...]) -> None:
    out = convert(tmp_path, *more)
    place = "jobs/" if more else ""
    blocks = re.findall(r"```sh\n(.*?)```", readme(out), re.DOTALL)
    (local,) = [block for block in blocks if block.startswith("python ")]
    assert f"python {place}fin/night.py\n" in local
    done = shell(f"set -e\n{local}", cwd=out)
    assert done.returncode == 0, done.stderr
    assert "night ran" in done.stdout
    (register,) = [block for block in blocks if block.startswith("pyflyte register")]
    assert register.endswith(f"--image IMAGE {place.rstrip('/') or '.'}\n")


def test_it_says_who_starts_and_waits(tmp_path: Path) -> None:
    text = readme(convert(tmp_path, text=LINKED))
    clock = "`15 22 * * *` Europe/London; waits for CLOSE"
    assert row(f"NIGHT | `night.py` | {clock} | a.jil") in text
    assert row("SUMMARY | `summary.py` | started by NIGHT, CLOSE | a.jil") in text
    assert row("ALONE | `alone.py` | by hand | a.jil") in text
    assert "## Waits and starts between workflows" in text
    assert "tasks do not know yet where Flyte Admin is" in text
    assert "Launch plans that end in `.start`" in text
    (tmp_path / "estate" / "transpile.toml").write_text('[platform]\nendpoint = "a.b:81"\n')
    cli("convert", tmp_path / "estate", "-o", tmp_path / "flows")
    assert "ask Flyte Admin at `a.b:81`" in readme(tmp_path / "flows")


def test_without_cuts_it_says_nothing_of_them(tmp_path: Path) -> None:
    text = readme(convert(tmp_path))
    assert "Waits and starts" not in text
    assert "0 errors (known to differ from the source, or left out) and 0 warnings\n" in text


def test_names_stay_text(tmp_path: Path) -> None:
    file = "a`|<b>[x](y) *z*.jil"
    text = readme(convert(tmp_path, text=NIGHT.replace("NIGHT", "A|B<i>`{{x}}"), file=file))
    assert r"a\`\|\<b>\[x\](y) \*z\*.jil" in text
    assert "<i>" not in text
    assert "{{" not in text


def test_nothing_converted_needs_neither(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text("/* nothing */\n", encoding="utf-8")
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "flows")
    names = {path.name for path in (tmp_path / "flows").iterdir()}
    assert names.isdisjoint({"README.md", "RUNBOOK.md", "pyproject.toml"})
    assert "report.md" in names


@pytest.mark.parametrize("name", ["README.md", "pyproject.toml"])
def test_an_edited_one_is_kept_beside_the_new_one(tmp_path: Path, name: str) -> None:
    out = convert(tmp_path)
    (out / name).write_text("edited", encoding="utf-8")
    result = cli("convert", tmp_path / "estate", "-o", out, "--package", "jobs")
    assert f"{name}:1:1: warning[A904]" in result.output
    assert (out / name).read_text(encoding="utf-8") == "edited"
    assert "jobs" in (out / f"{name}.new").read_text(encoding="utf-8")


# ---------------------------------------------------------------- pyproject.toml


BUILD = """
import sys
from hatchling.build import build_editable, build_wheel
print(build_wheel(sys.argv[1]))
print(build_editable(sys.argv[2]))
"""


@pytest.mark.parametrize("more", [(), ("--package", "jobs")])
def test_it_installs(tmp_path: Path, more: tuple[str, ...]) -> None:
    """With modules and nothing else; an editable installation imports from OUT."""
    out = convert(tmp_path, *more)
    package = more[1] if more else "flows"
    (out / ".venv").mkdir()
    (out / ".venv" / "other.py").write_text("", encoding="utf-8")
    done = python("-c", BUILD, tmp_path / "wheel", tmp_path / "editable", cwd=out)
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "wheel").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    modules = ("__init__", "hand", "job_runtime", "fin/__init__", "fin/night")
    assert names == {f"{package}/{name}.py" for name in modules}
    (editable,) = (tmp_path / "editable").iterdir()
    with zipfile.ZipFile(editable) as archive:
        (path,) = [archive.read(name) for name in archive.namelist() if name.endswith(".pth")]
    assert Path(path.decode().strip()) / package == (out / package if more else out)
    run = "import sys; sys.path[:0] = [sys.argv[1]]; import {0}.fin.night as n; print(n.__file__)"
    done = python("-c", run.format(package), wheel, cwd=tmp_path / "wheel")
    assert str(wheel) in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("package", "name"), [("flows", "flows"), ("_my_flows_", "my-flows"), ("__", "flows")]
)
def test_the_distribution_has_a_valid_name(package: str, name: str) -> None:
    for within in ("", f"{package}/"):
        data = tomllib.loads(project(package, within))
        assert data["project"]["name"] == name
        assert data["project"]["dependencies"] == [FLYTEKIT]


def test_flytekit_is_the_one_that_is_tested() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert FLYTEKIT in data["project"]["optional-dependencies"]["dev"]
