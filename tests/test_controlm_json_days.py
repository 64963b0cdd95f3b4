"""Control-M: days, repetitions, resources and actions of jobs as code."""

from typing import Any

import pytest

from tests.controlm_jobs_as_code import COMMAND, clean, folder, job, kept, one

# ------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (
            {"WeekDays": ["MON", "FRI"], "MonthDays": ["1", "L1"], "DaysRelation": "AND"},
            {"WEEKDAYS": "MON,FRI", "DAYS": "1,L1", "DAYS_AND_OR": "A"},
        ),
        (
            {"MonthDaysCalendar": "C", "WeekDaysCalendar": "W", "DaysRelation": "OR"},
            {"DAYSCAL": "C", "WEEKSCAL": "W", "DAYS_AND_OR": "O"},
        ),
        ({"SpecificDates": ["03/01", "12/24"]}, {"DATE": "03/01,12/24"}),
        ({"SpecificDates": [], "WeekDays": ["NONE"]}, {"WEEKDAYS": "NONE"}),
        ({"Schedule": "Never"}, {"DAYS": "NONE"}),
        ({"Schedule": "Everyday"}, {"DAYS": "ALL"}),
        (
            {"FromTime": "1500", "ToTime": ">", "StartDate": "20260101", "EndDate": "20261231"},
            {
                "TIMEFROM": "1500",
                "TIMETO": ">",
                "ACTIVE_FROM": "20260101",
                "ACTIVE_TILL": "20261231",
                "DAYS": "ALL",
            },
        ),
        ({"ActivePeriod": True}, {"DAYS": "ALL"}),
        ({"ActivePeriod": False}, {"When.ActivePeriod": "false", "DAYS": "ALL"}),
        (
            {
                "WeekDays": ["MON"],
                "ConfirmationCalendars": {
                    "Calendar": "C",
                    "ExceptionPolicy": "OrderOnNextConfirmedDay",
                    "ShiftBy": "-1",
                },
            },
            {"WEEKDAYS": "MON", "CONFCAL": "C", "SHIFT": "NEXTDAY", "SHIFTNUM": "-1"},
        ),
        ({"Odd": {"X": 1}}, {"When.Odd.X": "1", "DAYS": "ALL"}),
        ({"Months": ["SMARCH"]}, {"When.Months": "SMARCH", "DAYS": "ALL"}),
    ],
)
def test_days(when: dict[str, Any], expected: dict[str, str]) -> None:
    assert kept(job(When=when), "JOBNAME", "TASKTYPE") == expected


def test_months_are_attributes() -> None:
    found = job(When={"Months": ["JAN", "dec"]})
    months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
    assert [found.get(month) for month in months] == ["1", *["0"] * 10, "1"]
    assert job(When={"Months": ["ALL"]}).get("JUN") == "1"
    assert job(When={"Months": ["NONE"]}).get("JUN") == "0"


def test_what_has_no_days_is_ordered_every_day() -> None:
    found = folder(A=COMMAND, S={"Type": "SubFolder"})
    assert [found.get("DAYS"), *(each.get("DAYS") for each in found.children)] == ["ALL"] * 3
    (plain,) = clean({"G": {"Type": "SimpleFolder"}})
    assert "DAYS" not in plain.attributes
    calendars = {"RuleBasedCalendars": {"Included": ["USE PARENT"]}}
    assert "DAYS" not in folder(When=calendars).attributes


def test_rule_based_calendars() -> None:
    found = folder(
        When={
            "RuleBasedCalendars": {
                "Included": ["WORK", "MINE", "USE PARENT", {"Name": "NAMED"}],
                "Excluded": ["FREE", "MY_FREE"],
                "Relationship": "AND",
                "MINE": {
                    "Type": "Calendar:RuleBased",
                    "When": {"WeekDays": ["MON"], "Months": ["JAN"]},
                },
                "MY_FREE": {"Type": "Calendar:RuleBased", "When": {"FromTime": "0100"}},
            }
        }
    )
    assert [each.get("NAME") for each in found.all("RULE_BASED_CALENDARS")] == [
        *("WORK", "*", "NAMED", "!FREE"),
    ]
    mine, free = found.all("RULE_BASED_CALENDAR")
    assert (mine.get("NAME"), mine.get("WEEKDAYS"), mine.get("FEB")) == ("MINE", "MON", "0")
    assert (free.get("NAME"), free.get("DAYS"), free.get("TIMEFROM")) == ("!MY_FREE", "ALL", "0100")
    assert found.get("RULE_BASED_CALENDAR_RELATIONSHIP") == "A"


