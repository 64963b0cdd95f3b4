"""Composer text: what is read, refused and reported, and what becomes of single clauses."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.support import GOLDEN, ROOT, codes, emit, plan, plan_modules, read
from transpile.dialects import DIALECTS, recognise
from transpile.dialects.kit.values import runs
from transpile.dialects.tws.chunks import chunks
from transpile.dialects.tws.estate import build_network
from transpile.dialects.tws.logic import codes_where
from transpile.dialects.tws.model import Definition, Stream
from transpile.dialects.tws.reader import parse, read_objects
from transpile.dialects.tws.values import key_of, text
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Site, VariableRef
from transpile.sources.text import Source
from transpile.targets.flyte.crons import firings

# ---------------------------------------------------------------- reading


def outline(written: str) -> list[str]:
    """Each object of a text in short, and each finding."""
    diagnostics = Diagnostics()
    lines = []
    for found in read_objects(Source("x", written), diagnostics):
        if isinstance(found, Stream):
            jobs = ", ".join(entry.name for entry in found.entries)
            lines.append(f"{found.span.line}:{found.span.column} {found.title}: {jobs}")
        else:
            lines.append(f"{found.span.line}:{found.span.column} {found.name}")
    return lines + [f"{d.span.line}:{d.span.column} {d.code}" for d in diagnostics]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("SCHEDULE s ON HOLIDAYS : job1 END", ["1:1 s: job1"]),
        ("schedule w#s on request:j end", ["1:1 w#s: j"]),
        ("  Schedule /f/w#/f/s On Request\n:\n j\n k\nEnd\n", ["1:3 /f/w#/f/s: j, k"]),
        ("# c\n* c\n<< c\n END >> SCHEDULE s ON REQUEST : j << k >> END", ["4:9 s: j"]),
        ("SCHEDULE a ON REQUEST : END SCHEDULE b ON REQUEST : END", ["1:1 a: ", "1:29 b: "]),
        ("SCHEDULE AT ON ON : AS AS NOP END", ["1:1 AT: NOP"]),
        ("SCHEDULE s ON REQUEST : w#a FOLLOWS b, w#c.@ x END", ["1:1 s: a, x"]),
        ('SCHEDULE s DESCRIPTION "a\n# b\nEND c" ON REQUEST :\nj END', ["1:1 s: j"]),
        ('$JOBS\nw#a SCRIPTNAME "x" b DOCOMMAND "SCHEDULE y"\n', ["2:1 w#a", "2:20 b"]),
        ('w#a SCRIPTNAME "x"\n', ["1:1 w#a"]),
        ('$PARM\na "1"\n b "2 \\"x\\""\n', ["2:1 A", "3:2 B"]),
        ('VARTABLE t ISDEFAULT MEMBERS a "1" END', ["1:1 T.A", "1:1 A"]),
        ('VARTABLE t MEMBERS a "1" b 2 c "3" END', ["1:1 T.A", "1:1 T.C", "1:26 A110"]),
        ("RUNCYCLEGROUP g VARTABLE t ON RUNCYCLE r MO END", ["1:1 g"]),
        ("$RUNCYCLEGROUP\ng ON RUNCYCLE r MO END\nh ON TU END\n", ["2:1 g", "3:1 h"]),
        ('$JOBS\na STREAMLOGON u SCRIPTNAME /b\nw#c DOCOMMAND "d"\n', ["2:1 a", "3:1 w#c"]),
        ('$EVENTRULE\n<a>\n<eventRule name="e"/>\n</a>\n', ["3:2 A783"]),
        ("SCHEDULE s ON REQUEST :\nj\nSCHEDULE t ON REQUEST : END", ["3:1 t: ", "1:1 A751"]),
        ('SCHEDULE s ON "\n:\nEND\nSCHEDULE t ON REQUEST : END', ["4:1 t: ", "1:15 A751"]),
        ("SCHEDULE s ON REQUEST : j AT END", ["1:30 A751"]),
        ("SCHEDULE s ON REQUEST : j\0 END", ["1:26 A751"]),
        ("nothing of ours", ["1:1 A110"]),
        ("", ["1:1 A105"]),
    ],
)
def test_reads(written: str, expected: list[str]) -> None:
    assert outline(written) == expected


RICH = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("tws*/input/*.tws"))
)


def test_every_cut_is_read_or_refused() -> None:
    sample = (GOLDEN / "tws" / "input" / "streams.tws").read_text(encoding="utf-8")
    for end in range(0, len(sample), 3):
        read(f"$SCHEDULES\n{sample[:end]}")


@settings(deadline=None, max_examples=share_of(80))
@given(st.data())
def test_damage_is_read_or_refused(data: st.DataObject) -> None:
    words = re.findall(r"\s+|[^\s\"]+|\"", RICH)
    start = data.draw(st.integers(0, len(words)))
    piece = words[start : start + 120]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(piece)))
        other = data.draw(st.sampled_from(words) | st.text(max_size=5))
        piece[at : at + data.draw(st.integers(0, 3))] = [other]
    network, diagnostics = read("$SCHEDULES\n" + "".join(piece))
    plan_modules([network], diagnostics)


@pytest.mark.parametrize(
    "unit", ["a", "a ", '"', "<<", "<?xml ", '\\"', '"\n', "( ", "SCHEDULE x\n", ": \n"]
)
def test_no_text_takes_for_ever(unit: str) -> None:
    list(chunks(Source("x", unit * 20_000)))


@pytest.mark.parametrize(
    ("head", "known"),
    [
        ("SCHEDULE a#b\nON RUNCYCLE", True),
        ("SCHEDULE a#b ANYTHING AT ALL", True),
        ("SCHEDULE b\n# a comment\n<< and one >>\nONOVERLAP PARALLEL\n:", True),
        ("SCHEDULE b\n$RUNCYCLEGROUP G\n:", True),
        ("SCHEDULE b STATISTICSTYPE CUSTOM", True),
        ("SCHEDULE b SHINY\n:\nJ\nEND\n", True),
        ("RUNCYCLEGROUP g VARTABLE t\nON MO\nEND\n", True),
        ('VARTABLE t\nMEMBERS\na "1"\nEND\n', True),
        ("$EVENTRULE\n", True),
        ("# a\n" + " " * 60_000 + "x", False),
        ("<<" * 30_000, False),
        ("# \n" * 40, False),
        ("# text\n\n schedule x on request", True),
        ("$JOBS\n\nA#B\n", True),
        ("$schedules\n", True),
        ('W#J DOCOMMAND "x"', True),
        ("CPUNAME A\n DESCRIPTION x\n OS UNIX\n", True),
        ("The SCHEDULE of the day", False),
        ("schedule meetings with care", False),
        ("$HOME/bin", False),
        ("#!/bin/sh\nschedule\n", False),
        ("# " * 30_000, False),
        ("", False),
    ],
)
def test_recognises_content(head: str, known: bool) -> None:
    assert (recognise("file.txt", head) is DIALECTS["tws"]) is known


def test_values() -> None:
    assert text('a ^B.c^ "^d^"^x y^') == (
        "a ",
        VariableRef("B.C", "^B.c^"),
        ' "',
        VariableRef("D", "^d^"),
        '"^x y^',
    )
    assert key_of("w#/f/s", "other") == ("W", "/F/S")
    assert key_of("s", "Other") == ("OTHER", "S")
    rule = parse("(RC=3) OR ((RC>=5) AND (RC<10)) OR NOT (RC <= 250)", "expression")
    assert runs(sorted(codes_where(rule))) == ((3, 3), (5, 9), (251, 255))


# ---------------------------------------------------------------- streams and definitions

DAILY = 'ON RUNCYCLE R "FREQ=DAILY" ( AT 0600 TZ UTC )'
JOB = 'DOCOMMAND "true"'


@pytest.mark.parametrize(
    ("written", "code", "line", "column"),
    [
        (f"SCHEDULE W#S {DAILY}\n:\nA {JOB}\n FOLLOWS B\nEND", "A303", 4, 10),
        (f"SCHEDULE W#S {DAILY}\nFOLLOWS T\n:\nA {JOB}\nEND", "A303", 2, 9),
        (f"SCHEDULE W#S {DAILY}\n:\nA {JOB} FOLLOWS W#T.@\nEND", "A303", 3, 28),
        (f"SCHEDULE W#S {DAILY}\n:\nA {JOB} FOLLOWS B\nB {JOB}\n FOLLOWS A\nEND", "A401", 3, 28),
        (f"SCHEDULE W#S {DAILY}\n:\nA {JOB} FOLLOWS A\nEND", "A401", 3, 28),
        (f"SCHEDULE W#S {DAILY}\n:\nA\nEND", "A754", 3, 1),
        (f"SCHEDULE W#S {DAILY}\n:\nA {JOB}\nB {JOB} FOLLOWS A IF X\nEND", "A768", 4, 20),
        (f'SCHEDULE W#S {DAILY}\n:\nA {JOB} RCCONDSUCC "X"\nEND', "A115", 3, 31),
        (f"SCHEDULE W#S {DAILY}\n:\nA {JOB}\nA {JOB}\nEND", "A760", 4, 1),
        (f"SCHEDULE W#S {DAILY}\n:\nA {JOB} FOLLOWS N::T.J\nEND", "A756", 3, 28),
    ],
)
def test_refused(written: str, code: str, line: int, column: int) -> None:
    found = [(d.code, d.span.line, d.span.column) for d in plan(written)[1]]
    assert (code, line, column) in found


def test_definitions_may_stand_anywhere() -> None:
    streams = f"SCHEDULE W#S {DAILY}\n:\nA\nX#B FOLLOWS A\nEND\n"
    jobs = '$JOBS\nw#a DOCOMMAND "one"\nx#b SCRIPTNAME "two"\nw#b DOCOMMAND "three"\n'
    for texts in ((streams, jobs), (jobs, streams), (streams + jobs,)):
        emitted = emit(*texts)["s"]
        assert 'run("one")' in emitted
        assert 'run("two")' in emitted
        assert "three" not in emitted
        assert "a_node >> b_node" in emitted


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("FOLLOWS B", "W#S.B"),
        ("FOLLOWS w#b", "W#S.B"),
        ("FOLLOWS W#S.B", "W#S.B"),
        ("FOLLOWS T.@", "W#T"),
        ("FOLLOWS W#T", "W#T"),
        ("FOLLOWS T.X", "W#T.X"),
        ("FOLLOWS W#T.X SAMEDAY", "W#T.X"),
        ("FOLLOWS V#T.X", "V#T.X"),
        ("FOLLOWS T", "W#S.T"),
        ("FOLLOWS T.X FROM 0000 TO 0600", "W#T.X"),
        ("FOLLOWS T.X FROM 0000 TO 0559", "W#T.X (other schedule)"),
        ("FOLLOWS T.X FROM 2500 TO 0600", "W#T.X (other schedule)"),
        ("FOLLOWS T.X RELATIVE FROM -0200 TO +0100", "W#T.X"),
        ("FOLLOWS T.X RELATIVE FROM -0200 TO -0100", "W#T.X (other schedule)"),
        ("FOLLOWS N::V#T.X", "N::V#T.X"),
    ],
)
def test_references(reference: str, target: str) -> None:
    written = (
        f"SCHEDULE W#T {DAILY} : X {JOB} END\nSCHEDULE V#T {DAILY} : X {JOB} END\n"
        f"SCHEDULE W#S {DAILY} : B {JOB} A {JOB} {reference} END\n"
    )
    network, _ = read(written)
    assert [d.upstream for d in network.dependencies if d.downstream == "W#S.A"] == [target]


@pytest.mark.parametrize(
    ("cycles", "expected"),
    [
        ("ON EVERYDAY AT 0600 TZ UTC", ["0 6 * * *"]),
        ("ON WEEKDAYS AT 0605 TZ UTC", ["5 6 * * 1-5"]),
        ("ON MO,FR EXCEPT FR AT 0600 TZ UTC", ["0 6 * * 1"]),
        ('ON "FREQ=WEEKLY;BYDAY=SA" ( AT 2200 +2 DAYS TZ UTC )', ["0 22 * * 1"]),
        ('ON "FREQ=DAILY;" AT 0600 TZ UTC ON MO AT 0600 TZ UTC', ["0 6 * * *"]),
        ("ON MO ( AT 0600 ) ON MO,TU ( AT 0700 ) TZ UTC", ["0 6 * * 1", "0 7 * * 1,2"]),
        ("ON TU ( AT 0600 ) ON TU ( AT 0700 ) TZ UTC", ["0 6,7 * * 2"]),
        ('ON "FREQ=MONTHLY;BYMONTHDAY=1,15" AT 0600 TZ UTC', ["0 6 1,15 * *"]),
        ('ON "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31" AT 0000 TZ UTC', ["0 0 31 3 *"]),
        ("ON REQUEST", []),
        ("ON MO,REQUEST AT 0600 TZ UTC", ["0 6 * * 1"]),
    ],
)
def test_run_cycles_that_cron_can_say(cycles: str, expected: list[str]) -> None:
    network, diagnostics = read(f"SCHEDULE W#S {cycles}\n:\nA {JOB}\nEND")
    schedule = network.jobs["W#S"].schedule
    assert [firing.cron for firing in (firings(schedule) if schedule else ())] == expected
    assert codes(diagnostics) == set()


@pytest.mark.parametrize(
    "days",
    [
        "WORKDAYS",
        "HOLIDAYS",
        "CAL +1 WORKDAYS",
        "WORKDAYS +1 DAYS",
        "$RCG GROUP",
        "13/24/2026",
        '"FREQ=DAILY;INTERVAL=2"',
        '"FREQ=DAILY;INTERVAL=0"',
        f'"FREQ=DAILY;INTERVAL={"9" * 5_000}"',
        '"FREQ=MONTHLY;BYDAY=MO,2TH"',
        '"FREQ=MONTHLY;BYDAY=6TH"',
        '"FREQ=MONTHLY;BYMONTHDAY=0"',
        '"FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO"',
        '"FREQ=MONTHLY;BYWORKDAY=1"',
        '"FREQ=DAILY;BYWORKDAY"',
        '"FREQ=HOURLY"',
        '"FREQ=MONTHLY"',
        '"text"',
    ],
)
def test_run_cycles_whose_days_are_not_known(days: str) -> None:
    network, diagnostics = read(f"SCHEDULE W#S ON {days} AT 0600 TZ UTC\n:\nA {JOB}\nEND")
    assert codes(diagnostics) == {"A770"}
    assert network.jobs["W#S"].schedule is None


@pytest.mark.parametrize(
    ("clauses", "call"),
    [
        ("RECOVERY CONTINUE", 'run("true", fail_codes=())'),
        ("RECOVERY RERUN FOR 2 ATTEMPTS", "@task(retries=2)"),
        ('RCCONDSUCC "RC>=4"', "success_codes=range(4, 256)"),
        ('SUCCOUTPUTCOND X "RC=7"', "success_codes=(0, 7)"),
        ("MAXDUR 0130 ONMAXDUR KILL", "time_limit=timedelta(minutes=90)"),
        ("NOP", "return 0"),
        ("PRIORITY 0", 'blocked("A206", "on hold")'),
        ('OPENS "/a b"', 'wait_for_file("/a b", interval=120)'),
        ('OPENS W#"/a" (-s %p)', "min_size=1"),
        ("PRIORITY HI", "priority: HI"),
        ("STATISTICSTYPE CUSTOM", "statisticstype: CUSTOM"),
        ("UNTIL 0900 ONUNTIL CONT", "until: 0900"),
    ],
)
def test_clauses_of_jobs(clauses: str, call: str) -> None:
    emitted = emit(f"SCHEDULE W#S {DAILY}\n:\nA {JOB} {clauses}\nEND")["s"]
    assert call in emitted


def test_every_clause_is_counted() -> None:
    """Nothing that the grammar knows is passed over: it is translated, noted or reported."""
    seen: set[str] = set()
    for path in sorted(GOLDEN.glob("tws*/input/*.tws")):
        written = path.read_text(encoding="utf-8")
        for found in read_objects(Source("x", written), Diagnostics()):
            if isinstance(found, Definition):
                seen |= {str(c.data) for c in found.clauses}
            if not isinstance(found, Stream):
                continue
            title = found.title.replace("#", "_")
            entries = [(e, e.is_inline) for e in found.entries]
            clauses = [*found.clauses, *(c for e, _ in entries for c in e.clauses)]
            seen |= {str(c.data) for c in clauses}
            diagnostics = Diagnostics()
            network = build_network([found], diagnostics, Site())
            tally = network.tally
            if len({e.name for e in found.entries}) == len(found.entries):
                total = tally.translated + tally.noted + tally.unsupported
                assert total == len(clauses), (path, title)
    grammar = (ROOT / "grammars" / "tws.lark").read_text(encoding="utf-8")
    for rule in ("_stream_clause", "_definition_clause", "_dependency", "_times", "_measured"):
        match = re.search(rf"^{rule}: (.*?)\n(?=\w)", grammar, re.S | re.M)
        assert match is not None
        for kind in re.findall(r"\b[a-z]\w*", match[1]):
            assert kind in seen, f"no golden has {kind}"
