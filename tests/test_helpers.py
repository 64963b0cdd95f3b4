"""job_runtime.py: assembled from the helpers that the modules in OUT use, and nothing else."""

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import black
import pytest
from flytekit.exceptions.user import FlyteRecoverableException as RecoverableError

from tests.support import GOLDEN, ROOT, cli, python
from transpile import __version__
from transpile.model import Form
from transpile.model.outcome import KILLED, Outcome
from transpile.proof.attempts import CURRENT, Attempts
from transpile.proof.commands import helpers
from transpile.proof.processes import Processes
from transpile.targets.flyte.helpers import BRANCHING, MODULES
from transpile.targets.flyte.names import HELPERS
from transpile.targets.flyte2.names import HELPERS as FLYTE2_HELPERS
from transpile.targets.helper_use import HelperUse
from transpile.targets.printing import render_runtime

RUNTIME = ROOT / "transpile" / "runtime"
FLYTE2 = Form(target="flyte2")
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "expected").is_dir())


def assemble(names: Iterable[str], *, branching: bool) -> str:
    return render_runtime(Form(branching=branching), names)


def golden_runtime(case: str) -> str:
    """The helpers of a golden's modules."""
    used = HelperUse()
    for path in sorted((GOLDEN / case / "expected").rglob("*.py")):
        used.add_other(path.read_text(encoding="utf-8"))
    return used.text()


def all_texts() -> dict[str, str]:
    """A name for each text: of each golden, of each helper of all kinds, and whole ones."""
    texts = {golden_runtime(case): f"golden_{case}" for case in CASES}
    for branching in (False, True):
        kind = "branching" if branching else "plain"
        texts |= {assemble([n], branching=branching): f"{kind}_{n}" for n in sorted(HELPERS)}
        texts[assemble(HELPERS, branching=branching)] = f"{kind}_whole"
    texts |= {render_runtime(FLYTE2, [name]): f"flyte2_{name}" for name in sorted(FLYTE2_HELPERS)}
    texts[render_runtime(FLYTE2)] = "flyte2_whole"
    return texts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each of these texts as a module."""
    place = tmp_path_factory.mktemp("helpers")
    for text, name in all_texts().items():
        (place / f"{name}.py").write_text(text, encoding="utf-8")
    return place


@cache
def _mypy_cache() -> "tempfile.TemporaryDirectory[str]":
    """A folder in which mypy keeps what it knows of libraries, as long as this process runs."""
    return tempfile.TemporaryDirectory()


def complaints(program: str, *arguments: object) -> str:
    """What a linter or type checker says; empty if it has nothing to say."""
    done = subprocess.run(
        [sys.executable, "-m", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=arguments[-1],
        env={**os.environ, "MYPY_CACHE_DIR": _mypy_cache().name},
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def ruff(place: Path) -> str:
    return complaints("ruff", "check", "--isolated", "--select=F,E9,I", "--line-length=100", place)


def mypy(place: Path) -> str:
    options = ("--strict", "--ignore-missing-imports", "--no-warn-unused-ignores")
    return complaints("mypy", *options, "--config-file=", place)


def test_nothing_is_missing_and_nothing_is_left_over(folder: Path) -> None:
    assert ruff(folder) == ""


def test_the_types_agree(folder: Path) -> None:
    assert mypy(folder) == ""


def test_they_import_with_flytekit(folder: Path) -> None:
    names = sorted(path.stem for path in folder.glob("*.py"))
    done = python("-c", f"import {', '.join(names)}", env={"PYTHONPATH": str(folder)})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("before", "after", "checker", "complaint"),
    [
        ("import errno\n", "", ruff, "F821"),
        ("import errno\n", "import errno\nimport xml\n", ruff, "F401"),
        ("def _kill(", "def _end(", mypy, "not defined"),
        ("code: int | None = None", "code: str = 0", mypy, "Incompatible default"),
    ],
)
def test_the_checks_can_fail(
    before: str, after: str, checker: object, complaint: str, tmp_path: Path
) -> None:
    text = assemble(["run"], branching=False)
    assert before in text
    (tmp_path / "spoilt.py").write_text(text.replace(before, after, 1), encoding="utf-8")
    assert callable(checker)
    assert complaint in checker(tmp_path)


def test_black_leaves_them_alone() -> None:
    for text in all_texts():
        assert black.format_str(text, mode=black.Mode()) == text


@pytest.mark.parametrize("path", sorted(RUNTIME.rglob("*.py")), ids=lambda path: path.stem)
def test_the_source_fits_both_widths(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert black.format_str(text, mode=black.Mode(line_length=88)) == text


def definitions(text: str) -> dict[str, str]:
    """The functions and classes of a module, as written."""
    found = (ast.FunctionDef, ast.ClassDef)
    nodes = [node for node in ast.parse(text).body if isinstance(node, found)]
    return {node.name: ast.get_source_segment(text, node) or "" for node in nodes}


def sources(modules: Iterable[str]) -> list[tuple[str, str]]:
    texts = [(RUNTIME / f"{module}.py").read_text(encoding="utf-8") for module in modules]
    return [found for text in texts for found in definitions(text).items()]


def test_every_module_is_known_behind_those_that_it_imports() -> None:
    assert {path.stem for path in RUNTIME.glob("*.py")} == {*MODULES, BRANCHING, "__init__"}
    known: set[str] = set()
    for module in MODULES:
        own = {n.rpartition(".")[2] for n in imported(module) if n.startswith("transpile")}
        assert own <= known, module
        known.add(module)


def imported(module: str) -> set[str]:
    """The modules that a module of the runtime imports."""
    tree = ast.parse((RUNTIME / f"{module}.py").read_text(encoding="utf-8"))
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_flytekit_is_imported_where_it_is_needed() -> None:
    """The failure that Flyte tries again is flytekit's own class."""
    found = {
        module for module in MODULES if any(i.startswith("flytekit") for i in imported(module))
    }
    assert found == {
        "admin",
        "approvals",
        "failures",
        "gates",
        "handlers",
        "legacy",
        "log",
        "policies",
        "resume",
        "schedules",
        "siblings",
    }
    behind = {"transpile.runtime.failures", "transpile.runtime.commands"}
    needing = {module for module in MODULES if imported(module) & behind}
    trying = {"commands", "files", "executions", "approvals", "judged", "nodes"}
    assert needing == {"admin", "resume", *trying}