def test_calendars_beside_folders() -> None:
    years = [{"Year": "2020", "JAN": ["10-15", "22"]}, {"Year": "2021"}]
    regular, rules, periods = clean(
        {
            "C": {"Type": "Calendar:Regular", "Server": "SRV", "When": {"Years": years}},
            "R": {"Type": "Calendar:RuleBasedCalendar", "When": {"MonthDays": ["1"]}},
            "P": {"Type": "Calendar:Periodic", "When": {"Periods": [{"Period": "A"}]}},
        }
    )
    assert regular.tag == "CALENDAR"
    assert regular.attributes == {"NAME": "C", "TYPE": "Regular", "DATACENTER": "SRV"}
    assert [year.attributes for year in regular.all("YEAR")] == [
        {"NAME": "2020", "JAN": "10-15,22"},
        {"NAME": "2021", "JAN": ""},
    ]
    assert (rules.tag, rules.get("DAYS")) == ("RULE_BASED_CALENDAR", "1")
    assert (periods.get("TYPE"), periods.get("When.Periods[1].Period")) == ("Periodic", "A")


# ------------------------------------------------------------------ repetitions


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (
            {"Rerun": {"Every": "5", "Units": "Hours", "From": "End", "Times": "3"}},
            {
                "CYCLIC": "1",
                "CYCLIC_TYPE": "C",
                "INTERVAL": "00005H",
                "IND_CYCLIC": "E",
                "MAXRERUN": "3",
            },
        ),
        (
            {"Rerun": {"Every": "90", "Units": "Seconds", "Odd": 1}},
            {"CYCLIC": "1", "CYCLIC_TYPE": "C", "INTERVAL": "00090S", "Rerun.Odd": "1"},
        ),
        (
            {"Rerun": {"Every": "often", "Units": "Weeks"}},
            {"CYCLIC": "1", "CYCLIC_TYPE": "C", "INTERVAL": "oftenWeeks"},
        ),
        (
            {"RerunIntervals": {"Intervals": ["12M", "1H", "10s", "2"], "From": "Target"}},
            {
                "CYCLIC": "1",
                "CYCLIC_TYPE": "V",
                "CYCLIC_INTERVAL_SEQUENCE": "+00012M,+00001H,+00010S,+00002M",
                "IND_CYCLIC": "T",
            },
        ),
        (
            {"RerunSpecificTimes": {"At": ["0800", "1200"], "Tolerance": "15", "Times": 2}},
            {
                "CYCLIC": "1",
                "CYCLIC_TYPE": "S",
                "CYCLIC_TIMES_SEQUENCE": "0800,1200",
                "CYCLIC_TOLERANCE": "15",
                "MAXRERUN": "2",
            },
        ),
        (
            {"RerunLimit": {"Times": "3", "Every": "10", "Units": "Minutes"}},
            {"MAXRERUN": "3", "INTERVAL": "00010M"},
        ),
        ({"Rerun": "daily"}, {"Rerun": "daily"}),
        (
            {"Rerun": {"Units": "Hours"}},
            {"CYCLIC": "1", "CYCLIC_TYPE": "C", "Rerun.Units": "Hours"},
        ),
    ],
)
def test_repetitions(members: dict[str, Any], expected: dict[str, str]) -> None:
    assert kept(job(**members), "JOBNAME", "TASKTYPE", "DAYS") == expected


# -------------------------------------------------------- resources and actions


@pytest.mark.parametrize("kind", ["Semaphore", "Pool"])
def test_pools(kind: str) -> None:
    found = job(R={"Type": f"Resource:{kind}", "Quantity": 3, "IfOk": "Discard", "IfFail": "Keep"})
    assert one(found, "QUANTITATIVE").attributes == {
        "NAME": "R",
        "QUANT": "3",
        "ONOK": "D",
        "ONFAIL": "K",
    }


