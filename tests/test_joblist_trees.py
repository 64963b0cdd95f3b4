"""YAML and JSON: values as they are written, what is repeated or merged, files of others."""

import json
import time
from pathlib import Path

import pytest

from tests.joblists import read
from tests.support import GOLDEN, ROOT, cli
from transpile.dialects import DIALECTS, recognise
from transpile.dialects.joblist import tree_parts, tree_reader
from transpile.model import AnyOf, Kind, Status, StatusTest


def yaml(text: str) -> str:
    return text.replace("\t", "  ")


def test_a_mapping_of_jobs() -> None:
    found = read(
        "name: nightly\nschedule: 0 3 * * *\ntimezone: UTC\ndescription: x\n"
        "jobs:\n  a: echo 1\n  b: {command: echo 2, after: a}\n"
        "  c:\n    run: |\n      echo 3\n      echo 4\n    needs: [a, b]\n    owner: me\n",
        "x.yaml",
    )
    (network,) = found.networks
    assert network.title == "nightly"
    assert str(network.schedule) == "0 3 * * * UTC"
    assert found.waits() == {"a": [], "b": ["a"], "c": ["a", "b"]}
    assert found.command("c") == "echo 3\necho 4"
    assert found.jobs["c"].notes == (("owner", "me"),)
    places = [(job.span.line, job.span.column) for job in found.jobs.values()]
    assert places == [(6, 3), (7, 3), (8, 3)]
    assert found.said("A731") == ["read as a list of jobs: command = run, after = needs"]


LISTS = [
    "- name: a\n  command: echo 1\n- name: b\n  command: echo 2\n  after: a\n",
    "tasks:\n- a: echo 1\n- b: {cmd: echo 2, upstream: [a]}\n",
    "steps:\n- {id: a, script: echo 1}\n- {id: b, script: echo 2, parents: [{task: a}]}\n",
    '[{"job": "a", "exec": "echo 1"}, {"job": "b", "exec": "echo 2", "after": "a"}]',
    '{"stages": {"a": "echo 1", "b": {"command": "echo 2", "dependencies": ["a"]}}}',
    '{\n\t"jobs": [\n\t\t{"name": "a", "command": "echo 1"},\n'
    '\t\t{"name": "b", "command": "echo 2", "after": ["a"]}\n\t]\n}',
]


@pytest.mark.parametrize("text", LISTS, ids=range(len(LISTS)))
def test_lists_of_jobs(text: str) -> None:
    found = read(text, "x.json" if text.startswith("{") else "x.yaml")
    assert found.waits() == {"a": [], "b": ["a"]}
    assert [found.command(name) for name in "ab"] == ["echo 1", "echo 2"]
    assert found.places == []


def test_values_are_read_as_they_are_written() -> None:
    names = ("no", "on", "08", "1_000", "0x1F", "1e3", "12:30", "null", "~", "2026-01-31", "1.0")
    jobs = "".join(f"  {name}: {{command: true, after: [{name}]}}\n" for name in names)
    found = read(f"jobs:\n{jobs}  last: {{command: no, after: yes}}\n", "x.yaml")
    assert [*found.jobs][:-1] == list(names)
    assert all(found.waits()[name] == [name] for name in names)
    assert found.command("last") == "no"
    assert found.waits()["last"] == ["yes"]


def test_steps_do_not_wait_for_one_another() -> None:
    found = read("steps:\n- {name: a, run: x}\n- {name: b, run: y}\n", "x.yaml")
    assert "no job comes after another one, all start together" in found.said("A731")[1]
    assert found.waits() == {"a": [], "b": []}


def test_what_is_left_open_is_nothing() -> None:
    found = read("jobs:\n  a:\n    command: true\n    after:\n    when: ~\n  b: null\n", "x.yaml")
    assert found.waits() == {"a": [], "b": []}
    assert found.places == [("A741", 6, 3)]


