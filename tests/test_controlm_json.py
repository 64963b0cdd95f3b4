"""Control-M: folders and jobs as code, in the words of XML exports."""

import json
from typing import Any

import pytest

from tests.controlm_jobs_as_code import (
    COMMAND,
    DUMMY,
    clean,
    folder,
    job,
    kept,
    one,
    places,
    read,
)

# ---------------------------------------------------------------------- folders


def test_folders_have_the_tags_of_the_xml() -> None:
    smart, plain = clean(
        {
            "F": {"Type": "Folder", "S": {"Type": "SubFolder", "A": COMMAND}},
            "G": {"Type": "SimpleFolder", "B": COMMAND},
        }
    )
    assert (smart.tag, smart.get("FOLDER_NAME")) == ("SMART_FOLDER", "F")
    assert (plain.tag, plain.get("FOLDER_NAME")) == ("FOLDER", "G")
    inner = one(smart, "SUB_FOLDER")
    assert inner.get("JOBNAME") == "S"
    assert one(inner, "JOB").get("JOBNAME") == "A"


def test_a_folder_is_ordered_daily_unless_it_says_otherwise() -> None:
    def method(**members: str) -> str | None:
        return folder(**members).attributes.get("FOLDER_ORDER_METHOD")

    assert method() == method(OrderMethod="Automatic") == "SYSTEM"
    assert method(OrderMethod="Manual") == "Manual"
    assert method(OrderMethod="NIGHTLY") == "NIGHTLY"


def test_jobs_in_a_list_may_share_a_name() -> None:
    found = folder(Jobs=[{**DUMMY, "Name": "A"}, {**COMMAND, "Name": "A"}])
    assert [each.get("TASKTYPE") for each in found.all("JOB")] == ["Dummy", "Command"]
    assert "Name" not in one(folder(A={**DUMMY, "Name": "A"}), "JOB").attributes


def test_what_in_a_list_is_no_job_is_reported() -> None:
    text = '{"F": {"Type": "Folder", "Jobs": [{"Type": "Job:Dummy"}, "A", {"Name": "B"}]}}'
    (element,), found = read(text)
    assert not element.children
    assert places(found) == [("A115", 1, 35), ("A115", 1, 58), ("A115", 1, 63)]


def test_a_backslash_protects_a_colon_in_names() -> None:
    found = folder(
        **{r"A\:1": DUMMY, "B": DUMMY}, flow={"Type": "Flow", "Sequence": [r"A\:1", "B"]}
    )
    assert [each.get("JOBNAME") for each in found.all("JOB")] == ["A:1", "B"]


def test_members_of_folders_have_the_words_of_the_xml() -> None:
    found = folder(
        ControlmServer="SRV",
        AdjustEvents=True,
        DaysKeepActive="Forever",
        ActiveRetentionPolicy="CleanEndedOK",
        SiteStandard="STD",
        TimeZone="HKG",
        BusinessFields=[{"Owner": "X"}, {"Cost": "7"}],
    )
    assert kept(found, "FOLDER_NAME", "DAYS", "FOLDER_ORDER_METHOD") == {
        "DATACENTER": "SRV",
        "ADJUST_COND": "Y",
        "MAXWAIT": "99",
        "REMOVEATONCE": "Y",
        "SITE_STANDARD_NAME": "STD",
        "TIMEZONE": "HKG",
        "BUSINESSFIELDS": "Owner=X,Cost=7",
    }


def test_objects_at_the_top_that_are_no_folders() -> None:
    document = {
        "C": {"Type": "ConnectionProfile:AWS"},
        "S": {"Type": "SubFolder", "A": DUMMY},
        "J": DUMMY,
        "X": {"Type": "Foldr"},
        "Comment": "hello",
        "y": 1,
        "F": {"Type": "Folder", "G": {"Type": "Folder", "B": DUMMY}},
    }
    elements, found = read(json.dumps(document))
    assert [each.tag for each in elements] == ["SMART_FOLDER", "JOB", "SMART_FOLDER"]
    assert [each.tag for each in elements[2].children] == ["SUB_FOLDER"]
    assert [(each.code, each.text) for each in found] == [
        ("A124", "C"),
        ("A034", "S"),
        ("A034", "J"),
        ("A034", "X"),
        ("A034", "y"),
        ("A034", "G"),
    ]


# ------------------------------------------------------------------------- jobs


