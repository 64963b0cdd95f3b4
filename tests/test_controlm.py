"""Control-M: the same folders as XML and as JSON are the same jobs."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from transpile.dialects import DIALECTS
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.sources.text import Source, Span

SITE = Site(readings=(("controlm_new_day", "07:00"),))


def network(name: str, text: str) -> Network:
    (found,) = DIALECTS["controlm"].read([Source(name, text)], Diagnostics(), SITE)
    return found


def without_places(value: Any) -> Any:
    """A value of the model with one place for everything in it."""
    if isinstance(value, Span):
        return "here"
    if is_dataclass(value) and not isinstance(value, type):
        shown = {f.name: without_places(getattr(value, f.name)) for f in fields(value)}
        return type(value).__name__, shown
    if isinstance(value, dict):
        return {key: without_places(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [without_places(part) for part in value]
    return value


def smart(*jobs: str, inside: str = "") -> str:
    head = '<SMART_FOLDER FOLDER_NAME="F" FOLDER_ORDER_METHOD="SYSTEM" DAYS="ALL" TIMEFROM="2000">'
    return f"<DEFTABLE>{head}{inside}{''.join(jobs)}</SMART_FOLDER></DEFTABLE>"


def plain(*jobs: str) -> str:
    head = '<FOLDER FOLDER_NAME="F" FOLDER_ORDER_METHOD="SYSTEM">'
    return f"<DEFTABLE>{head}{''.join(jobs)}</FOLDER></DEFTABLE>"


def job(name: str, inside: str = "", **attributes: str) -> str:
    given = {"TASKTYPE": "Command", "CMDLINE": "true", **attributes}
    shown = " ".join(f'{key}="{value}"' for key, value in given.items())
    return f'<JOB JOBNAME="{name}" {shown}>{inside}</JOB>'


def event(tag: str, name: str, **attributes: str) -> str:
    shown = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{tag} NAME="{name}" ODATE="ODAT"{shown}/>'


def in_(name: str, and_or: str = "A", **more: str) -> str:
    return event("INCOND", name, AND_OR=and_or, **more)


def add(name: str) -> str:
    return event("OUTCOND", name, SIGN="+")


def as_code(**members: Any) -> str:
    folder = {
        "Type": "Folder",
        "OrderMethod": "Automatic",
        "When": {"Schedule": "Everyday", "FromTime": "2000"},
        **members,
    }
    return json.dumps({"F": folder})


def simple(**members: Any) -> str:
    return json.dumps({"F": {"Type": "SimpleFolder", "OrderMethod": "Automatic", **members}})


COMMAND = {"Type": "Job:Command", "Command": "true"}
ADDS_X = {"Type": "AddEvents", "Events": [{"Event": "X"}]}
ADDS_Y = {"Type": "AddEvents", "Events": [{"Event": "Y"}]}


def waits(*events: object) -> dict[str, Any]:
    shown = [each if each in ("AND", "OR", "(", ")") else {"Event": each} for each in events]
    return {"Type": "WaitForEvents", "Events": shown}


PAIRS = [
    (
        "events, one of which is deleted",
        smart(job("A", add("X")), job("B", in_("X") + event("OUTCOND", "X", SIGN="-"))),
        as_code(
            A={**COMMAND, "add": ADDS_X},
            B={
                **COMMAND,
                "wait": waits("X"),
                "delete": {"Type": "DeleteEvents", "Events": [{"Event": "X"}]},
            },
        ),
    ),
    (
        "a flow",
        smart(
            job("A", add("F:A-TO-B")),
            job("B", in_("F:A-TO-B") + event("OUTCOND", "F:A-TO-B", SIGN="-")),
        ),
        as_code(A=COMMAND, B=COMMAND, flow={"Type": "Flow", "Sequence": ["A", "B"]}),
    ),
    (
        "alternatives in brackets",
        smart(
            job("A", add("X")),
            job("B", add("Y")),
            job("C", add("Z")),
            job("D", in_("Z") + in_("X", OP="(") + in_("Y", "O", OP=")")),
        ),
        as_code(
            A={**COMMAND, "add": ADDS_X},
            B={**COMMAND, "add": ADDS_Y},
            C={**COMMAND, "add": {"Type": "AddEvents", "Events": [{"Event": "Z"}]}},
            D={**COMMAND, "wait": waits("Z", "AND", "(", "X", "OR", "Y", ")")},
        ),
    ),
    (
        "what follows from an exit code",
        smart(
            job(
                "A",
                '<ON STMT="*" CODE="COMPSTAT GT 4"><DOACTION ACTION="OK"/>'
                + event("DOCOND", "X", SIGN="+")
                + "</ON>",
            ),
            job("B", in_("X")),
        ),
        as_code(
            A={
                **COMMAND,
                "many": {
                    "Type": "If",
                    "CompletionStatus": ">4",
                    "ok": {"Type": "Action:SetToOK"},
                    "add": {"Type": "Event:Add", "Event": "X"},
                },
            },
            B={**COMMAND, "wait": waits("X")},
        ),
    ),
    (
        "reruns, a mail and a confirmation",
        smart(
            job(
                "A",
                '<ON STMT="*" CODE="NOTOK"><DOACTION ACTION="RERUN"/>'
                '<DOMAIL DEST="a@b.example" SUBJECT="s" MESSAGE="m"/></ON>',
                MAXRERUN="2",
                CONFIRM="1",
            )
        ),
        as_code(
            A={
                **COMMAND,
                "RerunLimit": {"Times": "2"},
                "Confirm": True,
                "bad": {
                    "Type": "If",
                    "CompletionStatus": "NOTOK",
                    "again": {"Type": "Action:Rerun"},
                    "mail": {
                        "Type": "Action:Mail",
                        "To": "a@b.example",
                        "Subject": "s",
                        "Message": "m",
                    },
                },
            }
        ),
    ),
    (
        "a script, a dummy and a sub-folder",
        smart(
            '<SUB_FOLDER JOBNAME="S">'
            + job("A", TASKTYPE="Dummy", CMDLINE="")
            + '<JOB JOBNAME="B" TASKTYPE="Job" MEMNAME="b.sh" MEMLIB="/opt">'
            '<VARIABLE NAME="%%PARM1" VALUE="x"/></JOB></SUB_FOLDER>'
        ),
        as_code(
            S={
                "Type": "SubFolder",
                "A": {"Type": "Job:Dummy"},
                "B": {
                    "Type": "Job:Script",
                    "FileName": "b.sh",
                    "FilePath": "/opt",
                    "Arguments": ["x"],
                },
            }
        ),
    ),
    (
        "jobs of a plain folder with days, times and a repetition",
        plain(
            job("A", DAYS="1,L1", DAYS_AND_OR="A", WEEKDAYS="1,2", TIMEFROM="0900"),
            job(
                "B",
                DAYS="ALL",
                TIMEFROM="0800",
                TIMETO="1200",
                CYCLIC="1",
                CYCLIC_TYPE="C",
                INTERVAL="00030M",
                IND_CYCLIC="S",
            ),
        ),
        simple(
            A={
                **COMMAND,
                "When": {
                    "MonthDays": ["1", "L1"],
                    "DaysRelation": "AND",
                    "WeekDays": ["MON", "TUE"],
                    "FromTime": "0900",
                },
            },
            B={
                **COMMAND,
                "When": {"Schedule": "Everyday", "FromTime": "0800", "ToTime": "1200"},
                "Rerun": {"Every": "30", "Units": "Minutes", "From": "Start"},
            },
        ),
    ),
    (
        "defaults and notes",
        smart(job("A", APPLICATION="P", RUN_AS="u", NODEID="h", DESCRIPTION="d")),
        as_code(
            Defaults={"Job": {"RunAs": "u", "Host": "h"}},
            A={**COMMAND, "Application": "P", "Description": "d"},
        ),
    ),
]


@pytest.mark.parametrize(("xml", "code"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_both_texts_say_the_same(xml: str, code: str) -> None:
    ours, theirs = network("a.xml", xml), network("a.json", code)
    assert without_places(ours.jobs) == without_places(theirs.jobs)
    assert without_places(ours.plan) == without_places(theirs.plan)
    assert ours.jobs
