"""`transpile package`."""

import gzip
import io
import os
import shutil
import tarfile
from pathlib import Path

import pytest
from flyteidl.admin.launch_plan_pb2 import LaunchPlan
from flyteidl.admin.task_pb2 import TaskSpec
from flyteidl.admin.workflow_pb2 import WorkflowSpec

from tests.admin import checks
from tests.support import GOLDEN, ROOT, cli, installed, python
from transpile.findings.finding import CODES
from transpile.model import Form
from transpile.targets.printing import render_runtime

IMAGE = "registry.example.com/team/jobs:1.0"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "expected").is_dir())
JOB = "insert_job: {name}\ncommand: echo ran\n"
Entity = TaskSpec | WorkflowSpec | LaunchPlan
MESSAGES: dict[str, type[Entity]] = {"1": TaskSpec, "2": WorkflowSpec, "3": LaunchPlan}


def converted(folder: Path, jobs: dict[str, str]) -> Path:
    """OUT for source files with one job each."""
    for file, name in jobs.items():
        path = folder / "estate" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(JOB.format(name=name), encoding="utf-8")
    cli("convert", folder / "estate", "-o", folder / "out")
    return folder / "out"


def entities(archive: Path) -> dict[tuple[str, str], Entity]:
    """What is in a package, by kind and name, without what no two processes do alike."""
    found = {}
    with tarfile.open(archive) as tar:
        for entry in tar.getmembers():
            _, _, name = entry.name.removesuffix(".pb").partition("_")
            name, _, kind = name.rpartition("_")
            message = MESSAGES[kind].FromString(tar.extractfile(entry).read())  # type: ignore[union-attr]
            if isinstance(message, WorkflowSpec):
                for template in (message.template, *message.sub_workflows):
                    for node in template.nodes:
                        node.upstream_node_ids.sort()
            found[kind, name] = message
    return found


