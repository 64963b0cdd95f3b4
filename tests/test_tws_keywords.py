"""Composer's keywords: each is translated, noted or an error on its line; no job is made of one."""

import pytest

from tests.support import codes, emit, plan, read
from tests.vocabulary import vocabulary
from transpile.dialects.tws.codes import RANGE
from transpile.dialects.tws.keywords import RESERVED
from transpile.dialects.tws.task_body import read_body
from transpile.findings.finding import CODES, Level
from transpile.model import Facts
from transpile.targets.flyte.crons import firings

DAILY = 'ON RUNCYCLE R "FREQ=DAILY" ( AT 0600 TZ UTC )'
JOB = 'DOCOMMAND "true"'


def found(written: str) -> set[tuple[str, int, int]]:
    """The errors in a text, with their places."""
    return {
        (d.code, d.span.line, d.span.column) for d in plan(written)[1] if d.level.value == "error"
    }


def counted(facts: Facts) -> int:
    """How many clauses were translated, noted or reported."""
    tally = facts.said.tally
    return tally.translated + tally.noted + tally.unsupported


def test_every_keyword_of_the_grammar_is_reserved() -> None:
    values = {
        *"and or not all rc rcg sa su hi go suppr cont canc stop continue rerun".split(),
        *"day days weekday weekdays workday workdays attempt runcyclegroup".split(),
    }
    assert {word.lower() for word in vocabulary("tws")} - values <= RESERVED


@pytest.mark.parametrize("word", sorted(RESERVED - {"end"}))
def test_no_job_is_made_of_a_keyword(word: str) -> None:
    """Whatever stands behind it: the text is refused there, or the word is understood."""
    for line in (word, f"{word} MORE", f'{word} "MORE"', f"{word} 0010"):
        written = f"SCHEDULE W#S {DAILY}\n:\nW#A {JOB}\nW#B {JOB}\n{line}\nEND\n"
        network, diagnostics = read(written)
        names = {job.name.rpartition(".")[2].lower() for job in network.jobs.values()}
        assert word not in names
        refused = any(d.level.value == "error" for d in diagnostics)
        assert refused or counted(network) > counted(read(written.replace(line, ""))[0])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"A {JOB}\n SHINY NEW\nB {JOB}", (4, 2)),
        (f"A {JOB}\nSHINY NEW\nB {JOB}", (4, 1)),
        (f"A {JOB} SHINY FOLLOWS B\nB {JOB}", (3, 20)),
        (f"A {JOB}\n FREEDAYS CAL\nB {JOB}", (4, 2)),
        (f"A {JOB}\nVALIDTO\nB {JOB}", (4, 1)),
    ],
)
def test_a_word_that_is_not_known_blocks_the_job_before_it(
    text: str, place: tuple[int, int]
) -> None:
    written = f"SCHEDULE W#S {DAILY}\n:\n{text}\nEND\n"
    network, _ = read(written)
    assert set(network.jobs) == {"W#S", "W#S.A", "W#S.B"}
    blocked = network.jobs["W#S.A"].blocked
    assert blocked is not None
    assert blocked.code == "A781"
    assert network.jobs["W#S.B"].blocked is None
    assert ("A781", *place) in found(written)


def test_what_stands_behind_such_a_word_is_kept() -> None:
    network, _ = read(f"SCHEDULE W#S {DAILY}\n:\nA {JOB}\nB {JOB}\n SHINY FOLLOWS A\nEND\n")
    assert [d.upstream for d in network.dependencies if d.downstream == "W#S.B"] == ["W#S.A"]


