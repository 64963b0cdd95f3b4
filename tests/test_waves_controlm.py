"""Control-M folders for waves: moved jobs run nothing, those that stay get the events they need."""

import json
import re
import xml.etree.ElementTree as ET
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import handovers
from tests.amounts import share_of
from tests.handovers import commands
from transpile.dialects.controlm.plan import Planned, events_of
from transpile.model import Network

handed, jobs_of = partial(handovers.handed, "controlm"), partial(handovers.network_of, "controlm")

DAYS = 'DAYS="ALL" TIMEFROM="0800"'
PLAIN = f"""<?xml version="1.0"?>
<DEFTABLE xmlns:xsi="x">
  <!-- the orders of a day -->
  <FOLDER FOLDER_NAME="ORD" FOLDER_ORDER_METHOD="SYSTEM">
    <JOB JOBNAME="LOAD" TASKTYPE="Command" CMDLINE="load > all" {DAYS} CONFIRM="1" TIMETO="1000">
      <INCOND NAME="GO" ODATE="ODAT" AND_OR="A"/>
      <OUTCOND NAME="LOADED" ODATE="ODAT" SIGN="+"/>
      <SHOUT WHEN="NOTOK" DEST="ops" MESSAGE="late"/>
      <ON STMT="*" CODE="OK">
        <DOMAIL DEST="a@b" MESSAGE="done"/>
        <DOCOND NAME="ALSO" ODATE="ODAT" SIGN="+"/>
      </ON>
    </JOB>
    <JOB JOBNAME="SUM" TASKTYPE="Command" CMDLINE="sum" {DAYS}>
      <INCOND NAME="LOADED" ODATE="ODAT" AND_OR="A"/>
    </JOB>
    <JOB JOBNAME="STAY" TASKTYPE="Command" CMDLINE="stay &amp; go" {DAYS}/>
  </FOLDER>
  <FOLDER FOLDER_NAME="HR" FOLDER_ORDER_METHOD="SYSTEM">
    <JOB JOBNAME="PAY" TASKTYPE="Command" CMDLINE="pay" {DAYS}>
      <INCOND NAME="LOADED" ODATE="ODAT" AND_OR="A"/>
      <OUTCOND NAME="LOADED" ODATE="ODAT" SIGN="-"/>
    </JOB>
  </FOLDER>
  <SMART_FOLDER FOLDER_NAME="NIGHT" FOLDER_ORDER_METHOD="SYSTEM" {DAYS} APPLICATION="A">
    <INCOND NAME="GO" ODATE="ODAT" AND_OR="A"/>
    <OUTCOND NAME="NIGHT-OK" ODATE="ODAT" SIGN="+"/>
    <JOB JOBNAME="ONE" TASKTYPE="Command" CMDLINE="one"/>
    <SUB_FOLDER JOBNAME="IN"><JOB JOBNAME="TWO" TASKTYPE="Command" CMDLINE="two"/></SUB_FOLDER>
  </SMART_FOLDER>
</DEFTABLE>
"""
CODE = {
    "Defaults": {"RunAs": "ops", "Job": {"When": {"FromTime": "0800"}}},
    "ORD": {
        "Type": "SimpleFolder",
        "LOAD": {
            "Type": "Job:Command",
            "Command": 'echo "a" > b',
            "Confirm": True,
            "RerunLimit": {"Times": "3"},
            "in": {"Type": "WaitForEvents", "Events": [{"Event": "GO"}, "OR", {"Event": "NOW"}]},
            "out": {"Type": "AddEvents", "Events": [{"Event": "LOADED"}]},
            "mail": {"Type": "If", "CompletionStatus": "OK", "m": {"Type": "Action:Mail"}},
        },
        "SUM": {"Type": "Job:Command", "Command": "sum"},
        "STAY": {"Type": "Job:Command", "Command": "stay", "Priority": 3},
        "LAST": {"Type": "Job:Command", "Command": "last"},
        "flow": {"Type": "Flow", "Sequence": ["STAY", "SUM", "LOAD", "LAST"]},
    },
    "HR": {
        "Type": "SimpleFolder",
        "PAY": {
            "Type": "Job:Command",
            "Command": "pay",
            "in": {"Type": "WaitForEvents", "Events": [{"Event": "LOADED"}]},
        },
    },
    "NIGHT": {
        "Type": "Folder",
        "out": {"Type": "AddEvents", "Events": [{"Event": "NIGHT-OK"}]},
        "ONE": {"Type": "Job:Command", "Command": "one"},
    },
}
TEXTS = {".xml": PLAIN, ".json": json.dumps(CODE)}
ORDERS = ("ORD.LOAD", "ORD.SUM")


