"""The wheel, built from the sdist, works on its own; so do a zip and a bare checkout."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT, python

SAMPLE = ROOT / "samples" / "autosys"


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel; `build` makes the sdist first and the wheel from it."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, checkout)
    for name in ("transpile", "grammars", "templates"):
        shutil.copytree(ROOT / name, checkout / name)
    run(sys.executable, "-m", "build", "--no-isolation", checkout, cwd=checkout)
    (found,) = (checkout / "dist").glob("*.whl")
    return found


def test_installed_wheel_converts_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / "bin"
    run(scripts / "pip", "install", "-q", wheel, cwd=tmp_path)
    printed = run(scripts / "transpile", "convert", SAMPLE, "-o", "out", cwd=tmp_path)
    assert "wrote      6 workflows" in printed
    assert "autosys" in run(scripts / "transpile", "dialects", cwd=tmp_path)
    assert "# Targets" in run(scripts / "transpile", "docs", "targets", cwd=tmp_path)


def test_wheel_holds_grammars_and_templates_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "transpile/grammars/jil.lark" in names
    assert "transpile/templates/task.py.jinja" in names
    assert "transpile/schemas/check.json" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"transpile"}


def test_runs_from_a_zip(tmp_path: Path) -> None:
    archive = tmp_path / "transpile.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for folder in ("transpile", "grammars", "templates"):
            for path in (ROOT / folder).rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts:
                    file.write(path, path.relative_to(ROOT))
    done = python(
        *("-m", "transpile", "convert", SAMPLE, "-o", tmp_path / "out"),
        cwd=tmp_path,
        env={"PYTHONPATH": str(archive)},
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "nightly" / "night.py").is_file()
    # Its text comes from the modules in the archive.
    assert "def run(" in (tmp_path / "out" / "job_runtime.py").read_text(encoding="utf-8")


def test_runs_from_a_bare_checkout(tmp_path: Path) -> None:
    done = python("-m", "transpile", "convert", SAMPLE, "-o", tmp_path / "out", cwd=ROOT)
    assert done.returncode == 0, done.stderr