def test_repeated_keys() -> None:
    text = "jobs:\n  a: {command: echo 1, command: echo 2}\n  a: echo 3\njobs:\n  b: true\n"
    found = read(text, "x.yaml")
    assert found.command("a") == "echo 1"
    assert list(found.jobs) == ["a"]
    assert found.places == [("A735", 2, 24), ("A735", 3, 3), ("A735", 4, 1)]


def test_a_name_in_two_boxes() -> None:
    text = "jobs:\n  x: {jobs: {a: true}}\n  y: {jobs: {a: false}}\n"
    assert read(text, "x.yaml").places == [("A740", 3, 14)]


def test_merged_keys_and_aliases() -> None:
    text = yaml(
        "jobs:\n"
        "\ta: &a {command: echo 1, retries: 2, timeout: 5}\n"
        "\tb: {<<: *a, command: echo 2, after: a}\n"
        "\tc: {<<: [{retries: 7}, *a], after: [a, b]}\n"
        "\td: *a\n"
    )
    found = read(text, "x.yaml")
    assert [found.command(name) for name in "abcd"] == ["echo 1", "echo 2", "echo 1", "echo 1"]
    assert [job.retries for job in found.jobs.values()] == [2, 2, 7, 2]
    assert found.places == []


def test_boxes_of_jobs() -> None:
    text = yaml(
        "jobs:\n"
        "\ta: true\n"
        "\tx:\n\t\tafter: a\n\t\tcommand: false\n"
        "\t\tjobs:\n\t\t\tb: true\n\t\t\ty: {steps: [{name: c, run: true, after: b}]}\n"
        "\td: {command: true, after: [x, y]}\n"
    )
    found = read(text, "x.yaml")
    boxes = {name: job.box for name, job in found.jobs.items()}
    assert boxes == {"a": None, "x": None, "b": "x", "y": "x", "c": "y", "d": None}
    assert found.jobs["x"].kind is Kind.BOX
    assert found.waits()["x"] == ["a"]
    assert found.waits()["d"] == ["x", "y"]
    assert found.places == [("A110", 5, 14)]


def test_variables() -> None:
    text = yaml(
        "env: {A: 1, B: no}\n"
        "jobs:\n"
        "\ta: {command: true, env: {C: 'x y', A: 2}}\n"
        "\tb: {command: true, environment: [A=1]}\n"
        "\tc: {command: true, env: {1A: x, D: [1]}}\n"
    )
    found = read(text, "x.yaml")
    assert found.jobs["a"].action is not None
    action = found.jobs["a"].action
    assert getattr(action, "environment", ()) == (
        ("A", ("1",)),
        ("B", ("no",)),
        ("C", ("x y",)),
        ("A", ("2",)),
    )
    assert found.places == [("A115", 4, 35), ("A115", 5, 32), ("A115", 5, 38)]


def test_what_is_asked_of_one_job() -> None:
    text = (
        "jobs:\n  a: true\n  b: true\n  c: {command: true, after: [a, {job: b, when: failure}]}\n"
    )
    condition = read(text, "x.yaml").jobs["c"].condition
    terms = getattr(condition, "terms", ())
    assert isinstance(terms[0], AnyOf)
    assert isinstance(terms[1], Status)
    assert (terms[1].job, terms[1].test) == ("a", StatusTest.SUCCESS)


WRONG = {
    "jobs:\n  a: {command: [x], after: b}\n  b: true\n": [("A741", 2, 3), ("A115", 2, 16)],
    "jobs:\n  a: {command: true, after: {b: 1}}\n": [("A115", 2, 29)],
    "jobs:\n  a: {command: true, after: [[b]]}\n": [("A115", 2, 30)],
    "jobs:\n  a: {command: true, after: [{name: b, size: 1}]}\n": [("A115", 2, 30)],
    "jobs:\n  a: [x, y]\n": [("A741", 2, 3), ("A115", 2, 6)],
    "jobs:\n- x\n- {command: true}\n- {}\n": [
        ("A105", 1, 1),
        ("A739", 2, 3),
        ("A739", 3, 3),
        ("A739", 4, 3),
    ],
    "jobs: 5\n": [("A730", 1, 7)],
    "jobs:\n  ? [a]\n  : true\n": [("A730", 2, 5)],
    "retries: 1\njobs: {a: true}\n": [("A110", 1, 1)],
    "work: {a: true}\n": [("A730", 1, 1)],
    "text\n": [("A730", 1, 1)],
    "jobs: {a: true\n": [("A730", 2, 1)],
    "jobs: {a: \x01}\n": [("A730", 1, 1)],
    'jobs: {a: "\\ud800"}\n': [("A730", 1, 11)],
    "": [("A105", 1, 1)],
    "# nothing\n---\n": [("A105", 1, 1)],
    "jobs:\n": [("A105", 1, 1)],
    "jobs: {a: !!python/object/apply:os.system [x]}\n": [("A741", 1, 8), ("A115", 1, 11)],
}


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_read(text: str) -> None:
    assert read(text, "x.yaml").places == WRONG[text]