@pytest.mark.parametrize("kind", ["Mutex", "Lock"])
def test_locks(kind: str) -> None:
    found = job(R={"Type": f"Resource:{kind}", f"{kind}Type": "Shared"})
    assert one(found, "CONTROL").attributes == {"NAME": "R", "TYPE": "S"}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"Type": "Notify:NotOK", "Urgency": "Urgent"}, {"WHEN": "NOTOK", "URGENCY": "U"}),
        ({"Type": "Notify:OK", "Destination": "Alerts"}, {"WHEN": "OK", "DEST": "Alerts"}),
        (
            {"Type": "Notify:DoesNotStart", "By": "0900", "Days": "1", "Message": "m"},
            {"WHEN": "LATESUB", "TIME": "0900", "DAYSOFFSET": "1", "MESSAGE": "m"},
        ),
        (
            {"Type": "Notify:ExecutionTime", "Criteria": "GreaterThanAverage", "Value": "5"},
            {"WHEN": "EXECTIME", "TIME": "+5"},
        ),
        ({"Type": "Notify:Odd", "X": "1"}, {"WHEN": "Odd", "X": "1"}),
    ],
)
def test_notifications(members: dict[str, str], expected: dict[str, str]) -> None:
    assert one(job(n=members), "SHOUT").attributes == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"Type": "If", "CompletionStatus": "NOTOK"}, ("*", "NOTOK")),
        ({"Type": "If:CompletionStatus", "CompletionStatus": "OK"}, ("*", "OK")),
        ({"Type": "If:CompletionStatus", "CompletionStatus": "ANY"}, ("*", "*")),
        ({"Type": "If:CompletionStatus", "CompletionStatus": 5}, ("*", "COMPSTAT EQ 5")),
        ({"Type": "If:CompletionStatus", "CompletionStatus": ">5"}, ("*", "COMPSTAT GT 5")),
        ({"Type": "If:CompletionStatus", "CompletionStatus": "!= 0"}, ("*", "COMPSTAT NE 0")),
        ({"Type": "If:CompletionStatus", "CompletionStatus": "3-5"}, ("*", "COMPSTAT 3-5")),
        ({"Type": "If:CompletionStatus", "CompletionStatus": "Even"}, ("*", "COMPSTAT EVEN")),
        ({"Type": "If:CompletionStatus", "CompletionStatus": "S0C7"}, ("*", "S0C7")),
        ({"Type": "If:NumberOfExecutions", "NumberOfExecutions": ">=2"}, ("*", "RUNCOUNT GE 2")),
        ({"Type": "If:NumberOfReruns", "NumberOfReruns": "2"}, ("*", "RUNCOUNT EQ 3")),
        ({"Type": "If:NumberOfReruns", "NumberOfReruns": "Odd"}, ("*", "RUNCOUNT EVEN")),
        ({"Type": "If:NumberOfFailures", "NumberOfFailures": "<3"}, ("*", "FAILCOUNT LT 3")),
        ({"Type": "If:Output", "Code": "*bad*"}, ("*", "*bad*")),
        ({"Type": "If:Output", "Code": "*bad*", "Statement": "ls*"}, ("ls*", "*bad*")),
        ({"Type": "If:JobOutputNotFound"}, ("*", "JLOST")),
        ({"Type": "If:VariableValue", "VariableName": "X"}, ("*", "If:VariableValue")),
    ],
)
def test_results_that_are_asked_for(members: dict[str, Any], expected: tuple[str, str]) -> None:
    on = one(job(anything=members), "ON")
    assert (on.get("STMT"), on.get("CODE")) == expected


@pytest.mark.parametrize(
    ("action", "tag", "expected"),
    [
        ({"Type": "Action:Rerun"}, "DOACTION", {"ACTION": "RERUN"}),
        ({"Type": "Action:SetToOK"}, "DOACTION", {"ACTION": "OK"}),
        ({"Type": "Action:SetToNotOK"}, "DOACTION", {"ACTION": "NOTOK"}),
        ({"Type": "Action:StopCyclicRun"}, "DOACTION", {"ACTION": "SPCYC"}),
        (
            {"Type": "Event:Add", "Event": "X", "Date": "NoDate"},
            "DOCOND",
            {"NAME": "X", "ODATE": "STAT", "SIGN": "+"},
        ),
        (
            {"Type": "Action:Event:Delete", "Event": "X"},
            "DOCOND",
            {"NAME": "X", "ODATE": "ODAT", "SIGN": "-"},
        ),
        ({"Type": "Run", "Folder": "G"}, "DOFORCEJOB", {"FOLDER_NAME": "G", "ODATE": "ODAT"}),
        (
            {"Type": "Action:Run", "Folder": "G", "Job": "B", "Variables": [{"A": "1"}]},
            "DOFORCEJOB",
            {"FOLDER_NAME": "G", "NAME": "B", "ODATE": "ODAT", "Variables[1].A": "1"},
        ),
        (
            {"Type": "Mail", "To": "a@b", "CC": "c@d", "Subject": "s", "Message": "m"},
            "DOMAIL",
            {"DEST": "a@b", "CC_DEST": "c@d", "SUBJECT": "s", "MESSAGE": "m"},
        ),
        (
            {"Type": "Action:Mail", "AttachOutput": True, "Urgency": "VeryUrgent"},
            "DOMAIL",
            {"ATTACH_SYSOUT": "Y", "URGENCY": "V"},
        ),
        ({"Type": "Action:Notify", "Message": "m"}, "DOSHOUT", {"MESSAGE": "m"}),
        (
            {"Type": "Action:Set", "Variable": "V", "Value": "1"},
            "DOVARIABLE",
            {"NAME": "%%V", "VALUE": "1"},
        ),
        (
            {"Type": "Action:Output", "Operation": "Copy", "Destination": "/x"},
            "DOSYSOUT",
            {"OPTION": "Copy", "PAR": "/x"},
        ),
        ({"Type": "Action:Odd", "X": 1}, "DO", {"ACTION": "Action:Odd", "X": "1"}),
    ],
)
def test_actions(action: dict[str, Any], tag: str, expected: dict[str, str]) -> None:
    on = one(job(x={"Type": "If", "CompletionStatus": "OK", "do": action}), "ON")
    assert one(on, tag).attributes == expected
