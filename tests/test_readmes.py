"""Every README: its links lead somewhere, its commands run, and they print what it shows."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import yaml

from tests.documents import README, READMES, Block, anchors, blocks, links, place
from tests.support import GOLDEN, ROOT, shell
from transpile.cli import main
from transpile.findings.finding import CODES
from transpile.team import read_settings

RUN_ELSEWHERE = {
    (".", "Two commands"): ".ci/run",
    ("samples", "From JIL to a running Flyte project in ten minutes"): "tests/test_registration.py",
    ("transpile/guide/tutorial", "Register"): "tests/test_registration.py",
    ("transpile/team", "Print a task with a template of your own"): "tests/test_kinds.py",
}
"""(README, chapter): what runs the chapter's blocks instead."""
BY_THE_RECIPE = "transpile/dialects"
"""The folder whose README tests/test_new_dialect.py runs as a whole."""
LINKED = ("transpile", "grammars", "templates", "tests", "pyproject.toml", "README.md")
IN_REPOSITORY = re.compile(
    r"`((?:tests|transpile|grammars|templates|samples)/[a-z\d_./-]+|[a-z\d_]+\.(?:py|lark|jinja))`"
)
PROGRESS = re.compile(
    "(reading|planning|workflows|scenarios|days|modules|packing|comparing|reporting)"
    r"( [\d,]+ of [\d,]+)?"
)
"""What a command says while it takes long, which depends on the machine."""
MADE_BY_RUNS = {"conftest.py", "job_runtime.py"}


class Session:
    """The blocks of one README, run one after another in a folder like a checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "samples", folder / "samples", ignore=_left_by_runs)
        for name in LINKED:
            (folder / name).symlink_to(ROOT / name)

    def run(self, block: Block) -> str:
        """Write the block's file or check the block; the block's body as it should be."""
        if block.file:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        checks: dict[str, Callable[[str], str | None]] = {
            "sh": self._script,
            "console": self._console,
            "toml": self._settings,
            "python": self._quote,
            "yaml": yaml.safe_load,
        }
        check = checks.get(block.language)
        assert check or block.file or block.language == "text", f"nothing checks:\n{block.body}"
        result = check(block.body) if check else None
        return result if block.language == "console" and result else block.body

    def _shell(self, command: str) -> subprocess.CompletedProcess[str]:
        env = {"PYTHONPATH": f"{self.folder}", "COLUMNS": "100"}
        return shell(command, cwd=self.folder, env=env)

    def _script(self, body: str) -> None:
        (self.folder / "script.sh").write_text(f"set -eu\n{body}", encoding="utf-8")
        done = self._shell("sh script.sh")
        assert done.returncode == 0, f"{body}\n{done.stdout}{done.stderr}"

    def _console(self, body: str) -> str:
        """The commands with what they print now."""
        shown = ""
        for command in re.findall(r"^\$ (.*)$", body, re.M):
            done = self._shell(f"( {command} ) 2>&1")
            assert done.returncode < 2, f"{command}\n{done.stdout}"
            printed = (line for line in done.stdout.splitlines() if not PROGRESS.fullmatch(line))
            lines = [f"$ {command}", *printed]
            shown += "".join(f"{line.rstrip()}\n" for line in lines)
        assert str(self.folder) not in shown, shown
        return shown

    def _settings(self, body: str) -> None:
        # The entities that the examples name are those of this sample.
        path = self.folder / "samples" / "mapping" / "example.toml"
        path.write_text(body, encoding="utf-8")
        problems = read_settings(path).problems
        assert not problems, problems

    def _quote(self, body: str) -> None:
        """A module that was made here, or a golden one, holds each part between lines of `...`."""
        parts = re.split(r"^\.\.\.\n", body, flags=re.M)
        made = [p for p in self.folder.rglob("*.py") if "samples" not in p.parts]
        texts = (
            p.read_text(encoding="utf-8") for p in [*made, *GOLDEN.glob("*/expected*/**/*.py")]
        )
        assert any(all(part in text for part in parts) for text in texts), f"made nowhere:\n{body}"


def _left_by_runs(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in {".sample-work", "__pycache__"}}


@pytest.mark.parametrize("path", [p for p in READMES if place(p) != BY_THE_RECIPE], ids=place)
def test_blocks(path: Path, tmp_path: Path, update: bool) -> None:
    text = path.read_text(encoding="utf-8")
    session = Session(tmp_path)
    expected, rest = "", text
    for block in blocks(text):
        before, rest = rest.split(f"\n{block.body}```", 1)
        is_run = (place(path), block.heading) not in RUN_ELSEWHERE
        expected += f"{before}\n{session.run(block) if is_run else block.body}```"
    expected += rest
    if update and expected != text:
        path.write_text(expected, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == expected, "pytest tests/test_readmes.py --update"


def test_a_block_that_is_wrong_is_seen(tmp_path: Path) -> None:
    session = Session(tmp_path)

    def block(language: str, body: str) -> Block:
        return Block(None, language, body, "")

    for language, body in (
        ("sh", "transpile explain A999\n"),
        ("sh", "false\ntrue\n"),
        ("console", "$ transpile explain X\n"),
        ("toml", "[options]\nnonsense = 1\n"),
        ("python", "made_by_nobody()\n"),
        ("cobol", "STOP RUN.\n"),
    ):
        with pytest.raises(AssertionError):
            session.run(block(language, body))
    shown = session.run(block("console", "$ echo 1\n2\n$ echo 3\n"))
    assert shown == "$ echo 1\n1\n$ echo 3\n3\n"


def test_what_is_run_elsewhere_is_there() -> None:
    chapters = {
        (place(path), block.heading)
        for path in READMES
        for block in blocks(path.read_text(encoding="utf-8"))
    }
    assert set(RUN_ELSEWHERE) <= chapters
    assert all((ROOT / runner).is_file() for runner in RUN_ELSEWHERE.values())


@pytest.mark.parametrize("path", READMES, ids=place)
def test_links(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [link for link in links(text) if not leads_somewhere(link, path)] == []


def leads_somewhere(link: str, readme: Path) -> bool:
    """True if the link's file is there, and holds the heading that the link names."""
    if link.startswith(("https://", "http://")):
        return True
    name, _, anchor = link.partition("#")
    target = readme.parent / name if name else readme
    if not target.exists():
        return False
    return not anchor or anchor in anchors(target.read_text(encoding="utf-8"))


