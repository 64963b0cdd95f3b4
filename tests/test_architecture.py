"""The floors of the design: who may import whom, and what templates may print."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import nodes

from tests.support import ROOT
from transpile.flyte.render import FILTERS, _environment

PACKAGE = ROOT / "transpile"

FLOORS = {
    "codes": set(),
    "source": set(),
    "resources": set(),
    "graph": set(),
    "diagnostics": {"codes", "source"},
    "ir": {"source"},
    "dialects": {"codes", "diagnostics", "ir", "resources", "source"},
    "passes": {"diagnostics", "graph", "ir", "source"},
    "flyte": {"diagnostics", "graph", "ir", "resources", "source"},
    "semantics": {"graph", "ir"},
    "rehearsal": {"graph", "ir", "semantics"},
    "policy": {"codes", "diagnostics", "ir", "source"},
    "pipeline": {"diagnostics", "dialects", "flyte", "ir", "passes", "policy", "source"},
    "output": {"diagnostics", "source"},
    "workers": set(),
    "emission": {"flyte", "workers"},
    "targets": {"flyte", "ir", "pipeline", "rehearsal", "semantics"},
    "report": {
        *("codes", "diagnostics", "flyte", "ir", "pipeline", "rehearsal", "semantics", "source"),
        "graph",
    },
    "cli": {
        *(
            "codes",
            "diagnostics",
            "dialects",
            "flyte",
            "ir",
            "emission",
            "output",
            "passes",
            "pipeline",
        ),
        *("policy", "rehearsal", "report", "resources", "workers", "semantics", "targets"),
    },
}


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """(module of ours that is imported, does it stand inside a function)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {
        id(child)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.walk(function)
    }
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from ((name, id(node) in inner) for name in names)


def violations(path: Path, floor: str) -> list[str]:
    found = []
    for name, is_inner in imports(path):
        parts = name.split(".")
        if is_inner:
            found.append(f"{path.name} imports {name} inside a function")
        if parts[0] == "transpile" and len(parts) > 1 and parts[1] not in FLOORS[floor] | {floor}:
            found.append(f"{path.name} imports {name}")
    return found


@pytest.mark.parametrize("floor", FLOORS)
def test_floor(floor: str) -> None:
    folder = PACKAGE / floor
    paths = sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{floor}.py"]
    assert paths
    assert [found for path in paths for found in violations(path, floor)] == []


def test_every_module_has_a_floor() -> None:
    names = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert names - {"__init__", "__main__", "__pycache__", "grammars", "templates"} == set(FLOORS)


def test_a_violation_is_seen(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("from transpile.flyte import plan\ndef f():\n    import os\n")
    assert violations(bad, "dialects") == [
        "bad.py imports transpile.flyte",
        "bad.py imports os inside a function",
    ]


def unfiltered(source: str) -> list[int]:
    """The lines on which a template prints something that passed no filter of ours."""
    outputs = _environment().parse(source).find_all(nodes.Output)
    printed = [child for output in outputs for child in output.nodes]
    return [
        child.lineno
        for child in printed
        if not isinstance(child, nodes.TemplateData)
        and not (isinstance(child, nodes.Filter) and child.name in FILTERS)
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "templates").iterdir()), ids=lambda p: p.name)
def test_template_prints_only_filtered_values(path: Path) -> None:
    assert unfiltered(path.read_text(encoding="utf-8")) == []


def test_an_unfiltered_value_is_seen() -> None:
    assert unfiltered("{{ a | py }}\n{{ b }}\n{{ c | upper }}") == [2, 3]


def test_no_file_is_long() -> None:
    paths = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").glob("*.py")]
    long = [path.name for path in paths if len(path.read_text().splitlines()) > 400]
    assert long == []