def test_it_packs_what_pyflyte_packs(tmp_path: Path) -> None:
    """Flat and nested modules alike, message by message."""
    out = tmp_path / "out"
    cli("convert", ROOT / "samples", "-o", out)
    result = cli("package", out, "--image", IMAGE, "-o", tmp_path / "ours.tgz")
    assert result.exit_code == 0
    done = installed(
        "pyflyte",
        *("--pkgs=out", "package", "--image", IMAGE, "--source", ".", "-o", "theirs.tgz"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ours = entities(tmp_path / "ours.tgz")
    assert ours == entities(tmp_path / "theirs.tgz")
    kinds = [kind for kind, _ in ours]
    counted = f"{kinds.count('1')} tasks, {kinds.count('2')} workflows, {kinds.count('3')} launch"
    assert f"packed     {counted}" in result.output
    assert "NIGHT.schedule: CRON_TZ=Europe/London 15 22 * * 1-6" in result.output


def test_the_same_modules_give_the_same_bytes(tmp_path: Path) -> None:
    """In this process and in another one, with another seed of its hashes."""
    out = converted(tmp_path, {"a.jil": "A", "b/c.jil": "B"})
    arguments = ("package", out, "--image", IMAGE, "--copy", "auto", "-o")
    assert cli(*arguments, tmp_path / "one.tgz").exit_code == 0
    done = installed("transpile", *arguments, tmp_path / "two.tgz", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "one.tgz").read_bytes() == (tmp_path / "two.tgz").read_bytes()


def refused(archive: Path) -> list[str]:
    """What flyteadmin would refuse of a package, once flytectl has said which project it is for."""
    found = entities(archive)
    tasks = {name: message for (_, name), message in found.items() if isinstance(message, TaskSpec)}
    reasons: list[str] = []
    for (_, name), message in found.items():
        if isinstance(message, LaunchPlan):
            workflow = found["2", message.spec.workflow_id.name]
            assert isinstance(workflow, WorkflowSpec)
            why = [*checks.launch_plan(message.spec, workflow.template.interface)]
        elif isinstance(message, WorkflowSpec):
            why = [*checks.workflow(message, tasks)]
        else:
            why = [*checks.task(tasks[name])]
        place = message.id if isinstance(message, LaunchPlan) else message.template.id
        place.project = place.domain = place.version = "given"
        reasons += [f"{name}: {reason}" for reason in (*why, *checks.identifier(place))]
    return reasons


@pytest.mark.parametrize("case", CASES)
def test_nothing_in_the_goldens_would_be_refused(case: str, tmp_path: Path) -> None:
    out = tmp_path / "expected"
    shutil.copytree(GOLDEN / case / "expected", out)
    (out / "job_runtime.py").write_text(render_runtime(Form(branching=True)), encoding="utf-8")
    result = cli("package", out, "--image", IMAGE, "-o", tmp_path / "p.tgz")
    assert result.exit_code == 0, result.output
    assert refused(tmp_path / "p.tgz") == []


def test_what_is_refused_was_reported(tmp_path: Path) -> None:
    """More nodes than Flyte takes by default: A601 where the sources are converted."""
    source = tmp_path / "a.jil"
    source.write_text(CODES["A601"].example, encoding="utf-8")
    assert "A601" in cli("convert", source, "-o", tmp_path / "out").output
    cli("package", tmp_path / "out", "--image", IMAGE, "-o", tmp_path / "p.tgz")
    (reason,) = refused(tmp_path / "p.tgz")
    assert "number of nodes in workflow exceeds limit (102 > 100)" in reason


def test_modules_go_along_when_asked(tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "A", "b/c.jil": "B"})
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    result = cli("package", out, "--image", IMAGE, "--copy", "auto", "-o", tmp_path / "p.tgz")
    assert "code       in the package" in result.output
    with tarfile.open(tmp_path / "p.tgz") as tar:
        (name,) = (name for name in tar.getnames() if name.startswith("fast"))
        code = gzip.decompress(tar.extractfile(name).read())  # type: ignore[union-attr]
    with tarfile.open(fileobj=io.BytesIO(code)) as inner:
        names = ("__init__.py", "a.py", "b/__init__.py", "b/b.py", "job_runtime.py")
        assert set(inner.getnames()) == {f"out/{name}" for name in names}


def test_tasks_that_exist_elsewhere(tmp_path: Path) -> None:
    """The package has the task; that its code is not in there is said."""
    sample = ROOT / "samples" / "mapping"
    cli("convert", sample, "-o", tmp_path / "out")
    done = installed(
        "transpile",
        *("package", "out", "--image", IMAGE, "--copy", "auto", "-o", "p.tgz"),
        cwd=tmp_path,
        env={"PYTHONPATH": f"{ROOT}{os.pathsep}{sample}"},
    )
    assert "the image needs acme.tasks, too" in done.stdout
    with tarfile.open(tmp_path / "p.tgz") as tar:
        assert {"0_acme.tasks.slope_1.pb", "2_imperative_wf_2.pb"} <= set(tar.getnames())


def test_nothing_is_written_over_unasked(tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "A"})
    target = tmp_path / "p.tgz"
    target.write_text("mine", encoding="utf-8")
    result = cli("package", out, "--image", IMAGE, "-o", target)
    assert result.exit_code == 2
    assert "--force" in result.output
    assert target.read_text(encoding="utf-8") == "mine"
    assert cli("package", out, "--image", IMAGE, "-o", target, "--force").exit_code == 0
    assert tarfile.is_tarfile(target)


def test_nothing_to_package(tmp_path: Path) -> None:
    result = cli("package", tmp_path, "--image", IMAGE, "-o", tmp_path / "p.tgz")
    assert result.exit_code == 1
    assert "error[A940]" in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("line", "reason", "place"),
    [
        ("import nowhere_to_be_found", "PYTHONPATH says where to look", 2),
        ("def (", "SyntaxError", 2),
        ("raise SystemExit(3)", "SystemExit", 2),
        ("Workflow(name=1 / 0)", "ZeroDivisionError", 2),
        ("raise type('Mute', (Exception,), {'__str__': None})", "Mute: no message", 2),
    ],
)
def test_a_module_that_does_not_import(line: str, reason: str, place: int, tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "A"})
    for name in ("mine", "too"):
        text = f"from flytekit import Workflow\n{line}\n"
        (out / f"{name}.py").write_text(text, encoding="utf-8")
    result = cli("package", out, "--image", IMAGE, "-o", tmp_path / "p.tgz")
    assert result.exit_code == 1
    for name in ("mine", "too"):
        assert f"{name}.py:{place}:1: error[A941]" in result.output
    assert reason in result.output
    assert not (tmp_path / "p.tgz").exists()


