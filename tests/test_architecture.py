"""The floors of the design: who may import whom, and what templates may print."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.support import ROOT
from transpile.report.templates import MARKDOWN, TRUSTED, environment
from transpile.targets.flyte.filters import FILTERS
from transpile.targets.flyte.filters import environment as python_environment

PACKAGE = ROOT / "transpile"

FLOORS = {
    "sources": set(),
    "interrupts": set(),
    "findings": {"sources"},
    "model": {"findings", "sources"},
    "dialects": {"findings", "model", "sources"},
    "analysis": {"findings", "model", "sources"},
    "team": {"findings", "model", "sources"},
    "lowering": {"analysis", "findings", "model", "sources"},
    "targets": {"findings", "lowering", "model", "sources"},
    "runtime": set(),
    "proof": {"interrupts", "model", "runtime", "targets"},
    "module_tests": {"model", "proof", "targets"},
    "pipeline": {
        *("analysis", "dialects", "findings", "lowering", "model", "sources", "targets", "team"),
    },
    "output": {"findings", "interrupts", "sources", "targets"},
    "report": {
        *("findings", "lowering", "model", "module_tests", "pipeline", "proof", "sources"),
        "targets",
    },
    "assess": {
        *("analysis", "findings", "model", "pipeline", "report", "sources", "targets"),
    },
    "drift": {"findings", "model", "pipeline", "sources", "targets"},
    "minify": {"dialects", "findings", "model", "pipeline", "sources", "team"},
    "cli": {
        *("analysis", "assess", "dialects", "drift", "findings", "interrupts", "minify", "model"),
        *("module_tests", "output", "pipeline", "proof", "report", "sources", "targets", "team"),
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
    without_code = {"__init__", "__main__", "__pycache__"}
    without_code |= {"grammars", "guide", "schemas", "templates"}
    assert names - without_code == set(FLOORS)
    assert not list((PACKAGE / "guide").rglob("*.py"))


def test_a_violation_is_seen(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("from transpile.targets.flyte import plan\ndef f():\n    import os\n")
    assert violations(bad, "dialects") == [
        "bad.py imports transpile.targets.flyte",
        "bad.py imports os inside a function",
    ]


def unfiltered(environment: Environment, source: str, filters: Collection[str]) -> list[int]:
    """The lines on which a template prints something that passed none of the filters."""
    outputs = environment.parse(source).find_all(nodes.Output)
    printed = [child for output in outputs for child in output.nodes]
    return [
        child.lineno
        for child in printed
        if not isinstance(child, nodes.TemplateData)
        and not (isinstance(child, nodes.Filter) and child.name in filters)
    ]


def templates(*suffixes: str) -> list[Path]:
    paths = sorted((ROOT / "templates").iterdir())
    return [path for path in paths if path.name.endswith(suffixes)]


@pytest.mark.parametrize("path", templates(".py.jinja"), ids=lambda p: p.name)
def test_template_prints_only_filtered_values(path: Path) -> None:
    assert unfiltered(python_environment(), path.read_text(encoding="utf-8"), FILTERS) == []


@pytest.mark.parametrize("path", templates(".md.jinja"), ids=lambda p: p.name)
def test_markdown_prints_only_filtered_values(path: Path) -> None:
    assert unfiltered(environment(), path.read_text(encoding="utf-8"), MARKDOWN) == []


def test_an_unfiltered_value_is_seen() -> None:
    assert unfiltered(python_environment(), "{{ a | py }}\n{{ b }}\n{{ c | upper }}", FILTERS) == [
        2,
        3,
    ]


@pytest.mark.parametrize("path", templates(".html.jinja", ".svg.jinja"), ids=lambda p: p.name)
def test_html_is_escaped(path: Path) -> None:
    tree = environment().parse(path.read_text(encoding="utf-8"))
    assert not list(tree.find_all((nodes.EvalContextModifier, nodes.MarkSafe)))
    trusted = [f for f in tree.find_all(nodes.Filter) if f.name in {"safe", *TRUSTED}]
    values = {f.node.name for f in trusted if isinstance(f.node, nodes.Name)}
    assert len(values) == len(trusted)
    assert values <= {"style", "script"}


def test_what_html_prints_is_escaped() -> None:
    assert environment().from_string("{{ a }}").render(a="<b>") == "&lt;b&gt;"


def test_every_template_is_looked_at() -> None:
    kinds = (".py.jinja", ".md.jinja", ".html.jinja", ".svg.jinja", ".css", ".js")
    assert len(templates(*kinds, "README.md")) == len(list((ROOT / "templates").iterdir()))


def test_no_file_is_long() -> None:
    paths = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").glob("*.py")]
    long = [path.name for path in paths if len(path.read_text().splitlines()) > 400]
    assert long == []