BROKEN_JSON = {
    '{"jobs": {"a": }}': (1, 16),
    '{"jobs": {"a": "x"}': (1, 20),
    '{"jobs": {"a": "x"}} x': (1, 22),
    '{"jobs": {"a": "x",}}': (1, 20),
    '{"jobs": {"a": "\\q"}}': (1, 17),
    '{"jobs":\n{"a": "\\ud800"}}': (2, 7),
    '{"jobs": {"a": NaN}}': (1, 16),
    '{"jobs": [' + "[" * 200 + "]" * 200 + "]}": (1, 109),
}


@pytest.mark.parametrize("text", BROKEN_JSON, ids=range(len(BROKEN_JSON)))
def test_broken_json(text: str) -> None:
    assert read(text, "x.json").places == [("A730", *BROKEN_JSON[text])]


def test_json_as_it_is_meant() -> None:
    text = json.dumps([{"name": "é😀\\/", "command": 'echo "\t"', "retries": 2}])
    for ascii_text in (text, text.replace("\\\\/", "\\\\\\/")):
        found = read(ascii_text, "x.json")
        assert list(found.jobs) == ["é😀\\/"]
        assert found.command("é😀\\/") == 'echo "\t"'
        assert found.jobs["é😀\\/"].retries == 2


def test_documents_are_lists() -> None:
    found = read("jobs: {a: true}\n---\nname: x\njobs: {a: true}\n---\njobs: {b: true}\n", "n.yaml")
    assert [network.title for network in found.networks] == ["n", "x", "n_3"]


def laughs(levels: int) -> str:
    lines = ["a0: &a0 {x: true}"]
    lines += [f"a{n}: &a{n} {{jobs: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, levels)]
    return "\n".join([*lines, f"jobs: {{bomb: *a{levels - 1}}}\n"])


BOMBS = {
    "boxes": laughs(12),
    "merges": "x0: &x0 {a: 1}\n"
    + "".join(f"x{n}: &x{n} {{<<: [{', '.join([f'*x{n - 1}'] * 9)}]}}\n" for n in range(1, 12))
    + "jobs: {a: *x11}\n",
    "notes": "n: &n ["
    + "x, " * 30_000
    + "]\njobs:\n"
    + "".join(f"  j{n}: {{command: true, note: *n}}\n" for n in range(5_000)),
    "a list in itself": "jobs: &j\n  a: {jobs: *j}\n",
    "a merge of itself": "jobs:\n  a: &a {<<: *a, command: true}\n",
    "a command in itself": "jobs: &j [*j]\n",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_aliases_do_not_explode(bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_parts, "_MOST_VISITS", 300_000)
    begin = time.process_time()
    found = read(BOMBS[bomb], "x.yaml")
    assert time.process_time() - begin < 30
    assert {code for code, _, _ in found.places} & {"A730", "A739", "A740"}


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "jobs: {a: {"])
def test_deep_nesting(sign: str) -> None:
    found = read("jobs:\n  a: " + sign * 3_000, "x.yaml")
    assert [code for code, _, _ in found.places] == ["A730"]


