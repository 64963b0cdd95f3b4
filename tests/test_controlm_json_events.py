"""Control-M: events and flows of jobs as code."""

import json
from typing import Any

import pytest

from tests.controlm_jobs_as_code import DUMMY, clean, flow, folder, job, one, places, read, shown

# ----------------------------------------------------------------------- events


def waiting(*events: Any) -> list[str]:
    found = job(w={"Type": "WaitForEvents", "Events": list(events)})
    return shown(found, "INCOND")


def event(name: str, date: str = "") -> dict[str, str]:
    return {"Event": name, "Date": date} if date else {"Event": name}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((event("X"), event("Y")), ["X ODAT  A", "Y ODAT  A"]),
        ((event("X"), "OR", event("Y")), ["X ODAT  A", "Y ODAT  O"]),
        (
            ("(", event("X"), "or", event("Y"), ")", "AND", event("Z")),
            ["X ODAT  A (", "Y ODAT  O )", "Z ODAT  A"],
        ),
        (
            (event("X"), "OR", "(", "(", event("Y"), ")", "AND", event("Z"), ")"),
            ["X ODAT  A", "Y ODAT  O (()", "Z ODAT  A )"],
        ),
    ],
)
def test_operators_and_brackets_stand_at_the_events(
    events: tuple[Any, ...], expected: list[str]
) -> None:
    assert waiting(*events) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("", "ODAT"),
        ("OrderDate", "ODAT"),
        ("PreviousOrderDate", "PREV"),
        ("NextOrderDate", "NEXT"),
        ("NoDate", "STAT"),
        ("AnyDate", "****"),
        ("0315", "0315"),
    ],
)
def test_dates_of_events(date: str, expected: str) -> None:
    assert waiting(event("X", date)) == [f"X {expected}  A"]


@pytest.mark.parametrize(
    ("events", "columns"),
    [
        ('"OR", {"Event": "X"}', [1]),
        ('{"Event": "X"}, "OR"', [17]),
        ('{"Event": "X"}, "OR", "AND", {"Event": "Y"}', [23]),
        ('{"Event": "X"}, "("', [17]),
        ('")"', [1]),
        ('"XOR", ["x"], {"Name": "X"}', [1, 8, 15]),
    ],
)
def test_misplaced_words_among_events_are_reported(events: str, columns: list[int]) -> None:
    before = '{"F": {"Type": "Folder", "A": {"Type": "Job:Dummy", "w": {"Type": "WaitForEvents",\n'
    text = f'{before}"Events": [\n{events}\n]}}}}}}}}'
    _, found = read(text)
    assert places(found) == [("A115", 3, column) for column in columns]


def test_events_that_are_added_and_deleted() -> None:
    found = job(
        add={"Type": "AddEvents", "Events": [event("X"), event("Y", "NoDate")]},
        delete={"Type": "DeleteEvents", "Events": [event("Z", "AnyDate")]},
    )
    assert shown(found, "OUTCOND") == ["X ODAT +", "Y STAT +", "Z **** -"]


@pytest.mark.parametrize("head", ["Event", "Condition"])
def test_older_members_for_single_events(head: str) -> None:
    found = job(
        a={"Type": f"{head}:In", "Event": "X"},
        b={"Type": f"{head}:Out:Add", "Event": "Y", "Date": "NoDate"},
        Z={"Type": f"{head}:Delete"},
    )
    assert shown(found, "INCOND", "OUTCOND") == ["X ODAT  A", "Y STAT +", "Z ODAT -"]


# ------------------------------------------------------------------------ flows


def test_a_flow_makes_events_of_its_folder() -> None:
    found = folder(A=DUMMY, B=DUMMY, run=flow("A", "B"))
    first, second = found.all("JOB")
    assert shown(first, "INCOND", "OUTCOND") == ["F:A-TO-B ODAT +"]
    assert shown(second, "INCOND", "OUTCOND") == ["F:A-TO-B ODAT  A", "F:A-TO-B ODAT -"]


def test_two_flows_with_the_same_pair_make_one_event() -> None:
    found = folder(A=DUMMY, B=DUMMY, C=DUMMY, one=flow("A", "B"), two=flow("A", "B", "C"))
    assert shown(list(found.all("JOB"))[1], "INCOND") == ["F:A-TO-B ODAT  A"]


