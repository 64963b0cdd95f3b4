"""`transpile docs` prints the pages of the package, also from a zip and an installed wheel."""

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.documents import READMES
from tests.support import ROOT, cli, python
from transpile.cli.docs import TOPICS
from transpile.dialects import DIALECTS

PACKAGE = ROOT / "transpile"


def topics_in(listing: str) -> list[str]:
    """The first topic of each line of a list."""
    return [line.replace(",", " ").split()[0] for line in listing.splitlines()]


@pytest.mark.parametrize("topic", TOPICS)
def test_prints_the_page_as_it_is(topic: str) -> None:
    page = PACKAGE / TOPICS[topic].folder / "README.md"
    assert page in READMES
    result = cli("docs", topic)
    assert result.exit_code == 0
    assert result.output == page.read_text(encoding="utf-8")


def test_lists_the_topics_with_a_line_each() -> None:
    result = cli("docs")
    assert result.exit_code == 0
    assert topics_in(result.output) == list(TOPICS)
    for topic, line in zip(TOPICS.values(), result.output.splitlines(), strict=True):
        assert line.endswith(topic.about)
        assert len(line) < 100


def test_each_format_is_a_topic_by_its_aliases_too() -> None:
    for name, dialect in DIALECTS.items():
        for word in (name.upper(), *dialect.aliases):
            assert cli("docs", word).output == cli("docs", name).output


def test_each_word_names_one_topic() -> None:
    words = [word for name, topic in TOPICS.items() for word in (name, *topic.aliases)]
    assert len(set(words)) == len(words)


def test_an_unknown_topic_is_wrong_usage() -> None:
    result = cli("docs", "xyzzy")
    assert result.exit_code == 2
    assert "unknown topic 'xyzzy'; known: tutorial, playbook, " in result.output
    assert "did you mean" not in result.output


def test_a_mistyped_topic_has_a_suggestion() -> None:
    result = cli("docs", "setings")
    assert result.exit_code == 2
    assert "unknown topic 'setings' (did you mean settings?)" in result.output


def test_a_topic_without_a_page_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A format of one's own need not have a page.
    copy = shutil.copytree(PACKAGE, tmp_path / "transpile", ignore=shutil.ignore_patterns("team"))
    monkeypatch.setattr("transpile.sources.resources.files", lambda _: copy)
    assert topics_in(cli("docs").output) == [name for name in TOPICS if name != "settings"]
    assert cli("docs", "settings").exit_code == 2


def test_prints_pages_from_a_zip(tmp_path: Path) -> None:
    archive = tmp_path / "transpile.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for folder in (PACKAGE, ROOT / "grammars", ROOT / "templates"):
            for path in folder.rglob("*"):
                if path.is_file() and "__pycache__" not in path.parts:
                    file.write(path, path.relative_to(ROOT))
    env = {"PYTHONPATH": str(archive)}
    listed = python("-m", "transpile", "docs", cwd=tmp_path, env=env)
    assert topics_in(listed.stdout) == list(TOPICS), listed.stderr
    done = python("-m", "transpile", "docs", "flyte2", cwd=tmp_path, env=env)
    assert done.stdout == (PACKAGE / "targets/flyte2/README.md").read_text(encoding="utf-8")
