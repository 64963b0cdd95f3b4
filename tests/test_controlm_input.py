"""Control-M: whatever is read, there are coded findings and no traceback, in little time."""

import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.fuzz.target import convert
from transpile.dialects.controlm import DIALECT
from transpile.dialects.controlm.codes.examples import DAILY, folder, job
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.pipeline import load_sources

# -------------------------------------------------------------------- whatever is read

words = st.sampled_from(
    [
        *(
            "<DEFTABLE>",
            "</DEFTABLE>",
            "<FOLDER ",
            "</FOLDER>",
            "<SMART_FOLDER ",
            "<JOB ",
            "</JOB>",
        ),
        *("<SUB_FOLDER ", "<ON ", "</ON>", "<INCOND ", "<OUTCOND ", "<DOCOND ", "<DO ", "/>", ">"),
        *("<VARIABLE ", "<SHOUT ", "<RULE_BASED_CALENDAR ", "<!DOCTYPE x [", "]>", "<!--", "-->"),
        *('FOLDER_NAME="F" ', 'JOBNAME="A" ', 'NAME="E" ', 'ODATE="ODAT" ', 'SIGN="+" ', 'OP="(" '),
        *('CMDLINE="%%A" ', 'DAYS="ALL" ', 'CODE="NOTOK" ', 'ACTION="OK" ', 'CYCLIC="1" ', "%%$("),
        *(
            '{"F":{"Type":"Folder",',
            '"J":{"Type":"Job:Command","Command":"x"},',
            "}",
            "[",
            "]",
            ",",
        ),
        *('"e":{"Type":"WaitForEvents","Events":[', '{"Event":"E"},', '"OR",', '"(",', "//", "/*"),
        *("\0", "\ufeff", "&", "&#x1b;", "\x1b[2J", "\u202e", "'", '"', "\n", "{{x}}", "*/"),
    ]
)
texts = st.lists(words | st.text(max_size=4), max_size=60).map("".join)
fuzz = settings(
    max_examples=share_of(150),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@fuzz
@given(texts)
def test_any_text(text: str) -> None:
    convert("controlm", text.encode("utf-8", "replace"))


@fuzz
@given(texts)
def test_any_text_in_a_folder(text: str) -> None:
    convert("controlm", folder(job(text)).encode("utf-8", "replace"))


def read(text: str | bytes) -> tuple[Network, Sequence[tuple[str, int, int]]]:
    """The network of an export, and its findings with their places."""
    diagnostics = Diagnostics()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "a.controlm")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        sources = load_sources([str(path)], DIALECT).sources["controlm"][1]
        (network,) = DIALECT.read(sources, diagnostics, Site())
    diagnostics.decide()
    return network, [(d.code, d.span.line, d.span.column) for d in diagnostics]


def lost(text: str) -> list[tuple[int, int]]:
    """The places of what is not translated."""
    return [(line, column) for code, line, column in read(text)[1] if code == "A046"]


# -------------------------------------------------------------------- odd texts


@pytest.mark.parametrize(
    "head",
    ["<!-- a -->" * 60 + "<FOO/>", "/* a */" * 60 + "x", "<!--" + "-" * 9_000, "/*" + "*" * 9_000],
)
def test_comments_are_recognised_in_one_pass(head: str) -> None:
    before = time.process_time()
    assert not DIALECT.recognises(head)
    assert time.process_time() - before < 1


@pytest.mark.parametrize(
    "text",
    [
        folder(job()).replace("<DEFTABLE>", '<DEFTABLE xmlns="urn:x" xmlns:y="z" y:a="b">'),
        re.sub(r"<(/?)([A-Z])", r"<\1c:\2", folder(job())).replace(
            "DEFTABLE>", 'DEFTABLE xmlns:c="u">', 1
        ),
    ],
)
def test_namespaces_are_left_out(text: str) -> None:
    assert list(read(text)[0].jobs) == ["F.A"]


def test_documents_behind_one_another_may_have_byte_order_marks() -> None:
    second = folder(job()).replace('"F"', '"G"')
    network, found = read(f"\ufeff{folder(job())}\ufeff{second}")
    assert list(network.jobs) == ["F.A", "G.A"]
    assert "A042" not in {code for code, *_ in found}


def test_brackets_without_end() -> None:
    deep = "".join(
        f'<INCOND NAME="E{n}" ODATE="ODAT" AND_OR="{"AO"[n % 2]}" OP="("/>' for n in range(3000)
    )
    last = f'<INCOND NAME="Z" ODATE="ODAT" AND_OR="O" OP="{")" * 3000}"/>'
    assert "A049" in {code for code, *_ in read(folder(job(deep + last), job(name="B")))[1]}


def test_names_that_are_there_twice() -> None:
    names = list(read(folder(*[job()] * 3, job(name="A#2"), job()))[0].jobs)
    assert names == ["F.A", "F.A#2", "F.A#3", "F.A#2#2", "F.A#4"]


# -------------------------------------------------------------------- nothing is lost