def test_each_name_exists_once() -> None:
    names = [name for name, _ in sources(MODULES)]
    assert len(names) == len(set(names))
    assert dict(sources([BRANCHING])).keys() - set(names) == {"PromisedCode", "_begins", "_behind"}


def test_the_text_is_that_of_the_modules() -> None:
    whole = definitions(assemble(HELPERS, branching=False))
    assert whole == {**dict(sources(MODULES)), **whole}
    policies = {"KEEP_GOING", "ONE_AT_A_TIME"}
    constants = {"BY_HAND", "ENVIRONMENT", "SECRETS", "SKIPPED", "SMALL", "STARTED", "SUCCESS"}
    assert HELPERS - whole.keys() == policies | constants


def test_native_branches_get_their_own_tests() -> None:
    whole = definitions(assemble(HELPERS, branching=True))
    own = dict(sources([BRANCHING]))
    assert {name: whole[name] for name in own} == own


def test_a_helper_brings_what_it_needs_and_nothing_else() -> None:
    text = assemble(["local_date", "__import__", "no_helper"], branching=False)
    assert list(definitions(text)) == ["is_to_be_logged", "local_date", "_local"]
    assert f"\n# Made by transpile {__version__}.\n" in text
    assert "subprocess" not in text
    assert "FlyteRecoverableException" not in text
    assert "Failure" in definitions(assemble(["run"], branching=False))


def test_comments_and_docstrings_stay() -> None:
    text = assemble(["run"], branching=False)
    assert "# Matches values behind names and options" in text
    assert "LONGEST_ARGUMENT = 100_000  # bytes" in text
    assert '"""Run a shell command and return its exit code' in text


def test_the_order_of_names_does_not_matter() -> None:
    assert assemble(["run", "cron"], branching=True) == assemble(["cron", "run"], branching=True)


# ------------------------------------------------------------------- use in OUT


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("from flows.job_runtime import run", {"run"}),
        ("from job_runtime import run, cron as c", {"run", "cron"}),
        ("from .job_runtime import (\n    run,  # mine\n    cron,\n)", {"run", "cron"}),
        ("def f():\n    from flows.job_runtime import run", {"run"}),
        ("import flows.job_runtime\nflows.job_runtime.run('x')", {"run"}),
        ("import flows.job_runtime as j\nj.run('x')", {"run"}),
        ("from flows import job_runtime\njob_runtime.run('x')", {"run"}),
        ("from flows import job_runtime as j\nx = j.run", {"run"}),
        ("from flows.job_runtime import *", HELPERS),
        ("from flows.job_runtime import (", HELPERS),
        ("import flows.job_runtime", set()),
        ("x = other.run  # no job_runtime", set()),
        ("from other import run", set()),
    ],
)
def test_what_written_modules_use(line: str, expected: set[str]) -> None:
    used = HelperUse()
    used.add_other(line)
    assert used.names == expected


def test_written_native_branches_are_seen() -> None:
    used = HelperUse()
    used.add_other("from job_runtime import failed\nconditional('x').if_(failed(a))")
    assert used.form.branching


A, B = "insert_job: A\ncommand: a\n", "insert_job: B\ncommand: b\n"
WATCHED = "insert_job: C\ncommand: c\n\ninsert_job: D\ncommand: d\ncondition: f(C)\n"