@pytest.mark.parametrize("text", ["A\nB", "A B", " A\n B FOLLOWS A", f"A {JOB}\nB", "W#A\n W#B"])
def test_jobs_without_a_definition_stay_jobs(text: str) -> None:
    network, diagnostics = read(f"SCHEDULE W#S {DAILY}\n:\n{text}\nEND\n")
    assert set(network.jobs) == {"W#S", "W#S.A", "W#S.B"}
    assert "A781" not in codes(diagnostics)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("AT 1400 EVERY 0200 EVERYENDTIME 1800", ["0 14,16,18 * * *"]),
        ("SCHEDTIME 1445 EVERY 0010 EVERYENDTIME 1500", ["45,55 14 * * *"]),
        ("AT 2300 EVERY 0100 EVERYENDTIME 0100 + 1", ["0 0,1,23 * * *"]),
        ("EVERY 1200 EVERYENDTIME 2359", ["0 0,12 * * *"]),
    ],
)
def test_run_cycles_that_repeat(times: str, expected: list[str]) -> None:
    written = f'SCHEDULE W#S TZ UTC ON RUNCYCLE R "FREQ=DAILY" ( {times} )\n:\nA {JOB}\nEND\n'
    network, _ = read(written)
    schedule = network.jobs["W#S"].schedule
    assert schedule is not None
    assert sorted({firing.cron for firing in firings(schedule)}) == sorted(expected)
    assert found(written) <= {("A511", 1, 21)}


@pytest.mark.parametrize(
    "times", ["EVERY 0200", "EVERY 0000 EVERYENDTIME 1800", "EVERY 0100 EVERYENDTIME 0300"]
)
def test_repetitions_that_are_not_known(times: str) -> None:
    written = f"SCHEDULE W#S ON MO\n( AT 0600 TZ UTC {times} )\n:\nA {JOB}\nEND\n"
    assert found(written) == {("A761", 2, 18)}


def test_streams_that_repeat_otherwise_do_not_start_together() -> None:
    cycle = 'ON RUNCYCLE R "FREQ=DAILY" ( AT 0600 TZ UTC EVERY 0100 EVERYENDTIME {} )'
    written = (
        f"SCHEDULE W#A {cycle.format('0900')} : J {JOB} END\n"
        f"SCHEDULE W#B {cycle.format('1000')} FOLLOWS A : J {JOB} END\n"
    )
    assert "A755" in codes(plan(written)[1])
    assert "A755" not in codes(plan(written.replace("1000", "0900"))[1])


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        ("AT 0559 TZ UTC", None),
        ("AT 0600 TZ UTC", None),
        ("AT 0601 TZ UTC", "A779"),
        ("AT 0500 +1 DAY TZ UTC", "A779"),
        ("AT 0600 TZ CET", "A779"),
        ("UNTIL 0900", "A762"),
        ("DEADLINE 0900", "A784"),
        ("EVERY 0010", "A761"),
        ("MINDUR 50 % ONMINDUR ABEND", "A786"),
    ],
)
def test_times_of_jobs(clause: str, code: str | None) -> None:
    errors = found(f"SCHEDULE W#S {DAILY}\n:\nA {JOB}\n {clause}\nEND\n")
    assert errors == ({(code, 4, 2)} if code else set())


GROUP = 'RUNCYCLEGROUP G VARTABLE T\nON RUNCYCLE R "FREQ=WEEKLY;BYDAY=MO,TU" ( AT 0600 TZ UTC )\n'


@pytest.mark.parametrize(
    ("stream", "group", "expected"),
    [
        ("ON $RCG G", "", ["0 6 * * 1,2"]),
        ("ON RUNCYCLE X G", "EXCEPT TU\n", ["0 6 * * 1"]),
        ("ON $RUNCYCLEGROUP G", "ON WE\nAT 0700 TZ UTC\n", ["0 6 * * 1,2", "0 7 * * 3"]),
        ("ON $RCG G EXCEPT MO", "", ["0 6 * * 2"]),
        ("ON $RCG G ON WE AT 0600 TZ UTC", "", ["0 6 * * 3"]),
        ("ON $RCG G EXCEPT MO", "EXCEPT TU\n", []),
        ("ON $RCG NONE", "", []),
    ],
)
def test_run_cycle_groups(stream: str, group: str, expected: list[str]) -> None:
    written = (
        f'SCHEDULE W#S {stream}\n:\nA {JOB}\nEND\n{GROUP}{group}END\nVARTABLE T MEMBERS A "1" END'
    )
    network, diagnostics = read(written)
    schedule = network.jobs["W#S"].schedule
    assert [firing.cron for firing in (firings(schedule) if schedule else ())] == expected
    certain = stream.count("ON ") == 1 and expected
    assert ("A770" in codes(diagnostics)) is not bool(certain)


