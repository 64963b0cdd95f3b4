"""The recipe for a new format, put together with the code around it."""

import re
import shutil
from pathlib import Path

import black

from tests.support import ROOT, shell

FOLDER = Path("transpile/dialects")
CHAPTER = "Add a format"
NAMED = re.compile(
    r"(?:`(?P<path>[\w./]+)`[.:][^`]*)?^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.M | re.S
)


def blocks() -> list[tuple[str, str, str]]:
    """Path, language and text of each block of the chapter; commands have no path."""
    text = (ROOT / FOLDER / "README.md").read_text(encoding="utf-8")
    chapter = text.split(f"\n## {CHAPTER}\n")[1].split("\n## ")[0]
    return [(m["path"] or "", m["language"], m["body"]) for m in NAMED.finditer(chapter)]


def changed(text: str, hunk: str) -> str:
    """The text with the lines of a hunk in the place of those that it names."""
    lines = hunk.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, before
    return text.replace(before, after)


def overlay(root: Path) -> Path:
    """A copy of what is needed of the repository, without its golden folders, with the format."""
    skipped = shutil.ignore_patterns("__pycache__", "golden")
    for name in ("transpile", "grammars", "templates", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=skipped)
    for name in ("samples", "README.md"):
        (root / name).symlink_to(ROOT / name)
    for name, language, body in blocks():
        path = root / FOLDER / name
        if language == "diff":
            path.write_text(changed(path.read_text(encoding="utf-8"), body), encoding="utf-8")
        elif language != "sh":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
    return root


def test_the_recipe(tmp_path: Path) -> None:
    root = overlay(tmp_path / "repository")
    printed = []
    for command in (
        line for _, kind, body in blocks() if kind == "sh" for line in body.splitlines()
    ):
        done = shell(command, cwd=root, env={"PYTHONPATH": str(root)})
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        printed.append(done.stdout)
    assert printed[3].split() == ["1", "2", "3", "Running", "night()", "0"]
    assert "1 of 1 workflow agree" in printed[4]
    page = (root / FOLDER / "plan" / "README.md").read_text(encoding="utf-8")
    assert "| `step NAME: command` | a `@task`" in page
    assert (root / "tests/golden/plan/expected/night.py").is_file()


def test_a_format_is_a_folder_a_grammar_and_a_line() -> None:
    written = {path for path, language, _ in blocks() if language not in ("diff", "sh")}
    golden = {path for path in written if "/golden/" in path}
    assert written - golden == {"../../grammars/plan.lark", "plan/__init__.py", "plan/README.md"}
    ((registry, hunk),) = ((path, body) for path, kind, body in blocks() if kind == "diff")
    assert registry == "__init__.py"
    assert [line[0] for line in hunk.splitlines()].count("+") == 1


def test_the_recipe_is_short_and_black() -> None:
    (module,) = (body for _, language, body in blocks() if language == "python")
    assert black.format_str(module, mode=black.Mode(line_length=100)) == module
    lines = [line for _, kind, body in blocks() if kind != "sh" for line in body.splitlines()]
    assert len(lines) <= 110
