"""Tables: what cells mean, where they stand, and what people and spreadsheets put into them."""

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.joblists import Step, as_table, read
from tests.support import cli
from transpile.dialects.joblist import cells, table_reader
from transpile.findings.codes.reading import EmptySource
from transpile.model import Kind, StatusTest

HEAD = "job,command,after\n"


def test_rows_are_jobs() -> None:
    found = read(HEAD + "a,echo a,\nb,echo b,a\nc,echo c,a;b\n")
    assert found.waits() == {"a": [], "b": ["a"], "c": ["a", "b"]}
    assert found.command("c") == "echo c"
    (network,) = found.networks
    assert network.title == "night"
    assert [(job.span.line, job.span.column) for job in found.jobs.values()] == [
        (2, 1),
        (3, 1),
        (4, 1),
    ]
    assert found.said("A731") == [
        "read as a list of jobs: name = job, command = command, after = after",
        "read as a list of jobs: names are split at ;",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    steps = [Step("a", "echo 1"), Step("b", "echo 2", ("a",))]
    assert read(as_table(steps, delimiter)).waits() == {"a": [], "b": ["a"]}
    assert read(f"sep={delimiter}\n" + as_table(steps, delimiter)).command("b") == "echo 2"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_encodings_of_spreadsheets(encoding: str, tmp_path: Path) -> None:
    text = "job;command;after\r\nä;echo ä;\r\nb;echo b;ä\r\n"
    data = text.encode(encoding)
    (tmp_path / "book.csv").write_bytes(b"\xff\xfe" * (encoding == "utf-16-le") + data)
    assert "checked 2 jobs in 1 file: 0 errors" in cli("check", tmp_path).output


def test_quotes_hold_delimiters_line_ends_and_quotes() -> None:
    found = read(
        'job,command,after\n"a, b","echo ""1""\necho 2",\nc,  "echo 3" ,"a, b"\nd,echo "4",c\nd,,\n'
    )
    assert found.command("a, b") == 'echo "1"\necho 2'
    assert found.command("c") == "echo 3 "
    assert found.command("d") == 'echo "4"'
    assert found.waits()["c"] == ["a, b"]
    assert [job.span.line for job in found.jobs.values()] == [2, 4, 5]
    assert found.places == [("A740", 6, 1)]


TRAPS = {
    "a formula is data": ("a,=cmd|'/C calc'!A0,\n", [("A742", 2, 3)]),
    "signs of formulas": ("a,@echo,\nb,+x,\nc,-x,\n", []),
    "an error of a spreadsheet": ("a,#REF!,\n", [("A743", 2, 3)]),
    "a job twice": ("a,true,\nb,true,\n a ,false,\n", [("A740", 4, 2)]),
    "no name": ("a,true,\n,false,\n", [("A739", 3, 1)]),
    "no command": ("a,true,\nb,,a\n", [("A741", 3, 1)]),
    "nothing but blanks for a command": ("a,true,\nb,   ,a\n", [("A741", 3, 1)]),
    "a lag": ("1,true,\n2,true,1FS+2 days\n", [("A745", 3, 8)]),
    "another relation": ("1,true,\n2,true,1;\n3,true,2;1SS\n", [("A745", 4, 10)]),
    "no lag": ("1,true,\n2,true,1FS\n3,true,2FS+0d\n", []),
    "numbers in one": ("1,true,\n2,true,\n3,true,12\n", [("A744", 4, 8)]),
    "numbers as a fraction": ("1,true,\n2,true,\n3,true,1.2\n", [("A744", 4, 8)]),
    "numbers in quotes": ('1,true,\n2,true,\n3,true,"1,2"\n', []),
    "a cell too many": ("a,true,,more,,\n", [("A110", 2, 9)]),
    "an open quote": ('a,"true,\nb,true,a\n', [("A110", 2, 3)]),
    "a Windows command": ("a,C:\\x.bat,\n", [("A209", 2, 3)]),
    "a blank row and trailing blanks": ("a  ,true ,  \n,,\n   \nb,true,a \n", []),
    "people's nothings": ("a,true,-\nb,true,n/a\nc,true,None\n", []),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    text, expected = TRAPS[trap]
    assert read(HEAD + text).places == expected


def test_a_command_like_a_formula_stays_as_it_is() -> None:
    assert read(HEAD + "a,=1+1,\n").command("a") == "=1+1"


def test_a_lag_keeps_the_order_and_an_unknown_number_holds_the_job() -> None:
    found = read(HEAD + "1,true,\n2,true,1SS+1 day\n3,true,7\n")
    assert found.waits() == {"1": [], "2": ["1"], "3": []}
    assert found.jobs["3"].blocked is not None
    assert found.jobs["2"].blocked is None


def test_numbers_are_second_names() -> None:
    text = "ID,Task Name,Cmd,Predecessors\n1,fetch,true,\n2,load it,true,1\n3,sum,true,1 2\n"
    found = read(text)
    assert found.waits() == {"fetch": [], "load it": ["fetch"], "sum": ["fetch", "load it"]}
    found = read("Step,Task,Cmd,After\n10,fetch,true,\n20,load,true,10\n")
    assert found.waits() == {"fetch": [], "load": ["fetch"]}
    assert found.places == []


SEPARATED = {
    "a;b": ["a", "b"],
    "a, b": ["a", "b"],
    "a|b": ["a", "b"],
    '"a\nb"': ["a", "b"],
    "a b": ["a", "b"],
    "a;;b;": ["a", "b"],
    "x y": ["x y"],
    "x y;a": ["x y", "a"],
    "x, z": ["x, z"],
    "a;nowhere": ["a", "nowhere"],
    "a nowhere": ["a nowhere"],
    "a;a": ["a"],
}


@pytest.mark.parametrize("cell", SEPARATED)
def test_separators_of_names(cell: str) -> None:
    quoted = cell if cell.startswith('"') or "," not in cell else f'"{cell}"'
    text = HEAD + f'a,true,\nb,true,\nx y,true,\n"x, z",true,\nlast,true,{quoted}\n'
    assert read(text).waits()["last"] == SEPARATED[cell]


def test_a_separator_of_the_team() -> None:
    tables = [{"files": "*.csv", "separator": " then "}]
    found = read(HEAD + "a;b,true,\nc,true,\nd,true,a;b then c\n", tables=tables)
    assert found.waits()["d"] == ["a;b", "c"]


def test_names_of_the_team_replace_guesses() -> None:
    text = "Schritt;Was;Danach;command;Dauer\na;true;;x;2\nb;true;a;;\n"
    table = {
        "files": ["nothing", "night.csv"],
        "name": "Schritt",
        "command": "Was",
        "after": "Danach",
        "timeout": "Dauer",
        "unit": "hours",
        "title": "closing",
        "cron": "0 3 * * *",
        "zone": "Europe/Berlin",
    }
    found = read(text, tables=[table])
    assert found.waits() == {"a": [], "b": ["a"]}
    assert found.jobs["a"].time_limit == 120
    assert found.jobs["a"].notes == (("command", "x"),)
    (network,) = found.networks
    assert network.title == "closing"
    assert str(network.schedule) == "0 3 * * * Europe/Berlin"
    assert found.findings == []


@pytest.mark.parametrize(
    ("header", "code", "column"),
    [
        ("job,name,command", "A732", 5),
        ("name,command,script", "A732", 14),
        ("job,command,after,needs", "A732", 19),
        ("job,command,timeout,time limit", "A733", 21),
        ("job,command,machine,host", "A733", 21),
    ],
)
def test_columns_that_mean_the_same(header: str, code: str, column: int) -> None:
    found = read(header + "\n" + ",".join(["x"] * len(header.split(","))) + "\n")
    assert (code, 1, column) in found.places


def test_the_first_of_two_columns_counts() -> None:
    found = read("job,command,script\na,echo 1,echo 2\n")
    assert found.command("a") == "echo 1"
    assert found.jobs["a"].notes == (("script", "echo 2"),)


def test_other_columns_are_notes() -> None:
    text = "job,command,owner,host,,comment,notes\na,true,me,db1,left,first,second\n"
    job = read(text).jobs["a"]
    expected = (("machine", "db1"), ("owner", "me"), ("column 5", "left"), ("notes", "second"))
    assert job.notes == expected
    assert job.description == "first"


def test_a_column_that_is_not_there_is_reported() -> None:
    found = read(HEAD + "a,true,\n", tables=[{"files": "*.csv", "retries": "Again"}])
    assert found.said("A912") == ["[[list]] retries = Again: night.csv has no such column"]


def test_headings_are_boxes() -> None:
    text = HEAD + "Morning,,\na,true,\nb,true,a\n\nEvening,,\nc,true,Morning\nEnd,,\n"
    found = read(text)
    assert {name: job.box for name, job in found.jobs.items()} == {
        "Morning": None,
        "a": "Morning",
        "b": "Morning",
        "Evening": None,
        "c": "Evening",
        "End": None,
    }
    assert found.waits()["c"] == ["Morning"]
    assert found.places == [("A736", 2, 1), ("A736", 6, 1), ("A741", 8, 1)]


def test_a_heading_that_its_rows_wait_for_is_a_job() -> None:
    found = read(HEAD + "Start,,\na,true,Start\n")
    assert found.jobs["Start"].kind is Kind.OTHER
    assert found.jobs["a"].box is None
    assert list(found.jobs) == ["Start", "a"]


def test_boxes_by_a_column() -> None:
    text = (
        "job,command,after,box,type\n"
        "load,,first,,\na,true,,load,\nb,true,a,load,\n"
        "first,true,,,\nlast,true,load,,\nempty,,,,box\n"
    )
    found = read(text)
    assert found.jobs["load"].kind is Kind.BOX
    assert found.waits()["load"] == ["first"]
    assert found.waits()["last"] == ["load"]
    assert found.jobs["b"].box == "load"
    assert found.jobs["empty"].kind is Kind.BOX
    assert found.places == []


def test_a_box_called_like_a_job() -> None:
    found = read("job,command,after,box\nx,true,,x\ny,true,x,\n")
    assert found.jobs["x"].box == "x (box)"
    assert found.waits()["y"] == ["x"]
    assert found.places == [("A737", 2, 9)]


TIMES = {
    "5": 5,
    "5.0": 5,
    "90m": 90,
    "2 h": 2 * 60,
    "1 day": 24 * 60,
    "120s": 2,
    "3 Hours": 180,
}


@pytest.mark.parametrize("text", TIMES)
def test_time_limits(text: str) -> None:
    found = read(f"job,command,timeout\na,true,{text}\n")
    assert found.jobs["a"].time_limit == TIMES[text]
    assert found.places == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "A115") for text in ("0", "soon", "-1", "1e9", "9" * 99, "400d", "5 parsecs")),
        ("90s", "A746"),
    ],
)
def test_time_limits_that_are_none(text: str, code: str) -> None:
    assert read(f"job,command,timeout\na,true,{text}\n").places == [(code, 2, 8)]