def test_different_pairs_make_different_events() -> None:
    names = ("A", "B-TO-C", "A-TO-B", "C")
    jobs = dict.fromkeys(names, DUMMY)
    found = folder(**jobs, one=flow("A", "B-TO-C"), two=flow("A-TO-B", "C"))
    waits = [shown(each, "INCOND") for each in found.all("JOB")]
    assert waits == [[], ["F:A-TO-B-TO-C ODAT  A"], [], ["F:A-TO-B-TO-C-2 ODAT  A"]]


def test_steps_may_be_folders_and_what_is_in_them() -> None:
    inner = {"Type": "SubFolder", "B": DUMMY, "T": {"Type": "SubFolder", "C/D": DUMMY}}
    found = folder(A=DUMMY, S=inner, run=flow("A", "S/B", "S/T/C/D", "S"))
    sub = one(found, "SUB_FOLDER")
    assert shown(sub, "INCOND") == ["F:S/T/C/D-TO-S ODAT  A"]
    assert shown(one(sub, "JOB"), "INCOND") == ["F:A-TO-S/B ODAT  A"]


def test_a_flow_inside_of_a_folder_has_its_path() -> None:
    inner = {"Type": "SubFolder", "A": DUMMY, "B": DUMMY, "run": flow("A", "B")}
    sub = one(folder(S=inner), "SUB_FOLDER")
    assert shown(list(sub.all("JOB"))[1], "INCOND") == ["F/S:A-TO-B ODAT  A"]


def test_a_flow_beside_folders_joins_them() -> None:
    _, second = clean(
        {
            "F": {"Type": "Folder", "A": DUMMY},
            "run": flow("F/A", "G"),
            "G": {"Type": "Folder"},
        }
    )
    assert shown(second, "INCOND") == ["F/A-TO-G ODAT  A"]


def test_an_unknown_step_is_reported_and_its_neighbours_are_joined() -> None:
    text = '{"F": {"Type": "Folder", "A": {"Type": "Job:Dummy"}, "B": {"Type": "Job:Dummy"},\n'
    text += '"run": {"Type": "Flow", "Sequence": ["A", "X", 7, {}, "B"]}}}'
    (element,), found = read(text)
    assert places(found) == [("A033", 2, 43), ("A033", 2, 48), ("A115", 2, 51)]
    assert shown(list(element.all("JOB"))[1], "INCOND") == ["F:A-TO-B ODAT  A"]


def test_a_step_with_the_name_of_two_jobs_is_reported() -> None:
    jobs = [{**DUMMY, "Name": "A"}, {**DUMMY, "Name": "A"}]
    document = {"F": {"Type": "Folder", "Jobs": jobs, "B": DUMMY, "run": flow("A", "B")}}
    _, found = read(json.dumps(document))
    assert [(each.code, each.text) for each in found] == [("A033", "A")]
    assert "several jobs" in found[0].message


def test_a_flow_without_a_list_is_reported() -> None:
    _, found = read('{"F": {"Type": "Folder", "run": {"Type": "Flow", "Sequence": "A"}}}')
    assert places(found) == [("A115", 1, 26)]


def test_other_terms_with_or_get_brackets() -> None:
    second = {**DUMMY, "w": {"Type": "WaitForEvents", "Events": [event("X"), "OR", event("Y")]}}
    found = folder(A=DUMMY, B=second, C=DUMMY, one=flow("A", "B"), two=flow("C", "B"))
    assert shown(list(found.all("JOB"))[1], "INCOND") == [
        "X ODAT  A (",
        "Y ODAT  O )",
        "F:A-TO-B ODAT  A",
        "F:C-TO-B ODAT  A",
    ]


def test_a_second_list_with_or_gets_brackets_too() -> None:
    found = job(
        v={"Type": "WaitForEvents", "Events": [event("W")]},
        w={"Type": "WaitForEvents", "Events": ["(", event("X"), ")", "OR", event("Y")]},
    )
    assert shown(found, "INCOND") == ["W ODAT  A", "X ODAT  A (()", "Y ODAT  O )"]