@pytest.mark.parametrize(
    ("kind", "members", "expected"),
    [
        ("Command", {"Command": "ls -l"}, {"TASKTYPE": "Command", "CMDLINE": "ls -l"}),
        (
            "Script",
            {"FileName": "a.sh", "FilePath": "/p"},
            {"TASKTYPE": "Job", "MEMNAME": "a.sh", "MEMLIB": "/p"},
        ),
        (
            "EmbeddedScript",
            {"Script": "echo", "FileName": "a.sh"},
            {"TASKTYPE": "Job", "USE_INSTREAM_JCL": "Y", "INSTREAM_JCL": "echo", "MEMNAME": "a.sh"},
        ),
        ("Dummy", {}, {"TASKTYPE": "Dummy"}),
        (
            "FileWatcher:Delete",
            {"Path": "/f", "SearchInterval": 45, "MinimumSize": "10B"},
            {
                "TASKTYPE": "Job",
                "APPL_TYPE": "FileWatch",
                "Mode": "DELETE",
                "Path": "/f",
                "SearchInterval": "45",
                "MinimumSize": "10B",
            },
        ),
        (
            "FileWatcher",
            {"Path": "/f"},
            {"TASKTYPE": "Job", "APPL_TYPE": "FileWatch", "Mode": "CREATE", "Path": "/f"},
        ),
        (
            "AWS:Batch",
            {
                "Command": "x",
                "Arguments": ["1", "2"],
                "DependsOn": {"Type_": "N", "On": [{"A": 1}]},
            },
            {
                "TASKTYPE": "Job",
                "APPL_TYPE": "AWS:Batch",
                "Command": "x",
                "Arguments": "1,2",
                "DependsOn.Type_": "N",
                "DependsOn.On[1].A": "1",
            },
        ),
    ],
)
def test_types_of_jobs(kind: str, members: dict[str, Any], expected: dict[str, str]) -> None:
    assert kept(job(kind, **members), "JOBNAME", "DAYS") == expected


def test_members_of_jobs_have_the_words_of_the_xml() -> None:
    found = job(
        RunAs="u",
        Host="h",
        Application="a",
        SubApplication="s",
        Description="d",
        Priority="Very High",
        Critical=True,
        Confirm=False,
        DaysKeepActive=3,
        RunAsDummy=True,
        EndFolder=True,
        RetroactiveOrder=True,
        RunOnAllAgentsInGroup=True,
        OverridePath="/o",
        CreatedBy="me",
        DocumentationFile={"Path": "/d", "FileName": "x.txt"},
        Comment="not kept",
        Unknown=None,
    )
    assert kept(found, "JOBNAME", "DAYS", "TASKTYPE") == {
        "RUN_AS": "u",
        "NODEID": "h",
        "APPLICATION": "a",
        "SUB_APPLICATION": "s",
        "DESCRIPTION": "d",
        "PRIORITY": "Very High",
        "CRITICAL": "1",
        "CONFIRM": "0",
        "MAXWAIT": "3",
        "RUN_AS_DUMMY": "Y",
        "END_FOLDER": "Y",
        "RETRO": "1",
        "MULTY_AGENT": "Y",
        "OVERLIB": "/o",
        "CREATED_BY": "me",
        "DOCLIB": "/d",
        "DOCMEM": "x.txt",
    }


def test_variables_and_arguments() -> None:
    found = job(
        "Script",
        Variables=[{"A": "1"}, {"%%B": "2"}, {r"\G": "3"}],
        Arguments=["x", "y z"],
    )
    assert [(each.get("NAME"), each.get("VALUE")) for each in found.all("VARIABLE")] == [
        ("%%A", "1"),
        ("%%B", "2"),
        (r"%%\G", "3"),
        ("%%PARM1", "x"),
        ("%%PARM2", "y z"),
    ]


def test_what_is_not_understood_is_kept() -> None:
    found = job(
        Odd={"Inner": {"Deep": ["a", "b"]}, "List": [{"X": True}]},
        RunAs={"User": "u"},
        Variables=["loose"],
        thing={"Type": "Frob:Nicate", "Level": "3"},
        Empty=[],
        PreCommand="before",
    )
    assert kept(found, "JOBNAME", "TASKTYPE", "DAYS") == {
        "Odd.Inner.Deep": "a,b",
        "Odd.List[1].X": "true",
        "RunAs.User": "u",
        "Variables[1]": "loose",
        "PreCommand": "before",
    }
    assert one(found, "Frob:Nicate").attributes == {"NAME": "thing", "Level": "3"}


def test_a_second_member_of_the_same_meaning_is_kept_too() -> None:
    found = job(Rerun={"Every": 1, "Times": 4}, RerunLimit={"Times": 2, "Every": 3})
    assert (found.get("MAXRERUN"), found.get("RerunLimit.Times")) == ("4", "2")
    assert (found.get("INTERVAL"), found.get("RerunLimit.Every")) == ("00001M", "00003M")


# --------------------------------------------------------------------- defaults


