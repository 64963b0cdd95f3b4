"""Golden folders: input, the modules and the report expected for it, the findings as printed.

Programs for Flyte 2 have modules and findings of their own, beside the others.
"""

import ast
import shutil
from itertools import product
from pathlib import Path

import black
import pytest

from tests.support import GOLDEN, cli

CASES = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "input").is_dir())


EXPECTED = {"flyte": "expected", "flyte2": "expected_flyte2"}
PRINTED = {"flyte": "printed.txt", "flyte2": "printed_flyte2.txt"}
SAME = (
    *("job_runtime.py", "report.md", "report.html", "README.md", "RUNBOOK.md"),
    "pyproject.toml",
)
"""Files of the output that are the same everywhere, or that other tests read."""


def _convert(case: str, out: Path, target: str) -> str:
    """The printed result, less the lines that name the output folder."""
    wave = GOLDEN / case / "wave.txt"
    waves = ("--wave", wave.read_text().strip()) if wave.exists() else ()
    result = cli("convert", ".", "-o", out, "--target", target, *waves)
    printed = [line for line in result.stdout.splitlines() if not line.startswith("wrote")]
    return "\n".join([*printed, f"exit status {result.exit_code}", ""])


def _files(folder: Path) -> dict[Path, bytes]:
    """What the files below a folder hold."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}


@pytest.mark.parametrize(("case", "target"), list(product(CASES, EXPECTED)))
def test_golden(
    case: str, target: str, tmp_path: Path, update: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Paths are printed as they are from here, whatever the machine.
    monkeypatch.chdir(GOLDEN / case / "input")
    # The package is called like the folder that it is compared with.
    out, expected = tmp_path / EXPECTED[target], GOLDEN / case / EXPECTED[target]
    text = GOLDEN / case / PRINTED[target]
    printed = _convert(case, out, target)
    for left_out in (".transpile.json", *SAME, *(("report.json",) if target == "flyte2" else ())):
        (out / left_out).unlink()
    if update:
        shutil.rmtree(expected, ignore_errors=True)
        shutil.copytree(out, expected)
        text.write_text(printed, encoding="utf-8")
    assert printed == text.read_text(encoding="utf-8")
    assert _files(out) == _files(expected)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*/expected*/**/*.py")), ids=lambda p: p.stem)
def test_is_what_black_writes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ast.parse(text)
    assert black.format_str(text, mode=black.Mode()) == text


def test_there_are_goldens() -> None:
    assert len(CASES) >= 10
