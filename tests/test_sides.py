"""Long modules: sub-workflows stand in side modules, and nothing else changes."""

import json
import re
import tarfile
from pathlib import Path

import pytest

from tests.admin import open_door
from tests.support import GOLDEN, ROOT, cli, installed, plan, python, read
from tests.test_package_layout import ALONE, load_as_a_container, write
from tests.test_registration import register
from transpile.cli.subjects import verify_module, write_modules
from transpile.pipeline import read_estate
from transpile.report.excerpts import Emitted
from transpile.targets.flyte import sides
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.flyte.sides import files_of
from transpile.targets.printing import render_module
from transpile.team import Settings


def box(name: str, jobs: int, condition: str = "", around: str = "NIGHT") -> str:
    """A box of jobs in a row, inside another box."""
    head = f"insert_job: {name}\njob_type: b\nbox_name: {around}\napplication: FIN\n"
    rows = [head + (f"condition: {condition}\n" if condition else "")]
    for number in range(jobs):
        row = f"insert_job: {name}_{number}\nbox_name: {name}\ncommand: echo {name} {number} ran\n"
        rows.append(row + (f"condition: s({name}_{number - 1})\n" if number else ""))
    return "\n".join(rows)


NIGHT = "insert_job: NIGHT\njob_type: b\napplication: FIN\n"
ESTATE = "\n".join(
    [
        NIGHT,
        box("LOAD", 4),
        box("POST", 9, "s(LOAD)"),
        box("LEDGER", 3, around="POST"),
        box("SEND", 2, "s(POST)"),
    ]
)
TASKS = {
    *(f"flows.fin.night__load.load_{number}" for number in range(4)),
    *(f"flows.fin.night__post.post_{number}" for number in range(9)),
    *(f"flows.fin.night__ledger.ledger_{number}" for number in range(3)),
    *(f"flows.fin.night.send_{number}" for number in range(2)),
}


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Modules are long from 75 lines on."""
    monkeypatch.setattr(sides, "MOST_LINES", 75)


@pytest.fixture
def out(tmp_path: Path, short: None) -> Path:
    """An estate of one file whose only module is long, in a folder by application."""
    layout = '[layout]\nfolder = "application"\n'
    write(tmp_path / "estate", {"night.jil": ESTATE, "transpile.toml": layout})
    place = tmp_path / "place" / "flows"
    assert cli("convert", tmp_path / "estate", "-o", place).exit_code == 0
    return place


def made(out: Path) -> set[str]:
    return {path.name for path in (out / "fin").glob("night*.py")}


# ---------------------------------------------------------------- which workflows leave


def test_sub_workflows_stand_beside_the_workflow(out: Path) -> None:
    assert made(out) == {"night.py", "night__load.py", "night__post.py", "night__ledger.py"}
    text = (out / "fin" / "night.py").read_text(encoding="utf-8")
    assert "from flows.fin.night__load import load\n" in text
    assert "night__ledger" not in text
    text = (out / "fin" / "night__post.py").read_text(encoding="utf-8")
    assert text.startswith('"""POST of NIGHT, converted by transpile from night.jil."""\n')
    assert "from flows.fin.night__ledger import ledger\n" in text


def sizes(modules: tuple[ModulePlan, ...]) -> list[int]:
    return [render_module(module).count("\n") for module in modules]


def test_no_file_is_much_longer_than_the_limit() -> None:
    text = "\n".join([NIGHT, *(box(f"B{number}", 12) for number in range(30))])
    (module,), _ = plan(text)
    files = files_of(module)
    assert len(files) < 8
    assert max(sizes(files)) < 1.25 * sides.MOST_LINES
    assert sum(sizes(files)) > 2 * sides.MOST_LINES


def test_short_neighbours_stay_together(short: None) -> None:
    text = "\n".join([NIGHT, *(box(f"B{number}", 1) for number in range(8))])
    (module,), _ = plan(text)
    *others, main = files_of(module)
    assert main.name == "night"
    moved = [[workflow.name for workflow in file.workflows] for file in others]
    assert max(map(len, moved)) > 1
    assert [file.title for file in others if len(file.workflows) == 1] != [others[0].title]


def test_a_workflow_without_boxes_stays_whole(short: None) -> None:
    (module,), _ = plan(box("B", 30).replace("box_name: NIGHT\n", ""))
    assert files_of(module) == (module,)


def test_a_far_job_changes_no_side_module(short: None) -> None:
    def texts(estate: str) -> dict[str, str]:
        modules, _ = plan(estate)
        files = (file for module in modules for file in files_of(module))
        return {file.path: render_module(file) for file in files}

    before = texts(ESTATE)
    after = texts(ESTATE + "\ninsert_job: NIGHT__LOAD\ncommand: true\n")
    assert {path: after[path] for path in before} == before
    assert after.keys() - before.keys() == {"night_load.py"}


# ---------------------------------------------------------------- what they hold


def test_each_file_defines_the_tasks_that_it_shares(short: None, tmp_path: Path) -> None:
    """A missing job has one task in a module; a side module has its own."""
    text = NIGHT + "\n".join(box(name, 4, "s(NOWHERE)") for name in ("A", "B", "C"))
    write(tmp_path, {"x.jil": text.replace("box_name: A\n", "box_name: A\ncondition: s(LOST)\n")})
    cli("convert", tmp_path / "x.jil", "-o", tmp_path / "flows")
    done = python("-c", "import flows.night", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", ["entity", "template"])
def test_imports_go_along(short: None, tmp_path: Path, kind: str) -> None:
    template = (
        "from tools import twice\n\n@task\n"
        "def {{ task.function | name }}({{ task.parameters | parameters }}) -> int:\n"
        "    return twice({{ task.result | py }})\n"
    )
    rule = 'entity = "tools:double"' if kind == "entity" else 'kind = "twice.py.jinja"'
    tools = (
        "from flytekit import task\n\ndef twice(x: int) -> int:\n    return 2 * x\n\n"
        "@task\ndef double() -> int:\n    return 2\n"
    )
    write(
        tmp_path,
        {
            "x.jil": ESTATE,
            "transpile.toml": f'[[map]]\njob = "LOAD_1"\n{rule}\n',
            "twice.py.jinja": template,
            "tools.py": tools,
        },
    )
    result = cli("convert", tmp_path / "x.jil", "-o", tmp_path / "flows")
    assert result.exit_code == 0, result.output
    modules = (tmp_path / "flows").glob("*.py")
    found = [path.name for path in modules if re.search(r"\btools\b", path.read_text())]
    assert found == ["night__load.py"]
    done = python("flows/night.py", cwd=tmp_path, env={"PYTHONPATH": "."})
    assert done.returncode == 0, done.stderr


CASES = [*(ROOT / "samples").iterdir(), *(folder / "input" for folder in GOLDEN.iterdir())]
FORMS = [{}, {"style": "declarative"}, {"branch": "native"}, {"max_nodes": 4}]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: "".join(form) or "default")
def test_divided_modules_do_what_the_source_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: dict[str, str]
) -> None:
    """Every sub-workflow of the samples and goldens in a module of its own."""
    divided = 0
    for number, case in enumerate(path for path in CASES if path.is_dir()):
        settings = Settings()
        settings.use_form(**form)
        planned = read_estate([str(case)], settings=settings).planned
        whole = write_modules(planned, tmp_path / "whole" / str(number))
        with monkeypatch.context() as patch:
            patch.setattr(sides, "MOST_LINES", 1)
            parts = write_modules(planned, tmp_path / "divided" / str(number))
            files = [files_of(written.module) for written in parts]
        for one, other, found in zip(whole, parts, files, strict=True):
            if len(found) > 1:
                divided += 1
                assert verify_module(other, 10, 0) == verify_module(one, 10, 0)
            for file in found:
                compile(render_module(file), file.path, "exec")
    assert divided > 8


# ---------------------------------------------------------------- what uses them


@pytest.mark.parametrize(
    ("target", "inside", "copy"),
    [
        ("flows", "..", "auto"),
        ("flows", "..", "all"),
        (".", ".", "auto"),
        ("place/flows", "../..", "auto"),
        ("flows/fin", "..", "auto"),
        ("flows/fin/night.py", "..", "auto"),
        ("night.py", "fin", "all"),
    ],
)
def test_tasks_are_called_the_same_however_they_are_registered(
    out: Path, tmp_path: Path, target: str, inside: str, copy: str
) -> None:
    """Also those that a module imports; a container finds each with the uploaded code alone."""
    with open_door(tmp_path) as door:
        said = register(door, "--copy", copy, "--version", "1", target, cwd=out / inside)
        assert not door.refused, said
        names = {name for name, _ in door.tasks}
        assert {name for name, _ in door.workflows} == {"NIGHT", "LOAD", "POST", "LEDGER", "SEND"}
    assert names == TASKS, said
    load_as_a_container(door, tmp_path / "pod", names)


@pytest.mark.parametrize("arguments", [("{out}/fin/night.py",), ("-m", "flows.fin.night")])
def test_the_module_runs_from_anywhere(
    out: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    words = [word.format(out=out) for word in arguments]
    done = python(*words, cwd=out.parent if "-m" in words else tmp_path, env=ALONE)
    assert done.returncode == 0, done.stderr
    assert all(f"{name} 0 ran" in done.stdout for name in ("LOAD", "POST", "LEDGER", "SEND"))


def test_pyflyte_runs_and_transpile_packages_it(out: Path, tmp_path: Path) -> None:
    ran = installed("pyflyte", "run", out / "fin/night.py", "night", cwd=tmp_path, env=ALONE)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    archive = tmp_path / "p.tgz"
    result = cli("package", out, "--image", "i:1", "--copy", "auto", "-o", archive)
    assert result.exit_code == 0, result.output
    with tarfile.open(archive) as tar:
        names = {entry.partition("_")[2] for entry in tar.getnames()}
    assert {f"{name}_1.pb" for name in TASKS} <= names


def test_a_dry_run_takes_the_folder_and_the_module(out: Path, tmp_path: Path) -> None:
    expected = cli("dry-run", tmp_path / "estate", "--fail", "LEDGER_1")
    for target in (out, out / "fin", out / "fin" / "night.py"):
        result = cli("dry-run", target, "--fail", "LEDGER_1")
        assert result.exit_code == 1
        assert result.stdout == expected.stdout
    refused = cli("dry-run", out / "fin" / "night__load.py")
    assert refused.exit_code == 2
    assert "part of the workflow of fin.night" in refused.output


def test_reports_say_where_workflows_stand(out: Path) -> None:
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    (row,) = report["workflows"]
    assert row["module"] == "fin.night"
    assert row["sides"] == {
        "fin.night__load": ["load"],
        "fin.night__ledger": ["ledger"],
        "fin.night__post": ["post"],
    }
    assert {node["module"] for node in report["nodes"]} == {"fin.night"}
    assert row["nodes"] == len(report["nodes"])


def test_excerpts_name_the_file_of_a_job(short: None) -> None:
    (module,), _ = plan(ESTATE)
    texts = {file.path: render_module(file) for file in files_of(module)}
    code = Emitted(module, texts)
    jobs = read(ESTATE)[0].jobs
    for name, path in {"LEDGER_1": "night__ledger.py", "SEND_1": ""}.items():
        found = list(code.of(jobs[name], is_root=False))
        assert {excerpt.path for excerpt in found} == {path}
        for excerpt in found:
            lines = texts[path or "night.py"].split("\n")[excerpt.line - 1 :]
            assert [line.strip() for line in excerpt.text.split("\n")] == [
                line.strip() for line in lines[: excerpt.text.count("\n") + 1]
            ]


def test_a_change_rewrites_the_side_module_alone(out: Path, tmp_path: Path) -> None:
    source = tmp_path / "estate" / "night.jil"
    source.write_text(ESTATE.replace("LOAD 2 ran", "LOAD two ran"), encoding="utf-8")
    stamps = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    assert cli("convert", tmp_path / "estate", "-o", out).exit_code == 0
    changed = {path.name for path, stamp in stamps.items() if path.stat().st_mtime_ns != stamp}
    assert changed == {"night__load.py", "report.html", ".transpile.json"}


def test_a_side_module_that_is_needed_no_more_is_named(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sides, "MOST_LINES", 1500)
    # The limit is no setting: a change of the source makes the conversion plan again.
    (tmp_path / "estate" / "more.jil").write_text("insert_job: X\ncommand: x\n", encoding="utf-8")
    said = cli("convert", tmp_path / "estate", "-o", out, "--format", "json").output
    stale = {row["file"] for row in json.loads(said)["diagnostics"] if row["code"] == "A903"}
    assert stale == {f"fin/night__{name}.py" for name in ("load", "ledger", "post")}
    cli("convert", tmp_path / "estate", "-o", out, "--prune")
    assert made(out) == {"night.py"}
    assert not re.search("night__", (out / "fin" / "night.py").read_text(encoding="utf-8"))