def test_the_nearest_and_most_special_default_counts() -> None:
    (found,) = clean(
        {
            "Defaults": {
                "Host": "plain",
                "RunAs": "plain",
                "Priority": "plain",
                "Job": {"Host": "job", "RunAs": "job"},
                "Job:Script": {"Host": "script", "Description": "script"},
            },
            "F": {
                "Type": "Folder",
                "Defaults": {"Job": {"Description": "inner"}},
                "A": {"Type": "Job:Script", "RunAs": "own"},
                "B": DUMMY,
            },
        }
    )
    first, second = found.all("JOB")
    names = ("NODEID", "RUN_AS", "PRIORITY", "DESCRIPTION")
    assert [first.get(name) for name in names] == ["script", "own", "plain", "inner"]
    assert [second.get(name) for name in names] == ["job", "job", "plain", "inner"]


def test_defaults_go_where_they_have_a_meaning() -> None:
    smart, plain = clean(
        {
            "Defaults": {
                "Application": "A",
                "Host": "H",
                "OrderMethod": "Manual",
                "Folder": {"SiteStandard": "S"},
                "onError": {"Type": "If", "CompletionStatus": "NOTOK", "m": {"Type": "Mail"}},
            },
            "F": {"Type": "Folder", "A": DUMMY},
            "G": {"Type": "SimpleFolder", "A": DUMMY},
        }
    )
    assert kept(smart, "DAYS", "FOLDER_ORDER_METHOD") == {
        "FOLDER_NAME": "F",
        "SITE_STANDARD_NAME": "S",
        "APPLICATION": "A",
    }
    assert kept(plain, "FOLDER_ORDER_METHOD") == {"FOLDER_NAME": "G"}
    for each in (one(smart, "JOB"), one(plain, "JOB")):
        assert kept(each, "JOBNAME", "TASKTYPE", "DAYS") == {"APPLICATION": "A", "NODEID": "H"}
        assert one(each, "ON").get("CODE") == "NOTOK"


def test_defaults_of_parts() -> None:
    (found,) = clean(
        {
            "Defaults": {"Action:Mail": {"To": "a@b"}, "Job:Hadoop": {"Host": "h"}},
            "F": {
                "Type": "Folder",
                "A": {
                    "Type": "Job:Hadoop:Spark:Python",
                    "x": {"Type": "If", "CompletionStatus": "OK", "m": {"Type": "Action:Mail"}},
                },
            },
        }
    )
    job_ = one(found, "JOB")
    assert job_.get("NODEID") == "h"
    assert one(one(job_, "ON"), "DOMAIL").get("DEST") == "a@b"


def test_an_object_that_replaces_a_default_is_reported() -> None:
    text = '{"Defaults": {"When": {"WeekDays": ["MON"], "FromTime": "0300"}},\n'
    text += (
        '"F": {"Type": "SimpleFolder", "A": {"Type": "Job:Dummy", "When": {"WeekDays": ["TUE"]}},\n'
    )
    text += '"B": {"Type": "Job:Dummy"}}}'
    (element,), found = read(text)
    first, second = element.all("JOB")
    assert (first.get("WEEKDAYS"), first.get("TIMEFROM")) == ("TUE", "")
    assert (second.get("WEEKDAYS"), second.get("TIMEFROM")) == ("MON", "0300")
    assert places(found) == [("A035", 2, 58)]


# -------------------------------------------------------------------- positions

PLACED = """\
{
  "F": {
    "Type": "Folder",
    "A": {
      "Type": "Job:Command",
      "Command" : "echo \\"x\\"",
      "RunAs": "u",
      "When": { "WeekDays": ["MON"], "FromTime": "0300" },
      "w": {"Type": "WaitForEvents", "Events": [
        {"Event": "X"},
        {"Date": "NoDate", "Event": "Y"}]}
    }
  }
}
"""


def test_elements_and_attributes_know_their_places() -> None:
    (element,), found = read(PLACED)
    assert not found
    job_ = one(element, "JOB")
    second = list(job_.all("INCOND"))[1]
    spans = [
        *(element.span(), job_.span(), job_.span("CMDLINE"), job_.span("RUN_AS")),
        *(job_.span("TIMEFROM"), second.span(), second.span("NAME"), second.span("AND_OR")),
    ]
    assert [(span.line, span.column) for span in spans] == [
        *((2, 3), (4, 5), (6, 7), (7, 7), (8, 38), (11, 9), (11, 28), (11, 9)),
    ]


def test_messages_can_spell_members_as_the_json_does() -> None:
    (element,), _ = read(PLACED)
    job_ = one(element, "JOB")
    assert job_.word("RUN_AS") == 'RunAs="u"'
    assert job_.word("TIMEFROM") == 'When.FromTime="0300"'