@pytest.mark.parametrize(
    ("text", "retries"), [("", 0), ("0", 0), ("3", 3), ("2.0", 2), ("x", None), ("-1", None)]
)
def test_retries(text: str, retries: int | None) -> None:
    found = read(f"job,command,retries\na,true,{text}\n")
    assert found.jobs["a"].retries == (retries or 0)
    assert found.places == ([("A115", 2, 8)] if retries is None else [])


@pytest.mark.parametrize(
    ("type_", "command", "kind", "code"),
    [
        ("", "true", Kind.COMMAND, None),
        ("shell", "true", Kind.COMMAND, None),
        ("Milestone", "", Kind.COMMAND, None),
        ("noop", "true", Kind.OTHER, "A115"),
        ("sql", "select 1", Kind.OTHER, "A201"),
    ],
)
def test_types(type_: str, command: str, kind: Kind, code: str | None) -> None:
    found = read(f"job,command,after,type\na,{command},,{type_}\nb,true,a,\n")
    assert found.jobs["a"].kind is kind
    assert [found for found, _, _ in found.places] == ([code] if code else [])
    assert (found.jobs["a"].action is None) is (kind is Kind.OTHER or type_ == "Milestone")


def test_a_header_further_down() -> None:
    found = read("Night\n\n;;\nJob;Command;After\na;true;\n")
    assert list(found.jobs) == ["a"]
    assert "header in line 4, what is above it is left out" in found.said("A731")[0]