TWO = (
    'RUNCYCLEGROUP H\nON RUNCYCLE R "FREQ=WEEKLY;BYDAY=MO,TU" ( AT 0600 TZ UTC )\nEND\n'
    "RUNCYCLEGROUP K\nON RUNCYCLE R FR\nEND\n"
    "RUNCYCLEGROUP L\nON RUNCYCLE R SA SUBSET A\nEND\n"
)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("ON $RCG H ON WE", ["0 6 * * 1,2", "0 9 * * 3"]),
        ("ON WE ON $RCG H ON RUNCYCLE R K", ["0 6 * * 1,2", "0 9 * * 3,5"]),
        ("ON $RCG H ON $RCG H", ["0 6 * * 1,2"]),
        ("ON $RCG L ON WE", None),
        ("ON $RCG K ON WE EXCEPT MO", None),
        ("ON $RCG K ON WE FREEDAYS X", None),
        ("ON $RCG K +1 DAYS ON WE", None),
        ("ON $RCG K FDNEXT ON WE", None),
    ],
)
def test_run_cycle_groups_beside_others(stream: str, expected: list[str] | None) -> None:
    network, diagnostics = read(f"SCHEDULE W#S {stream} AT 0900 TZ UTC\n:\nA {JOB}\nEND\n{TWO}")
    schedule = network.jobs["W#S"].schedule
    shown = sorted(f.cron for f in (firings(schedule) if schedule else ()))
    assert shown == (expected or ["0 9 * * 3"])
    assert ("A770" in codes(diagnostics)) is (expected is None)


def test_variable_tables() -> None:
    table = 'VARTABLE T MEMBERS X "of t" END\nVARTABLE D ISDEFAULT MEMBERS X "of d" Y "y" END\n'
    job = 'A DOCOMMAND "echo ^X^ ^Y^" OPENS "/^X^"'
    emitted = emit(f"SCHEDULE W#S VARTABLE T {DAILY}\n:\n{job}\nEND\n{table}")["s"]
    assert '"of t"' in emitted
    assert '"of d"' not in emitted
    emitted = emit(f"SCHEDULE W#S {DAILY}\n:\n{job}\nEND\n{table}")["s"]
    assert '"of d"' in emitted
    cycles = "ON RUNCYCLE A VARTABLE T MO ON RUNCYCLE B\nVARTABLE D TU AT 0600 TZ UTC"
    assert ("A778", 2, 1) in found(f"SCHEDULE W#S {cycles}\n:\n{job}\nEND\n{table}")
    assert ("A778", 2, 1) in found(f"SCHEDULE W#S\nVARTABLE U {DAILY}\n:\n{job}\nEND\n{table}")


BODY = '<j:jobDefinition xmlns:j="x"><j:application name="{}">{}</j:application></j:jobDefinition>'


@pytest.mark.parametrize(
    ("kind", "inside", "command"),
    [
        ("executable", "<j:executable><j:script>a &lt; b</j:script></j:executable>", "a < b"),
        ("executable", '<j:executable path="/a b"/>', "'/a b'"),
        ("executable", '<j:executable input="/x"><j:script>a</j:script></j:executable>', None),
        ("executable", "<j:executable><j:script>a</j:script><j:new/></j:executable>", None),
        ("ftp", "<j:executable><j:script>a</j:script></j:executable>", None),
    ],
)
def test_bodies_of_tasks(kind: str, inside: str, command: str | None) -> None:
    body = read_body(BODY.format(kind, inside))
    assert (body.kind, body.command) == (kind, command)


def test_no_body_is_expanded() -> None:
    script = "<j:executable><j:script>&a;</j:script></j:executable>"
    laughs = '<!DOCTYPE x [<!ENTITY a "b">]>' + BODY.format("executable", script)
    assert read_body(laughs).command is None
    assert read_body("<jobDefinition>").kind == "of an unknown kind"


def test_what_is_known_to_differ_is_an_error() -> None:
    """A warning of composer's codes says that something is not proven."""
    kinds = (kind for code, kind in CODES.items() if RANGE[0] <= code <= RANGE[1])
    warnings = {kind.code for kind in kinds if kind.level is Level.WARNING}
    assert warnings <= {"A752", "A753", "A767", "A774", "A775", "A780"}