def test_too_many_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_reader, "MOST_JOBS", 3)
    found = read("jobs:\n" + "".join(f"  j{n}: true\n" for n in range(9)), "x.yaml")
    assert len(found.jobs) == 3
    assert found.places == [("A734", 5, 3)]
    monkeypatch.setattr(tree_reader, "_MOST_PARTS", 10)
    assert read("jobs:\n" + "  j: true\n" * 9, "x.yaml").places == [("A730", 5, 6)]


# ---------------------------------------------------------------- whose files they are

FOREIGN = {
    "github.yml": "name: CI\non: [push]\njobs:\n  a:\n    runs-on: x\n    needs: b\n"
    "    steps:\n      - run: make\n",
    "gitlab.yml": "stages: [build]\nbuild:\n  script: make\n  needs: []\n",
    "azure.yml": "steps:\n- script: make\n  displayName: build\n",
    "circle.yml": "version: 2.1\njobs:\n  build:\n    docker: [{image: x}]\n    steps: [x]\n",
    "compose.yml": "services:\n  web: {command: x, depends_on: [db]}\n",
    "play.yml": "- hosts: all\n  tasks:\n  - name: x\n    command: y\n",
    "tasks.yml": "- name: x\n  command: y\n  when: z\n- name: q\n  command: r\n",
    "taskfile.yml": "version: '3'\ntasks:\n  build: {cmds: [make], deps: [x]}\n",
    "kube.yml": "apiVersion: batch/v1\nkind: Job\njobs: {a: {command: x}}\n",
    "package.json": '{"name": "x", "scripts": {"build": "make"}}',
    "launch.json": '{"version": "2", "tasks": [{"label": "a", "type": "shell", "command": "x"}]}',
    "flow.flow": "nodes:\n  - name: A\n    type: command\n    config: {command: x}\n",
    "folder.json": '{"F": {"Type": "Folder", "J": {"Type": "Job:Command", "Command": "x"}}}',
    "runs.csv": "job,start,end,status\na,2026-01-01,2026-01-02,ok\n",
    "prose.csv": "name,address\nx,y\n",
    "steps.csv": "step,command\n",
    "prose.md": "jobs:\n\nto do after the graph {digraph}\n",
    "data.json": '{"jobs": [{"name": "a", "salary": 5}]}',
    "words.txt": "graph theory\n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_files_of_others_are_not_taken(name: str) -> None:
    assert not DIALECTS["joblist"].recognises(FOREIGN[name])


@pytest.mark.parametrize("text", [text for text in LISTS if "- a:" not in text])
def test_recognised_by_content(text: str) -> None:
    """Also where the text is cut at any place behind the first jobs."""
    for each in (text, "# Steps.\n" * ("{" not in text[:2]) + text, text + " " * 70_000 + "{["):
        found = recognise("steps.txt", each)
        assert found is not None
        assert found.name == "joblist"


def test_a_list_without_known_keys_is_not_recognised() -> None:
    assert recognise("steps.txt", "tasks:\n- a: echo 1\n- b: echo 2\n") is None


def test_our_own_reports_are_not_taken() -> None:
    for path in sorted(GOLDEN.glob("*/expected/report.json"))[:6]:
        assert not DIALECTS["joblist"].recognises(path.read_text(encoding="utf-8"))


def test_no_golden_or_sample_of_another_format_is_taken() -> None:
    paths = [*GOLDEN.glob("*/input/**/*"), *(ROOT / "samples").rglob("*"), *ROOT.glob("*.*")]
    taken = set()
    for path in paths:
        if path.is_file():
            found = recognise(str(path), path.read_bytes().decode("latin-1"))
            if found is not None and found.name == "joblist":
                taken.add(path.relative_to(ROOT).parts[:3])
    folders = {"/".join(parts) for parts in taken}
    assert all("joblist" in folder for folder in folders), folders


def test_named_by_the_team(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("a;b;c\nx;true;\ny;true;x\n", encoding="utf-8")
    table = '[[list]]\nfiles = "plan.txt"\nname = "a"\ncommand = "b"\nafter = "c"\n'
    (tmp_path / "transpile.toml").write_text(table, encoding="utf-8")
    assert "checked 2 jobs in 1 file: 0 errors" in cli("check", tmp_path).output
