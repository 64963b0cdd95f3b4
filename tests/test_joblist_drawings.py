"""Drawings in dot: what the language says, and drawings of `transpile graph` that come back."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.joblists import bare, in_dot, read
from tests.support import GOLDEN, ROOT, cli
from transpile.dialects.joblist import dot_graph, dot_syntax
from transpile.model import AnyOf, Kind, Status, StatusTest
from transpile.pipeline import Estate, build_estate, load_sources
from transpile.team import read_settings

JOB = '[command="true"]'


def dot(text: str, name: str = "x.dot") -> dict[str, list[str]]:
    return {job: sorted(others) for job, others in read(text, name).waits().items()}


LANGUAGE = {
    "a chain": ("a -> b -> c", {"a": [], "b": ["a"], "c": ["b"]}),
    "groups": ("a -> {b c} -> d", {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}),
    "named groups": ("subgraph x {a b} -> c", {"a": [], "b": [], "c": ["a", "b"]}),
    "groups of edges": ("a -> {b -> c}", {"b": ["a"], "c": ["a", "b"], "a": []}),
    "ports": ("a:p:ne -> b:s", {"a": [], "b": ["a"]}),
    "semicolons or none": ("a b;c a->b;b->c", {"a": [], "b": ["a"], "c": ["b"]}),
    "comments": ("/* x -> y */ a // -> b\n# -> c\n-> d", {"a": [], "d": ["a"]}),
    "quoted": ('"a b" -> "-> c"', {"a b": [], "-> c": ["a b"]}),
    "joined": ('"a" + "b" -> "c" + " " + "d"', {"ab": [], "c d": ["ab"]}),
    "escaped": (r'"\"a\\" -> "b\n\N"', {'"a\\': [], r"b\n\N": ['"a\\']}),
    "line ends in quotes": ('"a\\\nb" -> "c\nd"', {"ab": [], "c\nd": ["ab"]}),
    "numbers": ("1 -> -2.5 -> .5", {"1": [], "-2.5": ["1"], ".5": ["-2.5"]}),
    "html": ("<a<b>c</b>> -> <d>", {"a<b>c</b>": [], "d": ["a<b>c</b>"]}),
    "letters": ("ä_1 -> 日本", {"ä_1": [], "日本": ["ä_1"]}),
    "words like keywords": ("graphs -> nodes -> edgeless", None),
    "keywords in quotes": ('"node" -> "graph"', {"node": [], "graph": ["node"]}),
    "the same edge twice": ("a -> b; a -> b", {"a": [], "b": ["a"]}),
    "invisible edges": ("a -> b; c -> b [style=invis]", {"a": [], "b": ["a"], "c": []}),
    "defaults of edges": ("edge [style=invis] a -> b edge [style=bold] b -> c", None),
    "a circle": ("a -> a", {"a": ["a"]}),
}


@pytest.mark.parametrize("title", LANGUAGE)
@pytest.mark.parametrize("kind", ["digraph", "strict digraph", 'DiGraph "G"'])
def test_language(kind: str, title: str) -> None:
    text, expected = LANGUAGE[title]
    found = dot(f"{kind} {{ {text} }}")
    if expected is not None:
        assert found == expected
    assert len(found) >= 1


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
@pytest.mark.parametrize("title", LANGUAGE)
def test_graphviz_takes_them_too(title: str) -> None:
    text = f"digraph {{ {LANGUAGE[title][0]} }}"
    done = subprocess.run(
        ["dot", "-Tcanon"], input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert dot(done.stdout) == dot(text)


def test_attributes() -> None:
    text = (
        "digraph x {\n"
        "  node [retries=2, shape=box] edge [color=red]\n"
        '  a [label="First", command="echo " + "1", machine=db1, owner="me", timeout="2h"]\n'
        "  node [retries=0]\n"
        '  b [command="echo \\"2\\"", environment="A=1\nB=x=y", type=noop, label="b"]\n'
        "  a -> b [label=later]\n"
        "}\n"
    )
    found = read(text.replace(", type=noop", ""), "x.dot")
    a, b = found.jobs.values()
    assert (a.retries, b.retries) == (2, 0)
    assert a.time_limit == 120
    assert a.notes == (("machine", "db1"), ("label", "First"), ("owner", "me"))
    assert found.command("a") == "echo 1"
    assert found.command("b") == 'echo "2"'
    assert getattr(b.action, "environment", ()) == (("A", ("1",)), ("B", ("x=y",)))
    assert b.notes == (("label of a -> b", "later"),)
    assert found.places == []


def test_clusters_are_boxes() -> None:
    text = (
        "digraph {\n  a -> b\n  subgraph cluster_x { label=X; b; subgraph cluster_y { c } }\n"
        "  subgraph not_a_cluster { d }\n  subgraph cluster_x { e }\n"
        "  compound=true\n  b -> f [ltail=cluster_x]\n  f -> c [lhead=cluster_y]\n}\n"
    )
    found = read(text, "x.dot")
    boxes = {name: job.box for name, job in found.jobs.items()}
    assert boxes == {"a": None, "b": "X", "X": None, "y": "X", "c": "y", "d": None} | {
        "e": "X",
        "f": None,
    }
    assert found.waits()["f"] == ["X"]
    assert found.waits()["y"] == ["f"]
    assert found.jobs["X"].kind is Kind.BOX
    without = read(text.replace("compound=true", ""), "x.dot")
    assert without.waits()["f"] == ["b"]


def test_edges_ask() -> None:
    text = "digraph { a -> c [when=done]; b -> c [when=failure]; c -> d [when=maybe] }"
    found = read(text, "x.dot")
    terms = getattr(found.jobs["c"].condition, "terms", ())
    assert isinstance(terms[0], Status)
    assert terms[0].test is StatusTest.OVER
    assert isinstance(terms[1], AnyOf)
    assert ("A302", 1, 67) in found.places
    assert found.jobs["d"].blocked is not None


def test_the_whole() -> None:
    text = 'digraph "G" { schedule="@daily"; timezone=UTC; author=me; retries=2; a }'
    found = read(text, "x.dot", zone="UTC")
    (network,) = found.networks
    assert network.title == "G"
    assert str(network.schedule) == "0 0 * * * UTC"
    assert [code for code, _, _ in found.places] == ["A749", "A110", "A741"]


WRONG = {
    "graph { a -- b }": [("A730", 1, 1)],
    "digraph { a -- b }": [("A730", 1, 13)],
    "digraph { a -> }": [("A730", 1, 16)],
    "digraph { a": [("A730", 1, 11)],
    'digraph { "a }': [("A730", 1, 11)],
    "digraph { <a }": [("A730", 1, 11)],
    "digraph { /* a }": [("A730", 1, 11)],
    "digraph { a [x=] }": [("A730", 1, 16)],
    "digraph { } }": [("A730", 1, 13)],
    "digraph { }": [("A105", 1, 1)],
    'digraph { "" -> a }': [("A739", 1, 11), ("A741", 1, 17)],
    "digraph { a -> b [dir=back] }": [("A741", 1, 11), ("A741", 1, 16), ("A115", 1, 23)],
    "digraph { subgraph cluster_a {x} subgraph cluster_b {x} }": [
        ("A741", 1, 31),
        ("A733", 1, 54),
    ],
    "nothing": [("A730", 1, 1)],
}


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_read(text: str) -> None:
    found = read(text, "x.dot").places
    assert [place for place in found if place[0] not in ("A401", "A406")] == WRONG[text]


def test_several_graphs_are_lists() -> None:
    text = "digraph a {x} digraph {y} digraph W {class=overview; a -> b}"
    assert [network.title for network in read(text, "n.dot").networks] == ["a", "n_2"]


@pytest.mark.parametrize(
    "text",
    [
        "digraph {" + "{" * 5_000 + "a" + "}" * 5_000 + "}",
        "digraph {" + "subgraph cluster_a {" * 5_000,
        "digraph {" + "a;" * 50_000 + "}",
        "digraph {" + "<" * 50_000,
        "digraph {" + '"' + "\\" * 100_001,
        "digraph { a [x=" + '"y"+' * 20_000 + '"z"] }',
        "digraph {" + "a -> " * 20_000 + "a }",
        "digraph { {"
        + " ".join(f"a{n}" for n in range(2_000))
        + "} -> {"
        + " ".join(f"b{n}" for n in range(2_000))
        + "} }",
        "#" * 100_000 + "digraph {a}",
        "/*" * 50_000,
        "digraph " + "x" * 100_000 + "{a}",
    ],
    ids=range(11),
)
def test_hostile_drawings_take_no_time(text: str) -> None:
    begin = time.process_time()
    read(text, "x.dot")
    assert time.process_time() - begin < 20


def test_limits_of_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dot_graph, "MOST_JOBS", 3)
    assert read("digraph { a b c\nd }", "x.dot").places == [("A730", 2, 1)]
    monkeypatch.setattr(dot_graph, "MOST_EDGES", 2)
    assert read("digraph { a->b b->c\nc->a }", "x.dot").places == [("A730", 2, 4)]
    monkeypatch.setattr(dot_syntax, "LARGEST", 10)
    assert read("digraph { a }", "x.dot").places == [("A730", 1, 1)]


# ---------------------------------------------------------------- drawings that come back


def estate(path: Path) -> Estate:
    settings = path / "transpile.toml"
    known = read_settings(settings) if settings.is_file() else None
    return build_estate(load_sources([str(path)], settings=known))


def drawing_of(path: Path, folder: Path) -> Path:
    result = cli("graph", path, "--format", "dot")
    (folder / "drawn.dot").write_text(result.stdout, encoding="utf-8")
    return folder / "drawn.dot"


LISTS = [
    *(GOLDEN / name / "input" for name in ("joblist_tables", "joblist_trees")),
    GOLDEN / "joblist_drawings" / "input",
    *sorted((ROOT / "samples" / "joblist").glob("*.[cyjd]*")),
]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_drawing_of_a_list_is_the_list(path: Path, tmp_path: Path) -> None:
    before = estate(path).networks
    after = {facts.said.title: facts.said for facts in estate(drawing_of(path, tmp_path)).networks}
    assert len(after) == len(before)
    for facts in before:
        # Workflows are named without blanks.
        said, drawn = facts.said, after[str(facts.said.title).replace(" ", "_")]
        assert {n: bare(job) for n, job in said.jobs.items()} == {
            n: bare(job) for n, job in drawn.jobs.items()
        }
        assert str(said.schedule) == str(drawn.schedule)


OTHERS = [
    *(folder for folder in sorted(GOLDEN.glob("*/input")) if "joblist" not in str(folder)),
    *(ROOT / "samples" / name for name in ("azkaban", "tws", "controlm", "dagman")),
]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_drawing_of_another_format_says_what_it_leaves_out(path: Path, tmp_path: Path) -> None:
    before = [facts for facts in estate(path).networks if facts.order]
    if not before:
        return
    found = estate(drawing_of(path, tmp_path))
    assert not [f for f in found.diagnostics if f.code in ("A730", "A110", "A733", "A732")]
    jobs = {name: job for facts in found.networks for name, job in facts.said.jobs.items()}
    for facts in before:
        for name, job in facts.jobs.items():
            drawn = jobs.get(name)
            if drawn is None or drawn.kind is Kind.BOX or drawn.blocked or drawn.action is None:
                continue
            assert drawn.action.texts[0] == job.action.texts[0]  # type: ignore[union-attr]
            assert drawn.retries == job.retries
            assert drawn.time_limit == job.time_limit


def test_texts_of_drawings_come_back(tmp_path: Path) -> None:
    commands = ["a\\", 'b "c\\"', "d\\\\e", "f\ng\\\nh", "i\tj", "\\n", "é $x `y`", "<b>", "{;}"]
    rows = [f"j{n} [command={in_dot(command)}]" for n, command in enumerate(commands)]
    source = tmp_path / "in" / "x.dot"
    source.parent.mkdir()
    source.write_text("digraph {" + "\n".join(rows) + "}", encoding="utf-8")
    once = drawing_of(source, tmp_path)
    found = read(once.read_text(encoding="utf-8"), "x.dot")
    assert [found.command(name) for name in found.jobs] == commands
    if shutil.which("dot"):
        done = subprocess.run(["dot", "-Tplain", once], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["echo \x1b[31m", "echo \u202e", "echo \x7f"])
def test_what_a_terminal_obeys_is_not_drawn(command: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"job,command\na,{command}\n", encoding="utf-8")
    text = drawing_of(path, tmp_path).read_text(encoding="utf-8")
    assert 'left_out="what it runs"' in text
    assert text.replace("\n", "").isprintable()
    found = read(text, "x.dot")
    assert found.jobs["a"].blocked is not None
