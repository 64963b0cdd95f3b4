"""The words of jobs as code, in the words of the XML."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_SAME: Mapping[str, str] = {}


class Word(NamedTuple):
    """The name of an attribute, and its values where the JSON has others."""

    name: str
    values: Mapping[str, str] = _SAME


_ONE_ZERO = {"true": "1", "false": "0"}
_YES_NO = {"true": "Y", "false": "N"}
_AND_OR = {"AND": "A", "OR": "O"}
_FOREVER = {"Forever": "99"}
_URGENCY = Word("URGENCY", {"Regular": "R", "Urgent": "U", "VeryUrgent": "V"})

PLAIN = {
    "ActiveRetentionPolicy": Word("REMOVEATONCE", {"CleanEndedOK": "Y", "KeepAll": "N"}),
    "AdjustEvents": Word("ADJUST_COND", {**_YES_NO, "Dummy": "D"}),
    "Application": Word("APPLICATION"),
    "Confirm": Word("CONFIRM", _ONE_ZERO),
    "ControlmServer": Word("DATACENTER"),
    "CreatedBy": Word("CREATED_BY"),
    "Critical": Word("CRITICAL", _ONE_ZERO),
    "DaysKeepActive": Word("MAXWAIT", _FOREVER),
    "DaysKeepActiveIfNotOk": Word("DAYSKEEPINNOTOK"),
    "Description": Word("DESCRIPTION"),
    "EndFolder": Word("END_FOLDER", _YES_NO),
    "FolderLibrary": Word("FOLDER_DSN"),
    "Host": Word("NODEID"),
    "OverridePath": Word("OVERLIB"),
    "Priority": Word("PRIORITY"),
    "Retroactive": Word("RETRO", _ONE_ZERO),
    "RetroactiveOrder": Word("RETRO", _ONE_ZERO),
    "RunAs": Word("RUN_AS"),
    "RunAsDummy": Word("RUN_AS_DUMMY", _YES_NO),
    "RunOnAllAgentsInGroup": Word("MULTY_AGENT", _YES_NO),
    "SiteStandard": Word("SITE_STANDARD_NAME"),
    "StatisticsCalendar": Word("STAT_CAL"),
    "SubApplication": Word("SUB_APPLICATION"),
    "TimeZone": Word("TIMEZONE"),
}
"""Members of folders and jobs with a plain value."""

SKIPPED = frozenset(("Type", "Name", "Comment"))
"""Members that are no properties of what they stand in. The API keeps no comments."""

TASKTYPES = {
    "Job:Command": "Command",
    "Job:Script": "Job",
    "Job:EmbeddedScript": "Job",
    "Job:Dummy": "Dummy",
}

FILE_WATCHER = "Job:FileWatcher"

COMMANDS = {
    "Command": Word("CMDLINE"),
    "FileName": Word("MEMNAME"),
    "FilePath": Word("MEMLIB"),
    "Script": Word("INSTREAM_JCL"),
}
"""Members of jobs with one of these task types; others give these words another meaning."""

WHEN = {
    "DaysKeepActive": PLAIN["DaysKeepActive"],
    "DaysRelation": Word("DAYS_AND_OR", _AND_OR),
    "EndDate": Word("ACTIVE_TILL"),
    "FromTime": Word("TIMEFROM"),
    "MonthDays": Word("DAYS"),
    "MonthDaysCalendar": Word("DAYSCAL"),
    "Retroactive": PLAIN["Retroactive"],
    "RetroactiveOrder": PLAIN["Retroactive"],
    "Schedule": Word("DAYS", {"Everyday": "ALL", "Never": "NONE"}),
    "SpecificDates": Word("DATE"),
    "StartDate": Word("ACTIVE_FROM"),
    "ToTime": Word("TIMETO"),
    "WeekDays": Word("WEEKDAYS"),
    "WeekDaysCalendar": Word("WEEKSCAL"),
}

DAYS = (
    *("MonthDays", "MonthDaysCalendar", "Schedule", "SpecificDates", "WeekDays"),
    "WeekDaysCalendar",
)
"""Members of When that say on which days. Without any of them it is every day."""

MONTHS = tuple("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split())

CONFIRMATION = {
    "Calendar": Word("CONFCAL"),
    "ExceptionPolicy": Word(
        "SHIFT",
        {
            "DoNotOrder": "IGNOREJOB",
            "OrderOnNextConfirmedDay": "NEXTDAY",
            "OrderOnPreviousConfirmedDay": "PREVDAY",
            "OrderAnyway": "NOCONFCAL",
        },
    ),
    "ShiftBy": Word("SHIFTNUM"),
}

DOCUMENT = {"Path": Word("DOCLIB"), "Url": Word("DOCLIB"), "FileName": Word("DOCMEM")}

CALENDAR = {
    "Alias": Word("ALIAS"),
    "Description": Word("DESCRIPTION"),
    "Server": Word("DATACENTER"),
}

RELATIONSHIP = Word("RULE_BASED_CALENDAR_RELATIONSHIP", _AND_OR)

FROM = Word("IND_CYCLIC", {"Start": "S", "End": "E", "Target": "T"})
TIMES = Word("MAXRERUN")
TOLERANCE = Word("CYCLIC_TOLERANCE")

EVENT = {
    "Event": Word("NAME"),
    "Date": Word(
        "ODATE",
        {
            "": "ODAT",
            "OrderDate": "ODAT",
            "PreviousOrderDate": "PREV",
            "NextOrderDate": "NEXT",
            "NoDate": "STAT",
            "AnyDate": "****",
        },
    ),
}

_IF_FAIL = Word("ONFAIL", {"Keep": "K", "Release": "R"})
POOL = {
    "Quantity": Word("QUANT"),
    "IfFail": _IF_FAIL,
    "IfOk": Word("ONOK", {"Discard": "D", "Release": "R"}),
}
LOCK = {
    "LockType": Word("TYPE", {"Exclusive": "E", "Shared": "S"}),
    "MutexType": Word("TYPE", {"Exclusive": "E", "Shared": "S"}),
    "IfFail": _IF_FAIL,
}
RESOURCES = {
    "Resource:Semaphore": ("QUANTITATIVE", POOL),
    "Resource:Pool": ("QUANTITATIVE", POOL),
    "Resource:Mutex": ("CONTROL", LOCK),
    "Resource:Lock": ("CONTROL", LOCK),
}

SHOUT = {
    "By": Word("TIME"),
    "Days": Word("DAYSOFFSET"),
    "Destination": Word("DEST"),
    "Message": Word("MESSAGE"),
    "Urgency": _URGENCY,
}
OCCASIONS = {
    "OK": "OK",
    "NotOK": "NOTOK",
    "Rerun": "RERUN",
    "DoesNotStart": "LATESUB",
    "DoesNotEnd": "LATETIME",
    "ExecutionTime": "EXECTIME",
}
"""When a Notify is sent."""

CRITERIA = {"LessThan": "<", "GreaterThan": ">", "LessThanAverage": "-", "GreaterThanAverage": "+"}

_RUN = {"Folder": Word("FOLDER_NAME"), "Job": Word("NAME"), "Date": EVENT["Date"]}
_MAIL = {
    "AttachOutput": Word("ATTACH_SYSOUT", _YES_NO),
    "CC": Word("CC_DEST"),
    "Message": Word("MESSAGE"),
    "Subject": Word("SUBJECT"),
    "To": Word("DEST"),
    "Urgency": _URGENCY,
}
_SET = {"Variable": Word("NAME"), "Value": Word("VALUE")}
_OUTPUT = {"Operation": Word("OPTION"), "Destination": Word("PAR")}

ACTIONS: dict[str, tuple[str, Mapping[str, Word], Mapping[str, str]]] = {
    "Rerun": ("DOACTION", {}, {"ACTION": "RERUN"}),
    "SetToOK": ("DOACTION", {}, {"ACTION": "OK"}),
    "SetToNotOK": ("DOACTION", {}, {"ACTION": "NOTOK"}),
    "StopCyclicRun": ("DOACTION", {}, {"ACTION": "SPCYC"}),
    "Run": ("DOFORCEJOB", _RUN, {"ODATE": "ODAT"}),
    "Mail": ("DOMAIL", _MAIL, {}),
    "Notify": ("DOSHOUT", SHOUT, {}),
    "Set": ("DOVARIABLE", _SET, {}),
    "SetVariable": ("DOVARIABLE", _SET, {}),
    "Set:Variable": ("DOVARIABLE", _SET, {}),
    "Output": ("DOSYSOUT", _OUTPUT, {}),
    "Remedy": ("DOREMEDY", {}, {}),
    "CaptureOutput": ("CAPTURE", {}, {}),
}
"""Tags of actions, the words of their members, and what is not written."""

SIGNS = {"Add": "+", "Delete": "-"}

COUNTS = {
    "CompletionStatus": ("COMPSTAT", 0),
    "NumberOfExecutions": ("RUNCOUNT", 0),
    "NumberOfFailures": ("FAILCOUNT", 0),
    "NumberOfReruns": ("RUNCOUNT", 1),
}
"""Members of an If that compare a number, and what is added to it: the first run is no rerun."""

RESULTS = {"If:JobNotSubmitted": "JOBNOTSUB", "If:JobOutputNotFound": "JLOST"}
"""Types of an If that have a code of their own."""

_COMPARED = re.compile(r"(==?|!=|<>|[<>]=?|)\s*([0-9]{1,9})")
_RANGE = re.compile(r"([0-9]{1,9})\s*-\s*([0-9]{1,9})")
_SIGNS = {
    "": "EQ",
    "=": "EQ",
    "==": "EQ",
    "!=": "NE",
    "<>": "NE",
    "<": "LT",
    "<=": "LE",
    ">": "GT",
    ">=": "GE",
}
_PARITIES = ("EVEN", "ODD")
_INTERVAL = re.compile(r"\+?\s*([0-9]{1,9})\s*([MHDS])?[a-z]*", re.I)


def compared(member: str, text: str) -> str:
    """The code of an ON for a comparison: `>5` is `COMPSTAT GT 5`; the text if it is none."""
    count, more = COUNTS[member]
    word = text.strip().upper()
    if member == "CompletionStatus" and word in ("OK", "NOTOK", "ANY"):
        return "*" if word == "ANY" else word
    if match := _COMPARED.fullmatch(word):
        return f"{count} {_SIGNS[match[1]]} {int(match[2]) + more}"
    if match := _RANGE.fullmatch(word):
        return f"{count} {int(match[1]) + more}-{int(match[2]) + more}"
    if word in _PARITIES:
        return f"{count} {_PARITIES[(_PARITIES.index(word) + more) % 2]}"
    return text


def interval(every: str, units: str = "") -> str:
    """An interval as `00005M`; the text if it is none."""
    match = _INTERVAL.fullmatch(f"{every}{units[:1]}")
    return f"{int(match[1]):05}{(match[2] or 'M').upper()}" if match else f"{every}{units}"


def name_of(key: str) -> str:
    """The name that a key stands for: a backslash protects a colon."""
    return key.replace("\\:", ":")
