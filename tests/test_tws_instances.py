"""Composer text: streams that wait for instances of other streams."""

from datetime import date, timedelta

import pytest

from tests.support import codes, emit, plan, plan_modules, read
from transpile.model import Facts, Status, atoms
from transpile.proof.source_starts import starts_of_jobs

DAILY = 'ON RUNCYCLE R "FREQ=DAILY" ( AT 0600 TZ UTC )'
JOB = 'DOCOMMAND "true"'


def test_streams_that_start_together_are_one_workflow() -> None:
    written = (
        f"SCHEDULE W#A {DAILY} : J {JOB} END\n"
        f'SCHEDULE W#B ON "FREQ=DAILY;INTERVAL=1" AT 0600 TZ utc FOLLOWS A : J {JOB} END\n'
        f"SCHEDULE W#C ON WEEKDAYS AT 0600 TZ UTC FOLLOWS A : J {JOB} END\n"
        f"SCHEDULE W#D {DAILY} : J {JOB} END\n"
    )
    modules, diagnostics = plan(written)
    assert [module.title for module in modules] == ["A_network", "C", "D"]
    assert not codes(diagnostics)


HALF, WHOLE = 12 * 60, 24 * 60
"""Minutes."""


def begun(network: Facts, job: str) -> list[tuple[int, int] | None] | None:
    """When the instances began that the cut of a job asks about; None without a cut."""
    cut = network.cuts.get(job)
    return [a.begun for a in atoms(cut.condition) if isinstance(a, Status)] if cut else None


def around(minutes: int) -> list[tuple[int, int]]:
    """The span of a run so many minutes after the start of the one that waits."""
    return [(minutes - HALF, minutes + HALF)]


@pytest.mark.parametrize(
    ("clauses", "spans"),
    [
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A", around(-60)),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A PREVIOUS", around(-60)),
        ("EVERYDAY AT 0700 TZ UTC MATCHING SAMEDAY FOLLOWS A PREVIOUS", around(-60)),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A RELATIVE FROM -0100 TO 0000", around(-60)),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A RELATIVE FROM -0059 TO 0000", None),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A RELATIVE FROM -2600 TO -0200", around(-60 - WHOLE)),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A FROM 0500 -1 DAY TO 0559", around(-60 - WHOLE)),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A FROM 0500 -1 DAY TO 0600", around(-60)),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A FROM 0601 TO 0500 +1 DAY", None),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A FROM 0601 TO 0700 +1 DAY", around(WHOLE - 60)),
        ("EVERYDAY AT 0500 TZ UTC FOLLOWS A", around(60 - WHOLE)),
        ("EVERYDAY AT 0500 TZ UTC FOLLOWS A SAMEDAY", around(60)),
        ("EVERYDAY AT 0500 TZ UTC MATCHING SAMEDAY FOLLOWS A", around(60)),
        ("EVERYDAY AT 0500 TZ UTC FOLLOWS A RELATIVE FROM -2400 TO +0200", around(60 - WHOLE)),
        ("EVERYDAY AT 0700 +1 DAY TZ UTC FOLLOWS A", around(-60)),
        ("EVERYDAY AT 0700 +1 DAY TZ UTC FOLLOWS A SAMEDAY", None),
        ("MO AT 0700 TZ UTC FOLLOWS A", around(-60)),
        ("MO AT 0600 TZ UTC FOLLOWS A SAMEDAY", around(0)),
        ("MO SCHEDTIME 0600 TZ UTC FOLLOWS A", around(0)),
        ("MO AT 0700 TZ UTC FOLLOWS A.J, B", [*around(-60), *around(-30)]),
        ("EVERYDAY SCHEDTIME 0700 TZ UTC FOLLOWS A, B", around(30)),
        # In summer the closest instance is that of the day before.
        ("EVERYDAY AT 0700 TZ Europe/Rome FOLLOWS A", [(-23 * 60 - 30, 30)]),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS WEEK", [(-6 * WHOLE - HALF - 30, 11 * 60 + 30)]),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS WEEK SAMEDAY", None),
        ("MO,TU,WE,TH,FR AT 0500 TZ UTC FOLLOWS WORK", None),
        ("MO,TU,WE,TH,FR AT 0700 TZ UTC FOLLOWS WORK", around(-60)),
        ("MO,TU,WE,TH,FR SCHEDTIME 0500 TZ UTC FOLLOWS WORK", None),
        ("EVERYDAY AT 0700 SCHEDTIME 0500 TZ UTC FOLLOWS A", None),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS A.J IF ABEND", None),
        ("EVERYDAY AT 0700 TZ UTC JOIN X 1 OF FOLLOWS A FOLLOWS B ENDJOIN", None),
        ("REQUEST FOLLOWS A", None),
        ("EVERYDAY AT 0700 FOLLOWS A", None),
        ("EVERYDAY AT 0700 TZ UTC FOLLOWS HAND", None),
    ],
)
def test_the_instance_that_a_reference_means(
    clauses: str, spans: list[tuple[int, int]] | None
) -> None:
    written = (
        f"SCHEDULE W#A ON EVERYDAY AT 0600 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#B ON EVERYDAY AT 0630 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#WEEK ON MO AT 0630 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#WORK ON MO,TU,WE,TH,FR AT 0600 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#HAND ON REQUEST : J {JOB} END\n"
        f"SCHEDULE W#C ON {clauses} : J {JOB} END\n"
    )
    network, diagnostics = read(written)
    plan_modules([network], diagnostics)
    assert ("A755" in codes(diagnostics)) is (spans is None)
    assert begun(network, "W#C") == spans