NEEDED = {"run", "run_status", "failed", "require_success", "succeeded"}
"""The helpers of the module C, and those that they need."""


def convert(tmp_path: Path, *options: str, **texts: str) -> set[str]:
    """Convert these files into OUT; the helpers there."""
    source = tmp_path / "source"
    source.mkdir(exist_ok=True)
    for path in source.iterdir():
        path.unlink()
    for name, text in texts.items():
        (source / f"{name}.jil").write_text(text, encoding="utf-8")
    assert cli("convert", source, "-o", tmp_path / "out", *options).exit_code == 0
    text = (tmp_path / "out" / "job_runtime.py").read_text(encoding="utf-8")
    ast.parse(text)
    return HELPERS & definitions(text).keys()


def test_out_holds_the_helpers_of_its_modules(tmp_path: Path) -> None:
    assert convert(tmp_path, a=A) == {"run"}
    assert convert(tmp_path, a=A, c=WATCHED) == NEEDED
    # Modules that stay as they are count too.
    assert convert(tmp_path, a=A, c=WATCHED, b=B) == NEEDED


def test_modules_of_earlier_conversions_keep_their_helpers(tmp_path: Path) -> None:
    convert(tmp_path, c=WATCHED)
    assert convert(tmp_path, a=A) == NEEDED
    for path in (tmp_path / "out").glob("*.py"):
        assert python("-m", f"out.{path.stem}", cwd=tmp_path).stderr.count("ImportError") == 0
    assert convert(tmp_path, "--prune", a=A) == {"run"}


def test_edited_modules_keep_their_helpers(tmp_path: Path) -> None:
    convert(tmp_path, a=A)
    path = tmp_path / "out" / "a.py"
    text = path.read_text(encoding="utf-8").replace(", run\n", ", run, wait_for_file\n")
    path.write_text(text, encoding="utf-8")
    (tmp_path / "out" / "mine.py").write_text("from out.job_runtime import cron\n")
    assert (
        convert(tmp_path, a=A)
        == {"run", "wait_for_file", "cron"}
        | HELPERS & definitions(assemble(["wait_for_file"], branching=False)).keys()
    )
    assert "wait_for_file" not in convert(tmp_path, "--force", a=A)


def test_a_new_module_of_somebody_gets_its_helpers(tmp_path: Path) -> None:
    convert(tmp_path, a=A)
    (tmp_path / "out" / "mine.py").write_text("from out.job_runtime import cron\n")
    assert convert(tmp_path, a=A) == {"run", "cron"}
    result = cli("convert", tmp_path / "source", "-o", tmp_path / "out")
    assert "unchanged  everything" in result.output


def test_odd_files_in_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "folder.py").mkdir(parents=True)
    (out / "link.py").symlink_to("nowhere")
    (out / "binary.py").write_bytes(b"job_runtime \xff")
    (out / "zeros.py").write_bytes(b"job_runtime \0")
    os.mkfifo(out / "pipe.py")
    assert convert(tmp_path, a=A) >= {"run", "cron", "box_status"}
    (out / "zeros.py").unlink()
    assert convert(tmp_path, a=A) == {"run"}


def test_a_package_inside_out(tmp_path: Path) -> None:
    source = tmp_path / "a.jil"
    source.write_text(WATCHED, encoding="utf-8")
    assert cli("convert", source, "-o", tmp_path / "out", "--package", "flows").exit_code == 0
    text = (tmp_path / "out" / "flows" / "job_runtime.py").read_text(encoding="utf-8")
    assert HELPERS & definitions(text).keys() == NEEDED


def test_native_branches_in_out(tmp_path: Path) -> None:
    convert(tmp_path, "--branch", "native", c=WATCHED)
    text = (tmp_path / "out" / "job_runtime.py").read_text(encoding="utf-8")
    assert "_behind" in definitions(text)


@pytest.mark.parametrize("name", ["approved", "wait_for_run", "wait_for_file"])
def test_a_rehearsal_needs_no_other_helpers(name: str) -> None:
    runtime = helpers(assemble([name], branching=False), Processes(), execute=True)
    for outcome, error in ((Outcome((KILLED,)), RuntimeError), (Outcome((3,)), RecoverableError)):
        CURRENT.set(Attempts(outcome, 1.0))
        with pytest.raises(error):
            vars(runtime)[name]("what")


def test_the_rehearsal_executes_one_look(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (tmp_path / "a.jil").write_text(
        f"insert_job: A\njob_type: FT\nwatch_file: {tmp_path}/no\nwatch_file_type: EXIST\n\n"
        "insert_job: B\ncommand: true\ncondition: f(A)\n",
        encoding="utf-8",
    )
    assert cli("convert", tmp_path / "a.jil", "-o", out).exit_code == 0
    shown = [line.split()[:3] for line in cli("dry-run", out, "--execute").output.splitlines()]
    assert ["A", "failed", "1"] in shown
    assert ["B", "succeeded", "1"] in shown