@pytest.mark.parametrize(
    "statement",
    [
        '<INCOND NAME="E" ODATE="ODAT" AND_OR="A" FROB="1"/>',
        '<OUTCOND NAME="E" ODATE="ODAT" SIGN="+" FROB="1"/>',
        '<ON STMT="*" CODE="C0008" PGMS="STEP1"><DOACTION ACTION="OK"/></ON>',
        '<ON STMT="*" CODE="NOTOK"><DOMAIL DEST="a" FROB="1"/></ON>',
        '<ON STMT="*" CODE="NOTOK"><DOFORCEJOB TABLE_NAME="F" NAME="A" ODATE="NEXT"/></ON>',
        '<SHOUT WHEN="NOTOK" DEST="a" FROB="1"/>',
        '<VARIABLE NAME="%%PRECMD" VALUE="mount /x"/>',
        '<VARIABLE NAME="%%POSTCMD" VALUE="umount /x"/>',
    ],
)
def test_what_a_statement_says_besides_is_reported(statement: str) -> None:
    text = folder(job(statement))
    ((line, column),) = lost(text)
    begin = text.splitlines()[line - 1][column - 1 :]
    assert begin.startswith(("FROB", "PGMS", 'ODATE="NEXT"', "<VARIABLE"))


def test_values_that_change_nothing_are_not_reported() -> None:
    on = '<ON STMT="*" CODE="NOTOK" PGMS="ANYSTEP"><DOACTION ACTION="OK" FROB="N"/></ON>'
    assert not lost(folder(job(on, more='MULTY_AGENT="N" ADHOC="0"')))


def test_actions_that_would_be_lost_are_reported() -> None:
    sysout = '<DOSYSOUT OPTION="F" PAR="/out"/><DOSYSOUT OPTION="C" PAR="A"/>'
    text = folder(job(f'<ON STMT="*" CODE="NOTOK">{sysout}</ON>'))
    assert [code for code, *_ in read(text)[1] if code in ("A046", "A055")] == ["A055"]
    text = folder(job('<OUTCOND NAME="E" ODATE="ODAT" SIGN="?"/>'))
    assert "A115" in {code for code, *_ in read(text)[1]}


def test_copies_of_a_mail_have_their_recipients() -> None:
    mail = '<ON STMT="*" CODE="NOTOK"><DOMAIL DEST="a@x" CC_DEST="b@x"/></ON>'
    found = read(folder(job(mail)))[0].jobs["F.A"].alerts
    assert {alert.recipients for alert in found} == {("a@x", "b@x")}


def test_a_job_on_all_agents_is_reported() -> None:
    assert len(lost(folder(job(more='MULTY_AGENT="Y" ADHOC="1"')))) == 2


def test_what_a_plain_folder_says_is_reported() -> None:
    text = folder('<VARIABLE NAME="%%X" VALUE="1"/>', job(), more='TIMEFROM="0900" PLATFORM="UNIX"')
    assert lost(text) == [(2, text.splitlines()[1].index("TIMEFROM") + 1), (3, 1)]


# -------------------------------------------------------------------- large texts


def _waits(*events: str) -> str:
    return "".join(f'<INCOND NAME="{name}" ODATE="ODAT" AND_OR="A"/>' for name in events)


def _changes(sign: str, *events: str) -> str:
    return "".join(f'<OUTCOND NAME="{name}" ODATE="ODAT" SIGN="{sign}"/>' for name in events)


def _consumers(count: int, *, apart: bool) -> str:
    """Jobs that wait for one event and delete it, at the same time or not."""
    inside = _waits("E") + _changes("-", "E")
    times = [f'TIMEFROM="{n // 60 % 24:02}{n % 60:02}"' if apart else "" for n in range(count)]
    jobs = (job(inside, name=f"J{n}", more=time) for n, time in enumerate(times))
    return folder(job(_changes("+", "E"), name="P"), *jobs)


def _ladder(count: int) -> str:
    """Steps of two jobs that wait for the event of the step before; one is later."""
    found = [job(_changes("+", "E0"), name="J0")]
    for n in range(1, count // 2):
        inside = _waits(f"E{n - 1}") + _changes("-", f"E{n - 1}")
        found.append(job(inside + _changes("+", f"E{n}"), name=f"J{n}"))
        found.append(job(inside, name=f"K{n}", more='TIMEFROM="1200"'))
    return folder(*found)


def _attributes(count: int) -> str:
    return folder(job(more=" ".join(f'A{n}="1"' for n in range(count))))


def _broken(count: int) -> str:
    part = f'<FOLDER FOLDER_NAME="F"><JOB JOBNAME="A" CMDLINE="a && b" {DAILY}/></FOLDER>\n'
    return f"<DEFTABLE>{part * count}</DEFTABLE>"


def _documents(count: int) -> str:
    return folder(job()) * count


@pytest.mark.parametrize(
    "text",
    [
        _consumers(3_000, apart=False),
        _consumers(3_000, apart=True),
        _ladder(3_000),
        folder(*[job()] * 3_000),
        folder(*(job(_changes("+", "E"), name=f"P{n}") for n in range(3_000)), job(_waits("E"))),
        folder(job(_changes("+", *map(str, range(9_000)))), job(_waits(*map(str, range(9_000))))),
        _attributes(20_000),
        _broken(3_000),
        _documents(3_000),
    ],
    ids="consumers apart ladder names producers events attributes broken documents".split(),
)
def test_time_grows_with_the_text(text: str) -> None:
    before = time.process_time()
    read(text)
    assert time.process_time() - before < 10


def test_few_of_many_races_are_reported() -> None:
    found = [code for code, *_ in read(_consumers(100, apart=True))[1] if code in ("A053", "A054")]
    assert len(found) == 20