def test_a_place_in_the_plan_of_the_same_days_waits_in_the_same_run() -> None:
    written = (
        f"SCHEDULE W#Q ON EVERYDAY SCHEDTIME 0500 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#A ON EVERYDAY AT 0600 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#C ON EVERYDAY SCHEDTIME 0700 TZ UTC FOLLOWS Q, A : J {JOB} END\n"
    )
    modules, diagnostics = plan(written)
    assert codes(diagnostics) == {"A511"}
    (module,) = modules
    assert 'cron("0 6 * * *"' in emit(written)[module.name]


def test_a_place_in_the_plan_starts_nothing_in_a_workflow_with_a_clock() -> None:
    written = (
        f"SCHEDULE W#A ON EVERYDAY AT 0600 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#B ON EVERYDAY AT 0630 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#C ON EVERYDAY SCHEDTIME 0700 TZ UTC FOLLOWS A, B : J {JOB} END\n"
    )
    network, _ = read(written)
    found = starts_of_jobs(network, date(2026, 3, 2), 1, timedelta())
    assert [moment.hour * 100 + moment.minute for moment in found["W#C"]] == [600]


def test_streams_that_start_often() -> None:
    cycle = 'ON RUNCYCLE R "FREQ=DAILY" ( AT 0600 TZ UTC EVERY 0100 EVERYENDTIME 0900 )'
    written = (
        f"SCHEDULE W#A {cycle} : J {JOB} END\n"
        f"SCHEDULE W#B {cycle} FOLLOWS A : J {JOB} END\n"
        f"SCHEDULE W#C {cycle.replace('0600', '0630')} FOLLOWS A : J {JOB} END\n"
    )
    network, _ = read(written)
    assert ("W#A", "W#B") in network.groups
    assert begun(network, "W#C") == [(-60, 0)]


def test_streams_that_wait_for_one_another_in_turns() -> None:
    written = (
        f"SCHEDULE W#A ON EVERYDAY AT 0600 TZ UTC FOLLOWS C PREVIOUS : J {JOB} END\n"
        f"SCHEDULE W#B ON EVERYDAY AT 0630 TZ UTC : J {JOB} FOLLOWS K K {JOB} END\n"
        f"SCHEDULE W#C ON EVERYDAY AT 0700 TZ UTC FOLLOWS A, B : J {JOB} END\n"
    )
    network, diagnostics = read(written)
    plan_modules([network], diagnostics)
    assert codes(diagnostics) == {"A755"}
    assert network.cuts.keys() == {"W#C"}
    deadlock = written.replace("PREVIOUS", "SAMEDAY")
    assert "A401" in codes(read(deadlock)[1])


def test_a_job_alone_does_not_wait_for_an_earlier_stream() -> None:
    written = (
        f"SCHEDULE W#A ON EVERYDAY AT 0600 TZ UTC : J {JOB} END\n"
        f"SCHEDULE W#B ON EVERYDAY AT 0700 TZ UTC : K {JOB} J {JOB} FOLLOWS A.J END\n"
    )
    assert codes(plan(written)[1]) == {"A755"}