def test_what_flytekit_cannot_serialise(tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "A"})
    text = """from flytekit import Workflow, task

@task
def job() -> int:
    return 0

again = Workflow(name="AGAIN")
first, second = again.add_entity(job), again.add_entity(job)
first >> second
second >> first
"""
    (out / "mine.py").write_text(text, encoding="utf-8")
    result = cli("package", out, "--image", IMAGE, "-o", tmp_path / "p.tgz")
    assert result.exit_code == 1
    assert "error[A941]" in result.output
    assert "RecursionError" in result.output


def test_two_of_one_name(tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "A"})
    (out / "b.py").write_text((out / "a.py").read_text(encoding="utf-8"), encoding="utf-8")
    result = cli("package", out, "--image", IMAGE, "-o", tmp_path / "p.tgz")
    assert result.exit_code == 1
    assert "error[A942]: 2 workflows are called A" in result.output
    assert not (tmp_path / "p.tgz").exists()


def test_a_module_in_a_folder_that_is_no_package(tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "A", "b/c.jil": "B"})
    (out / "b" / "__init__.py").unlink()
    (out / ".venv").mkdir()
    shutil.copy(out / "a.py", out / ".venv" / "a.py")
    result = cli("package", out, "--image", IMAGE, "-o", tmp_path / "p.tgz")
    assert result.exit_code == 0
    assert result.output.count("A943") == 1
    assert "b.py:1:1: warning[A943]" in result.output
    assert {name for _, name in entities(tmp_path / "p.tgz")} == {"A", "out.a.a_job"}


def test_a_module_called_like_one_of_ours(tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "TRANSPILE", "b.jil": "LARK"})
    assert (out / "transpile.py").is_file()
    assert cli("package", out, "--image", IMAGE, "-o", tmp_path / "p.tgz").exit_code == 0
    assert {"TRANSPILE", "LARK"} <= {name for _, name in entities(tmp_path / "p.tgz")}


@pytest.mark.parametrize(
    "images",
    [
        ["no-tag"],
        ["reg.io/Upper:1"],
        ["a:b:c"],
        ["a b:1"],
        [":1"],
        ["a:é"],
        ["../x:1"],
        ["gpu=a:1"],
        ["a:1", "b:2"],
        ["a:1", "gpu=a:1", "gpu=a:2"],
    ],
)
def test_images_that_are_none(images: list[str], tmp_path: Path) -> None:
    arguments = [word for image in images for word in ("--image", image)]
    assert cli("package", tmp_path, *arguments, "-o", tmp_path / "p.tgz").exit_code == 2


@pytest.mark.parametrize(
    "image", ["a:1", "localhost:5000/a/b_c:x.Y-1", f"h.io/a@sha256:{'0' * 64}"]
)
def test_images(image: str, tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "A"})
    images = ("--image", image, "--image", "gpu=b:2")
    result = cli("package", out, *images, "-o", tmp_path / "p.tgz")
    assert f"image      {image}\nimage      b:2 (gpu)\n" in result.output
    found = entities(tmp_path / "p.tgz")["1", "out.a.a_job"]
    assert isinstance(found, TaskSpec)
    assert found.template.container.image == image


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    out = converted(tmp_path, {"a.jil": "A"})
    result = cli("package", out, "--image", IMAGE, "-o", tmp_path / "no" / "p.tgz")
    assert result.exit_code == 1
    assert "error[A902]" in result.output


def test_without_flytekit(tmp_path: Path) -> None:
    code = "import sys; sys.modules['flytekit'] = None; from transpile.cli import main; main()"
    done = python("-c", code, "package", tmp_path, "--image", IMAGE)
    assert done.returncode == 2
    assert "package needs flytekit: pip install 'transpile[flyte]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_folder_that_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(converted(tmp_path, {"a.jil": "A", "b/c.jil": "B"}))
    result = cli("package", ".", "--image", IMAGE)
    assert result.exit_code == 0
    assert {name for _, name in entities(Path("flyte-package.tgz"))} == {
        *("A", "B", "out.a.a_job", "out.b.b.b_job"),
    }
