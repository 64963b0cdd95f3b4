"""OUT is a package: every way to run and register it, and what a task's container finds."""

import json
import tarfile
from pathlib import Path

import pytest

from tests.admin import Door, open_door
from tests.support import ROOT, cli, installed, python
from tests.test_registration import register

ALONE = {"PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
"""Nothing but the modules' own path line says where the package is."""

NIGHT = "insert_job: NIGHT\ncommand: echo night ran\n"
LEDGER = """
insert_job: LEDGER
job_type: b
insert_job: LOAD
box_name: LEDGER
command: echo ledger ran
insert_job: POST
box_name: LEDGER
command: echo post
condition: s(LOAD)
"""
TASKS = {
    "flows.night.night_job",
    "flows.fin.gl.ledger.load",
    "flows.fin.gl.ledger.post",
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An estate with a module in OUT and one two folders below."""
    write(tmp_path / "estate", {"a.jil": NIGHT, "fin/gl/b.jil": LEDGER})
    place = tmp_path / "place" / "flows"
    assert cli("convert", tmp_path / "estate", "-o", place).exit_code == 0
    return place


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("{out}/night.py",),
        ("night.py",),
        ("-m", "flows.night"),
        ("{out}/fin/gl/ledger.py",),
        ("ledger.py",),
        ("-m", "flows.fin.gl.ledger"),
    ],
)
def test_each_module_runs(out: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    places = {"night.py": out, "ledger.py": out / "fin" / "gl", "-m": out.parent}
    words = [word.format(out=out) for word in arguments]
    done = python(*words, cwd=places.get(words[0], tmp_path), env=ALONE)
    assert done.returncode == 0, done.stderr
    assert "ran" in done.stdout


@pytest.mark.parametrize(
    ("target", "inside", "copy"),
    [
        ("flows", "..", "auto"),
        ("flows", "..", "all"),
        ("flows", "..", "none"),
        (".", ".", "auto"),
        ("place/flows", "../..", "auto"),
        ("flows/fin/gl/ledger.py", "..", "auto"),
        ("flows/fin", "..", "auto"),
        ("gl/ledger.py", "fin", "all"),
    ],
)
def test_tasks_are_called_the_same_however_they_are_registered(
    out: Path, tmp_path: Path, target: str, inside: str, copy: str
) -> None:
    """And a container finds each by that name, with the uploaded code alone."""
    with open_door(tmp_path) as door:
        said = register(door, "--copy", copy, "--version", "1", target, cwd=out / inside)
        assert not door.refused, said
        names = {name for name, _ in door.tasks}
    some = {name for name in TASKS if "ledger" in name}
    assert names == (TASKS if target in ("flows", ".", "place/flows") else some), said
    if copy != "none":
        load_as_a_container(door, tmp_path / "pod", names)


LOAD = """
import sys
from flytekit.core.context_manager import ExecutionState, FlyteContextManager
from flytekit.core.python_auto_container import default_task_resolver

context = FlyteContextManager.current_context()
state = context.new_execution_state().with_params(mode=ExecutionState.Mode.TASK_EXECUTION)
with FlyteContextManager.with_context(context.with_execution_state(state)):
    for name in sys.argv[1:]:
        module, _, task = name.rpartition(".")
        loader = ["task-module", module, "task-name", task]
        assert default_task_resolver.load_task(loader).name == name
"""


def load_as_a_container(door: Door, pod: Path, names: set[str]) -> None:
    """Load tasks as pyflyte-execute does, from what was uploaded; nothing is logged."""
    (archive,) = door.folder.rglob("*.tar.gz")
    pod.mkdir()
    with tarfile.open(archive) as tar:
        # Older patch releases of Python have no filters.
        filtered = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        tar.extractall(pod, **filtered)  # type: ignore[arg-type]
    env = {"PYTHONPATH": str(pod), "FLYTE_SDK_LOGGING_LEVEL": "40"}
    done = python("-c", LOAD, *sorted(names), cwd=pod, env=env)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_log_of_a_container_would_have_an_error_for_each_node(
    out: Path, tmp_path: Path
) -> None:
    """Without the filter; with it flytekit still tells a task that calls another one."""
    helpers = out / "job_runtime.py"
    text = helpers.read_text(encoding="utf-8")
    env = {"PYTHONPATH": str(out.parent), "FLYTE_SDK_LOGGING_LEVEL": "40"}
    call = LOAD + "    from flows.night import night_job\n    night_job()\n"
    said = [python("-c", call, env=env).stderr]
    helpers.write_text(text.replace("logger.addFilter(", "("), encoding="utf-8")
    said.append(python("-c", call, env=env).stderr)
    assert [each.count("not supposed to nest") for each in said] == [1, 2]


def test_pyflyte_runs_and_packages_it(out: Path, tmp_path: Path) -> None:
    env = {"PYTHONPATH": ""}
    ran = installed("pyflyte", "run", out / "fin/gl/ledger.py", "ledger", cwd=tmp_path, env=env)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    words = ("--pkgs", "flows", "package", "--image", "i:1", "--source", ".", "-o", "p.tgz")
    done = installed("pyflyte", *words, cwd=out.parent, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    with tarfile.open(out.parent / "p.tgz") as tar:
        names = {entry.partition("_")[2] for entry in tar.getnames()}
    assert {f"{name}_1.pb" for name in TASKS} <= names


def test_a_module_that_needs_no_helpers_keeps_the_log_clean_too(tmp_path: Path) -> None:
    write(tmp_path, {"a.jil": "insert_job: A\njob_type: odd\n"})
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "flows")
    text = (tmp_path / "flows" / "a.py").read_text(encoding="utf-8")
    assert "flows.job_runtime" in text


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("my-flows", "my_flows"),
        ("2024", "flows_2024"),
        ("class", "class_flows"),
        ("json", "json_flows"),
        ("test", "test_flows"),
        ("flytekit", "flytekit_flows"),
        ("transpile", "transpile_flows"),
        ("job_runtime", "job_runtime_flows"),
        ("con", "con_flows"),
        ("a.b", "a_b"),
        ("größe", "groe"),
        ("...", "flows"),
    ],
)
def test_names_that_no_package_can_have(tmp_path: Path, name: str, better: str) -> None:
    write(tmp_path, {"a.jil": NIGHT})
    result = cli("convert", tmp_path / "a.jil", "-o", tmp_path / name)
    assert result.exit_code == 2
    assert f"use --package {better}" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["a.jil"]
    asked = cli("convert", tmp_path / "a.jil", "-o", tmp_path / "x", "--package", name)
    assert asked.exit_code == 2
    good = cli("convert", tmp_path / "a.jil", "-o", tmp_path / name, "--package", better)
    assert good.exit_code == 0
    done = python(tmp_path / name / better / "night.py", env=ALONE)
    assert "night ran" in done.stdout, done.stderr


def test_a_package_that_mapped_jobs_come_from(tmp_path: Path) -> None:
    result = cli("convert", ROOT / "samples" / "mapping", "-o", tmp_path / "acme")
    assert result.exit_code == 2
    assert "use --package acme_flows" in result.output


def test_a_package_of_another_name_stands_in_out(tmp_path: Path) -> None:
    settings = '[options]\npackage = "flows"\n'
    write(tmp_path, {"in/a.jil": NIGHT, "in/b/c.jil": LEDGER, "in/transpile.toml": settings})
    out = tmp_path / "build-1"
    assert cli("convert", tmp_path / "in", "-o", out).exit_code == 0
    made = {path.relative_to(out).as_posix() for path in out.rglob("*.py")}
    assert made == {
        "flows/__init__.py",
        "flows/job_runtime.py",
        "flows/night.py",
        "flows/b/__init__.py",
        "flows/b/ledger.py",
    }
    assert (out / "report.json").is_file()
    assert "unchanged  everything" in cli("convert", tmp_path / "in", "-o", out).output
    assert "NIGHT started by hand: succeeded" in cli("dry-run", out).output
    failed = json.loads(
        cli("dry-run", out / "flows/b/ledger.py", "--fail", "LOAD", "--format", "json").stdout
    )
    assert failed["jobs"]["LEDGER"]["state"] == "failed"
    packed = cli("package", out, "--image", "i:1", "-o", tmp_path / "p.tgz")
    assert packed.exit_code == 0, packed.output
    (tmp_path / "in" / "b" / "c.jil").unlink()
    cli("convert", tmp_path / "in", "-o", out, "--prune")
    assert not (out / "flows" / "b").exists()


def test_the_package_counts_in_what_stands_there(tmp_path: Path) -> None:
    """A folder that was renamed is made anew."""
    write(tmp_path, {"a.jil": NIGHT})
    cli("convert", tmp_path / "a.jil", "-o", tmp_path / "one")
    (tmp_path / "one").rename(tmp_path / "two")
    assert "unchanged" not in cli("convert", tmp_path / "a.jil", "-o", tmp_path / "two").output[:40]
    text = (tmp_path / "two" / "night.py").read_text(encoding="utf-8")
    assert "from two.job_runtime import" in text


@pytest.mark.parametrize("given", [".", "../flows", "link", "flows/"])
def test_the_real_folder_gives_the_name(
    tmp_path: Path, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a.jil": NIGHT})
    flows = tmp_path / "flows"
    flows.mkdir()
    (tmp_path / "link").symlink_to(flows)
    monkeypatch.chdir(flows if given in (".", "../flows") else tmp_path)
    assert cli("convert", tmp_path / "a.jil", "-o", given).exit_code == 0
    text = (flows / "night.py").read_text(encoding="utf-8")
    assert "from flows.job_runtime import" in text
    assert "night ran" in python(Path(given) / "night.py", cwd=Path.cwd(), env=ALONE).stdout


def test_no_module_hides_the_package(tmp_path: Path) -> None:
    """Run as a script, a module finds those of its own folder first."""
    write(
        tmp_path,
        {
            "a.jil": NIGHT,
            "night/b.jil": LEDGER,
            "x/c.jil": "insert_job: Night\ncommand: echo too\n",
        },
    )
    out = tmp_path / "night"
    assert cli("convert", tmp_path, "-o", out / "night").exit_code == 0
    for path in (out / "night").rglob("*.py"):
        done = python(path, env=ALONE)
        assert done.returncode == 0, done.stderr
    assert not list((out / "night").rglob("night.py"))


def test_an_init_of_the_users(tmp_path: Path) -> None:
    write(tmp_path, {"a.jil": NIGHT, "out/__init__.py": ""})
    assert cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out").exit_code == 0
    write(tmp_path, {"own/__init__.py": "VERSION = 1\n"})
    result = cli("convert", tmp_path / "a.jil", "-o", tmp_path / "own")
    assert "__init__.py:1:1: error[A901]" in result.output
    assert (tmp_path / "own" / "__init__.py").read_text(encoding="utf-8") == "VERSION = 1\n"


# ---------------------------------------------------------------- Windows

DEVICES = {"aux", "con", "nul", "prn", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))}


def test_a_checkout_on_windows_has_every_file(tmp_path: Path) -> None:
    names = ["CON", "con", "Con.", "NUL", "aux ", "COM1", "LPT9", "Prn", "x" * 300, "N" * 120]
    files = {
        f"{folder}/{number}.jil": f"insert_job: {name}{suffix}\ncommand: true\n"
        for folder, suffix in (("con", ""), ("CON", "_"), ("aux.", "."), ("Aux", " "), ("a", "#"))
        for number, name in enumerate(names)
    }
    write(tmp_path / "in", files)
    cli("convert", tmp_path / "in", "-o", tmp_path / "flows")
    made = [path.relative_to(tmp_path / "flows") for path in (tmp_path / "flows").rglob("*")]
    assert len(made) > 20
    assert len({str(path).lower() for path in made}) == len(made)
    for path in made:
        name = path.name
        assert name.partition(".")[0].lower() not in DEVICES, path
        assert name == name.rstrip(". "), path
        assert not set(name) & set('<>:"|?*\\'), path
        assert len(name) <= 80, path