def planned(network: Network) -> dict[str, Planned]:
    assert isinstance(network.plan, tuple)
    return {each.name: each for each in network.plan}


def waits(network: Network, name: str) -> list[str]:
    return [event.name for event in events_of(planned(network)[name].wait)]


def adds(network: Network, name: str) -> set[str]:
    ends = (end for end in planned(network)[name].ends if end.is_ok)
    return {change.event.name for end in ends for change in end.changes if change.adds}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_dummy_stands_for_a_job_that_others_wait_for(kind: str) -> None:
    leave, _, _ = handed(TEXTS[kind], ORDERS)
    gone = jobs_of(leave[kind])
    assert planned(gone)["ORD.LOAD"].is_dummy
    assert waits(gone, "ORD.LOAD") == ["FLYTE-ORD.LOAD"]
    assert "LOADED" in adds(gone, "ORD.LOAD")
    assert not planned(gone)["ORD.LOAD"].confirms
    assert planned(gone)["ORD.LOAD"].until is None
    before = planned(jobs_of(TEXTS[kind]))["ORD.LOAD"]
    assert (before.days, before.start) == (
        planned(gone)["ORD.LOAD"].days,
        planned(gone)["ORD.LOAD"].start,
    )


@pytest.mark.parametrize("kind", TEXTS)
def test_other_jobs_leave_their_folder_and_staying_ones_are_the_same(kind: str) -> None:
    leave, _, _ = handed(TEXTS[kind], ORDERS)
    before, gone = jobs_of(TEXTS[kind]), jobs_of(leave[kind])
    assert "ORD.SUM" not in gone.jobs
    assert commands(gone, "ORD.STAY") == commands(before, "ORD.STAY")
    assert waits(gone, "ORD.STAY") == waits(before, "ORD.STAY") == []


def test_an_xml_file_has_only_the_folders_that_change() -> None:
    leave, back, found = handed(PLAIN, ORDERS)
    assert not {"HR.PAY", "NIGHT"} & set(jobs_of(leave[".xml"]).jobs)
    folder = re.search(r"  <FOLDER FOLDER_NAME=\"ORD\".*?</FOLDER>", PLAIN, re.S)
    assert folder is not None
    assert folder[0] in back[".xml"]
    assert found == []
    ET.fromstring(leave[".xml"])
    assert "mail" not in leave[".xml"].lower()


def test_json_comes_back_to_the_character() -> None:
    _, back, found = handed(TEXTS[".json"], ORDERS)
    assert back[".json"] == TEXTS[".json"]
    assert found == []


def test_a_flow_falls_apart_where_jobs_have_moved() -> None:
    leave, _, _ = handed(TEXTS[".json"], ORDERS)
    folder = json.loads(leave[".json"])["ORD"]
    assert folder["flow"] == {"Type": "Flow", "Sequence": ["LOAD", "LAST"]}
    assert folder["STAY"] == CODE["ORD"]["STAY"]  # type: ignore[index]
    assert folder["LOAD"]["RunAsDummy"] is True


@pytest.mark.parametrize("kind", TEXTS)
def test_a_folder_of_which_nothing_is_needed_is_ordered_no_more(kind: str) -> None:
    leave, _, _ = handed(TEXTS[kind], ("NIGHT",))
    gone = jobs_of(leave[kind])
    assert gone.jobs["NIGHT"].schedule is None
    assert commands(gone, "NIGHT") == []
    assert planned(gone)["NIGHT.ONE"].is_dummy
    assert adds(gone, "NIGHT") == set()
    assert waits(gone, "NIGHT") == []