def test_a_link_that_leads_nowhere_is_seen() -> None:
    for link in ("nowhere.md", "#nowhere", "samples/README.md#nowhere"):
        assert not leads_somewhere(link, README)


@pytest.mark.parametrize("path", READMES, ids=place)
def test_files_that_a_readme_names_are_there(path: Path) -> None:
    named = set(IN_REPOSITORY.findall(path.read_text(encoding="utf-8"))) - MADE_BY_RUNS
    assert [name for name in sorted(named) if not is_there(name, path.parent)] == []


@pytest.mark.parametrize("path", READMES, ids=place)
def test_commands_that_a_readme_names_exist(path: Path) -> None:
    spans = re.findall(r"`transpile ([^`]+)`", path.read_text(encoding="utf-8"))
    assert [span for span in spans if not is_a_command(span)] == []


def is_a_command(words: str) -> bool:
    """True if the words begin with a command and name only options that it has."""
    name, _, rest = words.partition(" ")
    command = main.get_command(click.Context(main), name)
    if command is None:
        return False
    known = {option for parameter in command.params for option in parameter.opts}
    return set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest)) <= known


def test_a_command_that_does_not_exist_is_seen() -> None:
    assert is_a_command("verify --max-nodes 100")
    assert not is_a_command("prove SOURCE")
    assert not is_a_command("verify --force")


def is_there(name: str, folder: Path) -> bool:
    """True for a path in the repository, and for the name of a module below the folder."""
    return (ROOT / name).exists() or any(folder.rglob(name))


@pytest.mark.parametrize("path", READMES, ids=place)
def test_codes_that_a_readme_names_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    own = {code for block in blocks(text) for code in re.findall(r'"(A0\d\d)"', block.body)}
    assert set(re.findall(r"\bA\d{3}\b", text)) - own - set(CODES) == set()


def test_every_floor_has_a_readme_that_the_main_one_leads_to() -> None:
    package = ROOT / "transpile"
    floors = [p for p in package.iterdir() if (p / "__init__.py").is_file()]
    floors += [ROOT / name for name in ("tests", "samples", "grammars", "templates")]
    assert [p.name for p in floors if not (p / "README.md").is_file()] == []
    reached, todo = set(), [README]
    while todo:
        path = todo.pop().resolve()
        reached.add(path)
        targets = (link.partition("#")[0] for link in links(path.read_text(encoding="utf-8")))
        found = ((path.parent / name).resolve() for name in targets if name.endswith(".md"))
        todo += [p for p in found if p not in reached]
    assert set(READMES) - reached == set()


def test_the_main_readme_is_short() -> None:
    assert 8_000 <= len(README.read_bytes()) <= 10_000