def test_no_header() -> None:
    assert read("a,b\nc,d\n").places == [("A730", 1, 1)]
    assert read("").places == [(EmptySource.code, 1, 1)]
    assert read(HEAD).places == [(EmptySource.code, 1, 1)]


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_reader, "MOST_JOBS", 3)
    found = read(HEAD + "".join(f"j{n},true,\n" for n in range(9)))
    assert len(found.jobs) == 3
    assert found.places == [("A734", 5, 1)]


def test_nul_in_a_command_is_no_command_in_a_shell(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEAD + "a,echo \0,\n", encoding="utf-8")
    result = cli("check", tmp_path, "--from", "joblist")
    assert "a.csv:2:3: error[A126]" in result.output


@pytest.mark.parametrize(
    "recognised", ["job,command\na,b\n", "Task;After\na;\n", "sep=|\nid|cmd\n1|x"]
)
def test_recognised(recognised: str) -> None:
    from_table = read(recognised)
    assert from_table.jobs


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "a," + "x" * 100_000 + ",\n",
        HEAD + "a" * 100_000 + ",true,\n",
        ",".join(["command"] * 50_000) + ",job\na,b\n",
        HEAD + '"a' * 50_000,
        HEAD + '"""' * 50_000,
        HEAD + "a,true," + ";" * 100_000 + "\n",
        HEAD + 'a,true,"' + "b\n" * 50_000 + '"\n',
        HEAD + "a,true," + "FS" * 50_000 + "\n",
        HEAD + "\n" * 100_000 + "a,true,\n",
        HEAD + ",,\n" * 100_000,
        HEAD + "x,,\n" * 50_000,
        HEAD + "".join(f"j{n},true,j{n - 1}\n" for n in range(20_000)),
        HEAD + "".join(f"j{n},true,\n" for n in range(20_000)),
        "job,command,cron,tz\n"
        + "".join(f"j{n},true,{n % 60} {n % 24} * * *,UTC\n" for n in range(5_000)),
        "job,command,box\n" + "".join(f"j{n},true,b{n}\n" for n in range(10_000)),
    ],
    ids=range(15),
)
def test_hostile_tables_take_no_time(text: str) -> None:
    begin = time.process_time()
    read(text)
    assert time.process_time() - begin < 10


plain = st.text(st.characters(codec="utf-8", exclude_characters="\0\n"), max_size=8)
quoted = st.text(st.sampled_from(["a", '"', ",", ";", "\n", " ", "é"]), max_size=8)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(plain | quoted, min_size=1, max_size=4), min_size=1, max_size=4))
def test_cells_are_those_of_the_csv_module(rows: list[list[str]]) -> None:
    """As spreadsheets write them: each cell at its place."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    wanted = [row for row in rows if any(cell.strip() for cell in row)]
    table = cells.Table(text.getvalue(), ",")
    found = list(table.rows())
    assert [row.texts for row in found] == wanted
    assert table.unclosed is None
    lines = text.getvalue().split("\n")
    for row in found:
        for cell, (line, column) in zip(row.texts, row.located(), strict=True):
            first = cell.split("\n")[0].replace('"', '""')
            place = lines[line - 1][column - 1 :]
            assert place.startswith((first, first.lstrip()))


def test_when_is_about_all() -> None:
    found = read("job,command,after,when\na,true,,\nb,true,a,Done\n")
    condition = found.jobs["b"].condition
    assert getattr(condition, "test", None) is StatusTest.OVER