@pytest.mark.parametrize("kind", TEXTS)
def test_a_dummy_stands_for_a_folder_that_others_wait_for(kind: str) -> None:
    text = TEXTS[kind].replace("NIGHT-OK", "GO").replace('"in": {"T', '"IN": {"T', 1)
    leave, _, _ = handed(text, ("NIGHT",))
    gone = jobs_of(leave[kind])
    assert [name for name in gone.jobs if name.startswith("NIGHT.")] == ["NIGHT.FLYTE"]
    assert waits(gone, "NIGHT.FLYTE") == ["FLYTE-NIGHT"]
    assert planned(gone)["NIGHT.FLYTE"].days is None
    assert adds(gone, "NIGHT") == {"GO"}
    assert waits(gone, "NIGHT") == []
    assert str(gone.jobs["NIGHT"].schedule) == str(jobs_of(text).jobs["NIGHT"].schedule)


WAITS = '<INCOND NAME="LOADED" ODATE="ODAT" AND_OR="A"/>\n      <OUTCOND'
ALSO = WAITS.replace("\n", '<INCOND NAME="ALSO" ODATE="ODAT" AND_OR="A"/>\n')


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('CONFIRM="1"', 'CYCLIC="1" INTERVAL="00030M"'), "again and again"),
        (
            (
                '<ON STMT="*" CODE="OK">',
                '<ON STMT="*" CODE="NOTOK"><DOFORCEJOB NAME="PAY" FOLDER_NAME="HR"/>',
            ),
            "nothing orders HR.PAY after exit codes 1-255,kill",
        ),
        (
            (
                '<SHOUT WHEN="NOTOK" DEST="ops" MESSAGE="late"/>',
                '<ON CODE="COMPSTAT EQ 7"><DOACTION ACTION="OK"/>'
                '<DOCOND NAME="LOADED" ODATE="ODAT" SIGN="-"/></ON>',
            ),
            "its stand-in changes LOADED also after exit codes 7",
        ),
    ],
)
def test_what_a_dummy_does_not_do_is_an_error(change: tuple[str, str], reason: str) -> None:
    assert change[0] in PLAIN
    text = PLAIN.replace(*change).replace(WAITS, ALSO)
    assert any(reason in line for line in handed(text, ORDERS).differs)


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("NOTOK", ["1-255,kill + ALSO ODAT"]),
        ("COMPSTAT EQ 4", ["4 + ALSO ODAT"]),
        ("COMPSTAT GE 0", ["0 + ALSO ODAT", "1-255 + ALSO ODAT"]),
        ("OK", []),
    ],
)
def test_the_bridge_adds_events_of_other_ends_itself(code: str, rows: list[str]) -> None:
    text = PLAIN.replace('CODE="OK"', f'CODE="{code}"').replace(WAITS, ALSO)
    leave, _, differs = handed(text, ORDERS)
    shown = leave.get(".events", "").splitlines()[1:]
    assert shown == [f"ORD.LOAD {row}" for row in rows]
    assert differs == []


def test_a_delete_that_no_longer_happens_is_an_error() -> None:
    text = PLAIN.replace('CMDLINE="sum"', 'CMDLINE="sum" PRIORITY="1"').replace(
        '</JOB>\n    <JOB JOBNAME="STAY"',
        '<OUTCOND NAME="LOADED" ODATE="ODAT" SIGN="-"/></JOB>\n    <JOB JOBNAME="STAY"',
    )
    assert handed(text, ("ORD.SUM",)).differs == [
        "ORD.SUM: nothing deletes LOADED, for which HR.PAY waits"
    ]


def test_what_no_task_tells_is_an_error() -> None:
    text = PLAIN.replace(
        'NAME="LOADED" ODATE="ODAT" AND_OR="A"/>\n      <OUT',
        'NAME="LOADED" ODATE="0101" AND_OR="A"/>\n      <OUT',
    )
    assert handed(text, ORDERS).differs == ["ORD.LOAD: no task tells its end to HR.PAY"]


