"""What the tests of Azkaban projects need."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.support import aiming_at
from transpile.cli.subjects import verify_module, write_modules
from transpile.pipeline import Estate, read_estate
from transpile.proof.verify import Verdict

SETTINGS = {"p.project": "azkaban-flow-version: 2.0\n"}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files, below a new folder."""
    for name, text in files.items():
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "in"


def estate_of(folder: Path, files: Mapping[str, str | bytes], target: str = "flyte") -> Estate:
    """The estate of a folder with these files."""
    return read_estate([str(write(folder, files))], None, aiming_at(target))


def places(estate: Estate) -> set[tuple[str, str, int, int]]:
    """Code, file, line and column of each finding."""
    return {(d.code, *d.span) for d in estate.diagnostics}


def verdicts(
    estate: Estate, folder: Path, most: int = 60, mutate: Callable[[str], str] = str
) -> list[Verdict]:
    """What verification finds about each workflow, after a change to its module."""
    found = []
    for written in write_modules(estate.planned, folder):
        text = written.path.read_text(encoding="utf-8")
        written.path.write_text(mutate(text), encoding="utf-8")
        found.append(verify_module(written, most, 0))
    return found


def flow(text: str) -> str:
    return f"nodes:\n- {{name: a, type: command, config: {{command: x}}}}\n{text}\n"
