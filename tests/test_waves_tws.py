"""Composer text for waves: moved streams start no more, those that stay find what they wait for."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import handovers
from tests.amounts import share_of
from tests.handovers import commands, said

handed, jobs_of = partial(handovers.handed, "tws"), partial(handovers.network_of, "tws")

AT = 'TIMEZONE UTC\nON RUNCYCLE R "FREQ=DAILY" ( AT {} )'
JOBS = """$JOBS
CPU#LOAD SCRIPTNAME "/opt/load.sh" STREAMLOGON "night ops"
CPU#SUM DOCOMMAND "sum" STREAMLOGON ^USER^
"""
ESTATE = f"""{JOBS}
$SCHEDULE
SCHEDULE CPU#ORD
# orders
VALIDFROM 01/01/2026 {AT.format("0100")}
CARRYFORWARD PRIORITY 20 FOLLOWS CPU#FIN.SUM
:
LOAD AT 0130
SUM FOLLOWS LOAD
END

SCHEDULE CPU#QUIET {AT.format("0100")} : LOAD END

SCHEDULE CPU#FIN {AT.format("0100")}
:
SUM
END

SCHEDULE CPU#HR {AT.format("0100")}
FOLLOWS CPU#ORD.LOAD
:
LOAD
SUM FOLLOWS CPU#ORD.@
END
"""
ORDERS = {"CPU#ORD", "CPU#QUIET"}


def test_streams_that_nobody_hears_become_drafts() -> None:
    leave, _, _ = handed(ESTATE, ORDERS)
    assert leave[".tws"].endswith(
        "SCHEDULE CPU#QUIET TIMEZONE UTC\n"
        'DRAFT\nON RUNCYCLE R "FREQ=DAILY" ( AT 0100 ) : LOAD END\n'
    )


def test_a_stream_that_others_wait_for_holds_stand_ins() -> None:
    leave, _, found = handed(ESTATE, ORDERS)
    assert (
        "SCHEDULE CPU#ORD\nVALIDFROM 01/01/2026\nTIMEZONE UTC\n"
        'ON RUNCYCLE R "FREQ=DAILY" ( AT 0100 )\nCARRYFORWARD\n'
        ":\nCPU#FLYTE_STANDIN AS LOAD\n CONFIRMED\nCPU#FLYTE_STANDIN AS FLYTE\n CONFIRMED\nEND\n"
    ) in leave[".tws"]
    assert leave[".jobs.tws"].count("CPU#FLYTE_STANDIN\n") == 1
    assert 'STREAMLOGON "night ops"' in leave[".jobs.tws"]
    assert found == []


def test_the_way_back_is_the_text_of_the_source() -> None:
    _, back, _ = handed(ESTATE, ORDERS)
    _, first, second = back[".tws"].split("SCHEDULE ")
    assert f"SCHEDULE {first}" in ESTATE
    assert f"SCHEDULE {second}" in ESTATE


def test_moved_streams_start_nothing_and_the_others_are_the_same() -> None:
    leave, back, _ = handed(ESTATE, ORDERS)
    before, gone = jobs_of(ESTATE), jobs_of(ESTATE, *leave.values())
    assert said(before, "CPU#HR") == said(gone, "CPU#HR")
    assert said(before, "CPU#FIN") == said(gone, "CPU#FIN")
    assert "CPU#ORD.SUM" not in gone.jobs
    assert gone.jobs["CPU#QUIET"].schedule is None
    assert not {"load.sh", "sum"} & set(commands(gone, "CPU#ORD"))
    again = jobs_of(ESTATE, *leave.values(), *back.values())
    assert said(again, "") == said(before, "")


def test_no_stand_in_is_left_once_all_that_wait_for_it_have_moved() -> None:
    leave, _, found = handed(ESTATE, ORDERS, {"CPU#HR"}, chosen=-2)
    assert "CONFIRMED" not in leave[".tws"]
    assert set(leave) == {".tws"}
    assert found == []


def test_a_stand_in_has_a_definition_that_the_estate_does_not_use() -> None:
    taken = ESTATE.replace(
        "CPU#LOAD S", 'CPU#FLYTE_STANDIN DOCOMMAND "x" STREAMLOGON y\nCPU#LOAD S'
    )
    leave, _, _ = handed(taken, ORDERS)
    assert "CPU#FLYTE_STANDIN_2 AS LOAD" in leave[".tws"]
    assert "CPU#FLYTE_STANDIN\n" not in leave[".jobs.tws"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('"night ops"', '"night ops" RECOVERY CONTINUE'), "no RECOVERY follows"),
        (("( AT 0100 )\nCARRY", "( AT 0100 EVERY 0100 )\nCARRY"), "several times a day"),
        (("LOAD AT 0130", "LOAD AT 0130 FOLLOWS SUM IF SUCC"), "suppressed"),
        ((f'HR {AT.format("0100")}', f'HR {AT.format("0500")}'), "no task tells its end to CPU#HR"),
        ((' STREAMLOGON "night ops"', ""), "no user for it is known"),
    ],
)
def test_what_a_stand_in_does_not_do_is_an_error(change: tuple[str, str], reason: str) -> None:
    assert change[0] in ESTATE
    leave, _, found = handed(ESTATE.replace(*change), ORDERS)
    assert any(reason in line for line in found)
    assert "AS LOAD" in leave[".tws"]


def test_a_draft_stays_one() -> None:
    text = f"{JOBS}SCHEDULE CPU#D DRAFT {AT.format('0100')} : LOAD END\n"
    leave, _, _ = handed(text, {"CPU#D"})
    assert leave[".tws"].count("DRAFT") == 1


NAMES = [f"S{number}" for number in range(5)]


@st.composite
def estates(draw: st.DrawFn) -> str:
    """Streams with and without run cycles that follow streams and jobs above them."""
    parts = [JOBS]
    for number, name in enumerate(NAMES):
        rule = AT.format(draw(st.sampled_from(["0100", "0200"]))) if draw(st.booleans()) else ""
        above = st.sampled_from(
            [f"{n}{part}" for n in NAMES[:number] for part in ("", ".@", ".LOAD")]
        )
        follows = [
            f"FOLLOWS CPU#{draw(above)}" if number and draw(st.booleans()) else "" for _ in "ab"
        ]
        remark = draw(st.sampled_from(["", "# END :\n", "<< remark >> "]))
        parts.append(
            f"SCHEDULE CPU#{name} {rule}\n{remark}{follows[0]} LIMIT 3\n:\n"
            f"LOAD {follows[1]}\nSUM FOLLOWS LOAD\nEND\n"
        )
    return "\n".join(parts)


@settings(max_examples=share_of(40), deadline=None)
@given(estates(), st.sets(st.sampled_from(NAMES), min_size=1))
def test_any_split_leaves_the_others_as_they_are(text: str, names: set[str]) -> None:
    moved = {f"CPU#{name}" for name in names}
    leave, back, _ = handed(text, moved)
    before, gone = jobs_of(text), jobs_of(text, *leave.values())
    for name in (f"CPU#{name}" for name in NAMES):
        if name in moved:
            assert (
                not {"/opt/load.sh", "sum"} & set(commands(gone, name))
                or not gone.jobs[name].schedule
            )
        else:
            assert commands(gone, name) == commands(before, name)
            assert str(gone.jobs[name].schedule) == str(before.jobs[name].schedule)
            named = gone.jobs[name].condition_text, gone.jobs[f"{name}.LOAD"].condition_text
            assert named == (
                before.jobs[name].condition_text,
                before.jobs[f"{name}.LOAD"].condition_text,
            )
    assert said(jobs_of(text, *leave.values(), *back.values()), "") == said(before, "")
