"""A format is one folder: code outside names no format but in the registry."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT
from transpile.dialects import DIALECTS, FORMATS, Dialect

PACKAGE = ROOT / "transpile"
REGISTRY = PACKAGE / "dialects" / "__init__.py"
PRODUCTS = {"dagman": ("htcondor",), "tws": ("workload scheduler", "tivoli", "conman")}


def words(dialect: Dialect) -> set[str]:
    """The names by which texts speak of a format, in lower case."""
    names = (dialect.name, dialect.title, *dialect.aliases, *PRODUCTS.get(dialect.name, ()))
    return {name.lower() for name in names}


def mentions(dialect: Dialect, package: Path) -> Iterator[str]:
    """Lines outside the folder of the format and the registry that speak of it."""
    own = package / "dialects" / dialect.name
    names = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, words(dialect)))})(?![a-z])")
    outside = [own]
    for path in sorted(package.rglob("*.py")):
        if path == REGISTRY or any(path.is_relative_to(folder) for folder in outside):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").lower().splitlines(), 1):
            if names.search(line):
                yield f"{path.relative_to(package)}:{number}: {line.strip()}"


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_only_the_folder_and_the_registry_name_a_format(dialect: Dialect) -> None:
    assert list(mentions(dialect, PACKAGE)) == []


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_the_registry_has_one_line_for_a_format(dialect: Dialect) -> None:
    lines = REGISTRY.read_text(encoding="utf-8").lower().splitlines()
    assert [line for line in lines if any(word in line for word in words(dialect))] == [
        f'    "{dialect.name}",'
    ]


def test_a_mention_is_seen(tmp_path: Path) -> None:
    (tmp_path / "dialects" / "dagman").mkdir(parents=True)
    (tmp_path / "dialects" / "dagman" / "own.py").write_text("# HTCondor\n")
    (tmp_path / "shared.py").write_text("# the rule\n# is htCondor's\n")
    found = list(mentions(DIALECTS["dagman"], tmp_path))
    assert found == ["shared.py:2: # is htcondor's"]


def test_folders_are_named_like_their_formats() -> None:
    folders = {path.parent.name for path in REGISTRY.parent.glob("*/__init__.py")}
    assert folders == {*FORMATS, "kit"}
    assert tuple(DIALECTS) == FORMATS


@pytest.mark.parametrize("format_", FORMATS)
def test_folders_of_formats_rhyme(format_: str) -> None:
    modules = {path.stem for path in (REGISTRY.parent / format_).iterdir()}
    assert {"reader", "builder", "engine", "programs", "constructs", "estate", "codes"} <= modules


def test_the_kit_holds_what_formats_use() -> None:
    kit = REGISTRY.parent / "kit"
    texts = [path.read_text(encoding="utf-8") for path in REGISTRY.parent.rglob("*.py")]
    modules = {path.stem for path in kit.glob("*.py")} - {"__init__"}
    assert {m for m in modules if not any(f"dialects.kit.{m} import" in t for t in texts)} == set()
