"""The READMEs say what the code says: their tables, and what they claim about every dialect."""

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.dagman.cases import CASES
from tests.documents import MADE, README, READMES, brought_up_to_date, parts, place
from tests.support import GOLDEN, ROOT, cli
from tests.vocabulary import codes_in, vocabulary
from transpile.dialects import DIALECTS, Construct, recognise
from transpile.dialects.kit.contract import STAND_INS
from transpile.findings.finding import CODES
from transpile.sources.text import decode

SIDE_FILES = (".sub", ".properties")
OF_THE_WHOLE = {"the whole", STAND_INS.source}
"""Rows that are about no word of the source."""


@pytest.mark.parametrize("path", READMES, ids=place)
def test_readme_is_up_to_date(path: Path, update: bool) -> None:
    text = path.read_text(encoding="utf-8")
    expected = brought_up_to_date(text, path.parent)
    if update and expected != text:
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected, "pytest tests/test_docs.py --update"


def test_every_table_stands_in_one_readme() -> None:
    found = [name for path in READMES for name in parts(path.read_text(encoding="utf-8"))]
    assert sorted(name for name in found if name != "files") == sorted(MADE)


def test_a_part_that_is_not_up_to_date_is_seen() -> None:
    text = "<!-- made: not proven -->\n| A100 |\n<!-- end -->\n"
    assert "| A105 |" in brought_up_to_date(text, README.parent)
    shown = f"```markdown\n{text}```\n"
    assert brought_up_to_date(shown, README.parent) == shown
    assert parts(shown) == []


def rows_about(dialect: str, word: str) -> list[Construct]:
    """The rows of the dialect's table that account for a word of its vocabulary."""
    spelled = re.compile(rf"(?<![\w.-]){re.escape(word).replace('_', '[_-]')}(?![\w-])")
    return [
        construct
        for construct in DIALECTS[dialect].constructs
        if word in construct.words or spelled.search(f"{construct.source} {construct.target}")
    ]


def named(dialect: str) -> set[str]:
    """The codes that the dialect's table names."""
    return {code for construct in DIALECTS[dialect].constructs for code in construct.findings}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_word_that_a_dialect_knows_is_in_its_table(dialect: str) -> None:
    assert [word for word in sorted(vocabulary(dialect)) if not rows_about(dialect, word)] == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_tables_name_no_other_words(dialect: str) -> None:
    words = {word for construct in DIALECTS[dialect].constructs for word in construct.words}
    assert words - vocabulary(dialect) == set()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_code_of_a_dialect_is_in_its_table(dialect: str) -> None:
    assert codes_in(f"dialects/{dialect}") - named(dialect) == set()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_tables_name_codes_that_can_be_found_there(dialect: str) -> None:
    places = (f"dialects/{dialect}", "analysis", "lowering", "targets", "pipeline")
    assert named(dialect) - set().union(*map(codes_in, places)) == set()


@cache
def _evidence(dialect: str) -> tuple[str, frozenset[str]]:
    """All goldens and samples of a dialect as one text, and the codes found in the goldens."""
    cases = [text for case in CASES.values() for text in case.files.values()]
    text = "\n".join(cases) if dialect == "dagman" else ""
    codes: set[str] = set()
    for folder in (*GOLDEN.glob("*/input"), *(ROOT / "samples").iterdir()):
        found = [_read(path) for path in sorted(folder.rglob("*")) if path.is_file()]
        if dialect not in {name for name, _ in found}:
            continue
        text += "\n".join(part for name, part in found if name)
        report = folder.parent / "expected" / "report.json"
        if report.exists():
            codes |= {entry["code"] for entry in json.loads(report.read_text())["diagnostics"]}
    return text, frozenset(codes)


def _read(path: Path) -> tuple[str, str]:
    """The name of the file's dialect, empty if it has none, and what it holds."""
    text = decode(path.read_bytes())[0]
    dialect = recognise(path.name, text)
    return dialect.name if dialect else "side file" if path.suffix in SIDE_FILES else "", text


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_goldens_report_is_in_the_table_of_their_dialect(dialect: str) -> None:
    # These are about the platform, whatever the estate holds.
    assert _evidence(dialect)[1] - named(dialect) - {"A606", "A642"} == set()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_row_is_about_something_that_a_golden_or_a_sample_holds(dialect: str) -> None:
    text, codes = _evidence(dialect)
    words = {word for word in vocabulary(dialect) if _occurs(word, text)}
    rows = {id(row) for word in words for row in rows_about(dialect, word)}
    shown = codes | {code for code, entry in CODES.items() if entry.example}
    bare = [
        row.source
        for row in DIALECTS[dialect].constructs
        if id(row) not in rows and not shown.intersection(row.findings)
    ]
    assert set(bare) <= OF_THE_WHOLE


def _occurs(word: str, text: str) -> bool:
    pattern = re.escape(word).replace("_", "[-_]")
    return re.search(rf"(?<!\w){pattern}(?!\w)", text, re.I) is not None


REPORTS = sorted(GOLDEN.glob("*/expected/report.json"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.parts[-3])
def test_every_job_that_is_open_bears_a_mark(path: Path) -> None:
    report = json.loads(path.read_text(encoding="utf-8"))
    times = Counter(job["name"] for job in report["jobs"])
    modules = {job["name"]: job["module"] for job in report["jobs"] if job["module"]}
    for found in report["diagnostics"]:
        name = found["job"]
        if found["level"] != "note" and times[name] == 1 and name in modules:
            module = path.parent / f"{modules[name].replace('.', '/')}.py"
            assert f"TODO[{found['code']}]" in module.read_text(encoding="utf-8"), name


@pytest.mark.parametrize("dialect", DIALECTS)
def test_dialects_prints_the_table(dialect: str) -> None:
    result = cli("dialects", dialect)
    assert result.exit_code == 0
    for construct in DIALECTS[dialect].constructs:
        assert construct.source.replace("`", "") in result.output
        assert construct.target.replace("`", "") in result.output


def test_dialects_refuses_what_it_does_not_know() -> None:
    assert cli("dialects", "cron").exit_code == 2


def _public(path: str, name: str) -> set[str]:
    """The public methods and properties of a class of the runtime."""
    tree = ast.parse((ROOT / "transpile/runtime/flyte2" / path).read_text(encoding="utf-8"))
    (found,) = (n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == name)
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {n.name for n in found.body if isinstance(n, functions) if not n.name.startswith("_")}


def test_the_words_of_a_driver_are_those_of_the_runtime() -> None:
    text = (ROOT / "transpile/targets/flyte2/README.md").read_text(encoding="utf-8")
    chapter = text.partition("## The words of a driver")[2].partition("\n## ")[0]
    cells = "".join(row.split(" | ")[0] for row in chapter.splitlines() if row.startswith("| `"))
    words = set(re.findall(r"`\.(\w+)", cells))
    assert words == _public("members.py", "Member") - {"end", "hang", "tested", "outputs", "output"}
    calls = set(re.findall(r"`(?:await )?(?:flow|box)\.(\w+)", cells))
    own = _public("flow.py", "Box") | _public("flow.py", "Flow")
    assert calls == own - {"started", "run", "drive", "hang", "note_blocked"}