def test_what_defaults_give_a_dummy_is_an_error() -> None:
    code = {**CODE, "Defaults": {"Job": {"Rerun": {"Every": "5"}, "Confirm": True}}}
    leave, _, differs = handed(json.dumps(code), ORDERS)
    assert "ORD.LOAD: defaults give its stand-in Rerun" in differs
    assert json.loads(leave[".json"])["ORD"]["LOAD"]["Confirm"] is False


def test_the_second_wave_of_a_folder_keeps_the_first_one() -> None:
    leave, back, _ = handed(PLAIN, ("ORD.SUM",), ("ORD.STAY",))
    assert set(planned(jobs_of(leave[".xml"]))) == {"ORD.LOAD"}
    assert set(planned(jobs_of(back[".xml"]))) == {"ORD.LOAD", "ORD.STAY"}
    first = handed(PLAIN, ("ORD.SUM",), ("ORD.STAY",), chosen=-2)
    assert first.leave == leave | {".xml": leave[".xml"].replace("w2", "w1")}


def test_no_dummy_stands_for_a_job_once_all_that_wait_for_it_have_moved() -> None:
    first = handed(PLAIN, ORDERS, ("HR.PAY",), chosen=-2)
    assert set(planned(jobs_of(first.leave[".xml"]))) == {"ORD.STAY"}
    assert first.differs == []


def test_a_dummy_does_not_wait_for_what_defaults_name() -> None:
    wait = {"Type": "WaitForEvents", "Events": [{"Event": "ALWAYS"}]}
    code = {**CODE, "Defaults": {"Job": {"always": wait}}}
    leave, _, differs = handed(json.dumps(code), ORDERS)
    assert waits(jobs_of(leave[".json"]), "ORD.LOAD") == ["FLYTE-ORD.LOAD"]
    assert differs == []


def test_a_staying_member_needs_what_its_folder_waits_for() -> None:
    apart = '<JOB JOBNAME="ONE" TASKTYPE="Command" CMDLINE="one" WEEKDAYS="1"/>'
    text = PLAIN.replace('<JOB JOBNAME="ONE" TASKTYPE="Command" CMDLINE="one"/>', apart)
    text = text.replace('NAME="ALSO"', 'NAME="GO"')
    leave, _, _ = handed(text, (*ORDERS, "HR.PAY", "NIGHT", "NIGHT.IN"))
    gone = jobs_of(leave[".xml"])
    assert "NIGHT.ONE" in gone.jobs
    assert waits(gone, "ORD.LOAD") == ["FLYTE-ORD.LOAD"]


HOSTILE = ('A"B', "A&B", "A<B", "A'B", "A-->B", "É", "A]]>B", "A{B", "A\\B", "%%X")


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", TEXTS)
def test_names_are_quoted(kind: str, name: str) -> None:
    if kind == ".xml":
        written = ET.Element("x", v=name)
        inside = (
            ET.tostring(written, encoding="unicode").removeprefix('<x v="').removesuffix('" />')
        )
        text = PLAIN.replace('"LOAD"', f'"{inside}"')
    else:
        code = {**CODE, "ORD": {**CODE["ORD"], name: CODE["ORD"]["LOAD"]}}  # type: ignore[dict-item]
        del code["ORD"]["LOAD"], code["ORD"]["flow"]  # type: ignore[attr-defined]
        text = json.dumps(code)
    leave, back, _ = handed(text, ("ORD.SUM", f"ORD.{name}".replace("[", "[[]")))
    gone = jobs_of(leave[kind])
    assert waits(gone, f"ORD.{name}") == [f"FLYTE-ORD.{name}"]
    assert commands(jobs_of(back[kind]), f"ORD.{name}") == commands(jobs_of(text), f"ORD.{name}")


NAMES = [f"J{number}" for number in range(6)]
ESTATES = st.lists(
    st.tuples(
        st.sampled_from(["P", "Q", "S"]),
        st.sets(st.integers(0, 5), max_size=2),
        st.booleans(),
        st.booleans(),
    ),
    min_size=6,
    max_size=6,
)


