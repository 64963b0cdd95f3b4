"""The statement grammar and its reader."""

import re

import pytest

from tests.support import ROOT, plan, read
from transpile.dialects import recognise
from transpile.dialects.autosys import catalogue
from transpile.dialects.autosys.reader import read_statements
from transpile.dialects.autosys.templates import Templates
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source


def spelled(text: str) -> list[str]:
    """Each statement and attribute with its place, one a line."""
    lines = []
    for statement in read_statements(Source("x", text), Diagnostics()):
        lines.append(
            f"{statement.span.line}:{statement.span.column} {statement.verb} {statement.name}"
        )
        for attribute in statement.attributes:
            place = f"{attribute.span.line}:{attribute.span.column}"
            rows = "".join(f" + {row.text}" for row in attribute.rows)
            lines.append(f"{place} {attribute.key}={attribute.value}@{attribute.column}{rows}")
        lines += [f"{row.span.line}:{row.span.column} row {row.text}" for row in statement.rows]
    return lines


PAIRS = [
    ("insert_job: A\n", ["1:1 insert_job A"]),
    ("insert_job:A", ["1:1 insert_job A"]),
    ("  INSERT_JOB : A  \n", ["1:3 insert_job A"]),
    ("insert_job: A   job_type: CMD \n", ["1:1 insert_job A", "1:17 job_type=CMD@27"]),
    ("insert_job: A\nmachine:  m1 \n", ["1:1 insert_job A", "2:1 machine=m1@11"]),
    ("insert_job: A\n  machine : m1", ["1:1 insert_job A", "2:3 machine=m1@13"]),
    (
        "insert_job: A\npermission:\nowner: x\n",
        ["1:1 insert_job A", "2:1 permission=@12", "3:1 owner=x@8"],
    ),
    (
        "insert_job: A\npermission:   owner: x\n",
        ["1:1 insert_job A", "2:1 permission=@15", "2:15 owner=x@22"],
    ),
    (
        'insert_job: A\ncommand: a "b: c" owner\\: d owner: x\n',
        ["1:1 insert_job A", '2:1 command=a "b: c" owner\\: d@10', "2:29 owner=x@36"],
    ),
    (
        "insert_job: A\ncommand: ls /tmp/* # all\nowner: x /* me\n you */ machine: m\n",
        ["1:1 insert_job A", "2:1 command=ls /tmp/* # all@10", "3:1 owner=x@8", "4:9 machine=m@18"],
    ),
    (
        'insert_job: A\nstart_times: "8:00",\n "9:00"\n',
        ["1:1 insert_job A", '2:1 start_times="8:00",@14 + "9:00"'],
    ),
    (
        "/* insert_job: X\n*/ insert_job: A\n# insert_job: Y\ninsert_job: B\n",
        ["2:4 insert_job A", "4:1 insert_job B"],
    ),
    (
        "/* a */ /* b */ insert_job: A\nowner: x /* c */ insert_job: B\nmachine: m\n",
        ["1:17 insert_job A", "2:1 owner=x@8", "2:18 insert_job B", "3:1 machine=m@10"],
    ),
    ("calendar: H\n12/25/2026 00:00\n", ["1:1 calendar H", "2:1 row 12/25/2026 00:00"]),
    ("insert_jib: A\nowner: x\n", ["1:1 insert_jib A", "2:1 owner=x@8"]),
    ("insert_job: A\nbox_name: B\n", ["1:1 insert_job A", "2:1 box_name=B@11"]),
    ("insert_job: A\nun\\known: x\n", ["1:1 insert_job A", "2:1 row un\\known: x"]),
    (
        "insert_job:\u00a0A\u00a0job_type:\u00a0c\n\u00a0owner: x\n",
        ["1:1 insert_job A", "1:15 job_type=c@25", "2:2 owner=x@9"],
    ),
    ("\finsert_job: A\n\fowner: x\n", ["1:2 insert_job A", "2:2 owner=x@9"]),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_reads(text: str, expected: list[str]) -> None:
    assert spelled(text) == expected


def test_the_grammar_knows_the_attributes_of_the_catalogue() -> None:
    grammar = (ROOT / "grammars" / "jil.lark").read_text(encoding="utf-8")
    words = re.search(r"NOT_KEY: /\(\?! \(\?:(.*?)\)", grammar, re.S)
    assert words is not None
    assert set(re.findall(r"\w+", words[1])) == catalogue.KNOWN


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ("insert_job: A", True),
        ("\n/* x */ # y\n/* z\n */\n  Update_Job : A", True),
        ("calendar: H", True),
        ("insert_job A", False),
        ("see insert_job: A", False),
        ("/* insert_job: A", False),
        ("/* a */" * 20_000, False),
        ("", False),
    ],
)
def test_recognises_content(head: str, known: bool) -> None:
    assert (recognise("file.txt", head) is not None) is known


def test_every_attribute_is_counted() -> None:
    """translated + noted + unsupported is the number of attributes that were read."""
    for folder in sorted((ROOT / "tests" / "golden").iterdir()):
        for path in sorted((folder / "input").glob("*.jil")):
            text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
            source = Templates(Source("x", text), {}, Diagnostics()).source
            statements = list(read_statements(source, Diagnostics()))
            tally = read(text)[0].said.tally
            total = tally.translated + tally.noted + tally.unsupported
            assert total == sum(len(s.attributes) for s in statements), path


def test_attributes_without_an_equivalent_are_reported_in_source_order() -> None:
    _, diagnostics = read("insert_job: A\ncommand: true\nulimit: n=1\nchk_files: /a\n")
    marks = [mark for mark in diagnostics.marks("A") if "A864" in mark]
    assert [mark.split()[1] for mark in marks] == ["ulimit", "chk_files"]


def test_notes_stand_at_the_job() -> None:
    text = "insert_job: A\njob_type: c\ncommand: true\nowner: me@here\navg_runtime: 5\nfoo: bar\n"
    (module,) = plan(text)[0]
    task = module.workflows[0].tasks[0]
    assert "owner: me@here" in task.documentation
    assert "avg_runtime: 5" in task.documentation
    assert task.todos == ("TODO[A853] unknown attribute foo",)