def written(jobs: list[tuple[str, set[int], bool, bool]], kind: str) -> str:
    """An estate of two plain folders and a SMART folder: jobs wait for events of others."""
    folders: dict[str, dict[str, object]] = {"P": {}, "Q": {}, "S": {}}
    texts: dict[str, str] = {"P": "", "Q": "", "S": ""}
    for number, (folder, above, deletes, _) in enumerate(jobs):
        name, events = NAMES[number], [f"E{n}" for n in sorted(above) if n < number]
        own = {"Type": "AddEvents", "Events": [{"Event": f"E{number}"}]}
        gone = [{"Event": event} for event in events if deletes]
        folders[folder][name] = {
            "Type": "Job:Command",
            "Command": f"run {name}",
            "in": {"Type": "WaitForEvents", "Events": [{"Event": event} for event in events]},
            "out": own,
            "del": {"Type": "DeleteEvents", "Events": gone},
        }
        inside = "".join(f'<INCOND NAME="{e}" ODATE="ODAT" AND_OR="A"/>' for e in events)
        inside += f'<OUTCOND NAME="E{number}" ODATE="ODAT" SIGN="+"/>'
        inside += "".join(f'<OUTCOND NAME="{e["Event"]}" ODATE="ODAT" SIGN="-"/>' for e in gone)
        texts[
            folder
        ] += (
            f'<JOB JOBNAME="{name}" TASKTYPE="Command" CMDLINE="run {name}" {DAYS}>{inside}</JOB>\n'
        )
    if kind == ".json":
        for folder, members in folders.items():
            names = list(members)
            if len(names) > 1 and jobs[0][3]:
                members["f"] = {"Type": "Flow", "Sequence": names}
            members["Type"] = "Folder" if folder == "S" else "SimpleFolder"
        return json.dumps({name: each for name, each in folders.items() if len(each) > 1})
    shown = ""
    for folder, text in texts.items():
        tag = "SMART_FOLDER" if folder == "S" else "FOLDER"
        head = f'{tag} FOLDER_NAME="{folder}" FOLDER_ORDER_METHOD="SYSTEM" {DAYS}'
        shown += f"<{head}>\n{text}</{tag}>\n" if text else ""
    return f"<DEFTABLE>\n{shown}</DEFTABLE>"


def told(network: Network) -> dict[str, str]:
    """What the scheduler knows of each job, without places."""
    return {n: re.sub(r"Span\([^)]*\)", "", repr(each)) for n, each in planned(network).items()}


@settings(max_examples=share_of(80), deadline=None)
@given(ESTATES, st.sets(st.sampled_from(NAMES), min_size=1), st.sampled_from(list(TEXTS)))
def test_any_split_leaves_the_others_as_they_are(
    jobs: list[tuple[str, set[int], bool, bool]], names: set[str], kind: str
) -> None:
    text = written(jobs, kind)
    before = told(jobs_of(text))
    whole = {"S", *(name for name in before if name.startswith("S."))}
    moved = {name for name in before if name.rpartition(".")[2] in names}
    moved |= whole if moved & whole else set()
    leave, back, _ = handed(text, moved)
    if not moved:
        assert leave == {}
        return
    network = jobs_of(leave[kind])
    gone = told(network)
    folders = {name.partition(".")[0] for name in moved if kind == ".xml"}
    kept = {n for n in before if n not in moved and (not folders or n.partition(".")[0] in folders)}
    needed = {event for name in before.keys() - moved for event in waits(jobs_of(text), name)}
    for name in kept:
        assert waits(network, name) == waits(jobs_of(text), name)
        assert commands(network, name) == commands(jobs_of(text), name)
        # In a flow, a job no longer adds the event for which a moved one has waited.
        assert kind == ".json" or gone[name] == before[name]
        assert needed & adds(jobs_of(text), name) <= adds(network, name)
    for name in moved & gone.keys():
        assert name == "S" or planned(network)[name].is_dummy
    for name in moved:
        if needed & adds(jobs_of(text), name):
            assert needed & adds(jobs_of(text), name) <= adds(network, name)
            assert name == "S" or waits(network, name) == [f"FLYTE-{name}"]
    again = told(jobs_of(back[kind]))
    assert again == {n: before[n] for n in again}
    assert moved <= again.keys()
