"""Control-M: whatever is read as jobs as code, there are coded findings and no traceback."""

import json
import random
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.controlm_jobs_as_code import COMMAND, flow, one, places, read
from transpile.dialects.controlm.codes import json as json_codes
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.json_text import DEEPEST
from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import Finding

# ----------------------------------------------------------------------- broken

INSIDE = '{"F": {"Type": "Folder",\n"A": {"Type": "Job:Command", "Command": "true"%s},\n%s'
REST = '"B": {"Type": "Job:Dummy"}},\n"G": {"Type": "Folder"}}'


def broken(inside: str, rest: str = REST) -> tuple[list[Element], list[Diagnostic]]:
    return read(INSIDE % (inside, rest))


@pytest.mark.parametrize(
    ("inside", "host", "expected"),
    [
        (', "Host": "x" // why', "x", [("A030", 14)]),
        (', /* "no": 1 */ "Host": "x"', "x", [("A030", 2)]),
        (', "Host": "x",', "x", [("A030", 13)]),
        (' "Host": "x"', "x", [("A031", 1)]),
        (', "Host" "x"', None, [("A031", 2)]),
        (", 'Host': 'it\\'s'", "it's", [("A031", 2), ("A031", 10)]),
        (", Host: abc", "abc", [("A031", 2), ("A031", 8)]),
        (', "Host": True', "true", [("A031", 10)]),
        (', "Host": 0800', "0800", [("A031", 10)]),
        (',, "Host": "x"', "x", [("A031", 1)]),
        (', "Host": "x\0y"', "x\ufffdy", [("A031", 10)]),
        (', "Host": "x\\u0000"', "x\ufffd", [("A031", 10)]),
        (', "Host": "\\ud800"', "\ufffd", [("A031", 10)]),
        (', "Host": "x\ty"', "x\ty", [("A030", 10)]),
        (', "Host": "C:\\Prog\\new\\u00e9"', "C:\\Prog\newé", [("A031", 13)]),
        (', "Host": "x"]', None, [("A031", 13)]),
        (', "Host": [1, 2}', None, [("A031", 15)]),
        (', "Host": ', None, [("A031", 2)]),
        (', "Host": "x, "RunAs": "y"', None, [("A031", 15)]),
        (', "Host": \u20ac', None, [("A031", 10)]),
        (", /* no end", None, [("A031", 2)]),
    ],
)
def test_breakages(inside: str, host: str | None, expected: list[tuple[str, int]]) -> None:
    if "//" in inside:
        inside += "\n"
    elements, found = broken(inside)
    begin = INSIDE.split("\n")[1].index("%s")
    assert [(each.code, each.span.column - begin - 1) for each in found] == expected
    assert {each.span.line for each in found} == {2}
    if host is None:
        assert all(each.get("FOLDER_NAME") == "G" for each in elements)
    else:
        first, last = elements
        assert next(first.all("JOB")).attributes["NODEID"] == host
        assert last.get("FOLDER_NAME") == "G"


def test_valid_escapes_are_read() -> None:
    text = json.dumps('a\n\t"b"\\ \u00e9 \U0001f600 /')
    elements, found = broken(f', "Description": {text}')
    assert not found
    assert next(elements[0].all("JOB")).attributes["DESCRIPTION"] == json.loads(text)


def test_a_line_break_in_a_text_is_kept() -> None:
    elements, found = broken(', "Description": "x\ny"')
    assert next(elements[0].all("JOB")).attributes["DESCRIPTION"] == "x\ny"
    assert places(found) == [("A030", 2, 64)]


def test_a_quote_that_is_not_closed_is_reported_where_it_opens() -> None:
    elements, found = broken(', "Description": "x,\n "Host": "y"')
    assert [each.get("FOLDER_NAME") for each in elements] == ["G"]
    assert places(found) == [("A031", 2, 64)]
    assert "F is left out" in found[0].message


@pytest.mark.parametrize("cut", range(len(INSIDE % ("", REST))))
def test_what_is_complete_before_the_text_ends_counts(cut: int) -> None:
    text = (INSIDE % ("", REST))[:cut]
    elements, found = read(text)
    is_complete = '"Job:Dummy"}},' in text + ","
    assert [each.get("FOLDER_NAME") for each in elements][:1] == (["F"] if is_complete else [])
    assert [each.code for each in found] == (["A031"] if text else [])


def test_reading_goes_on_at_the_next_folder() -> None:
    elements, found = broken(', "Host": ]', REST.replace("}}", "}, }", 1))
    assert [each.get("FOLDER_NAME") for each in elements] == ["G"]
    assert [each.code for each in found] == ["A031"]


def test_several_documents_in_one_file() -> None:
    elements, found = read('{"F": {"Type": "Folder"}}\n\ufeff{"G": {"Type": "Folder"}},\n')
    assert [each.get("FOLDER_NAME") for each in elements] == ["F", "G"]
    assert places(found) == [("A030", 2, 2)]


def test_defaults_count_in_their_own_document() -> None:
    text = '{"Defaults": {"RunAs": "u"}, "F": {"Type": "Folder"}} {"G": {"Type": "Folder"}}'
    first, second = read(text)[0]
    assert (first.get("RUN_AS"), second.get("RUN_AS")) == ("u", "")


def test_of_two_members_with_one_key_the_later_counts() -> None:
    text = '{"F": {"Type": "Folder",\n"A": {"Type": "Job:Dummy"},\n "A": {"Type": "Job:Command"}}}'
    (element,), found = read(text)
    assert one(element, "JOB").get("TASKTYPE") == "Command"
    assert places(found) == [("A032", 3, 2)]
    assert "jobs.json:2" in found[0].message


def test_many_comments_are_one_finding() -> None:
    _, found = read("// a\n" * 1000 + '{"F": {"Type": "Folder"}}')
    assert places(found) == [("A030", 1, 1)]
    assert "999 more" in found[0].message


def test_after_many_breaks_the_rest_is_left_out_and_that_is_said() -> None:
    text = "{" + '"F": {"Type": "Folder", ]},\n' * 50 + '"G": {"Type": "Folder"}}'
    elements, found = read(text)
    assert not elements
    assert len(found) == 20
    assert "the rest of the file" in found[-1].message


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "{}", "{} {}"])
def test_an_empty_text_has_nothing(text: str) -> None:
    assert read(text)[0] == []


@pytest.mark.parametrize(
    "text", ["null", "[]", "7", '"x"', "]", "}", "\0", "hello", ":", "=", "\u20ac"]
)
def test_a_text_without_an_object_is_reported(text: str) -> None:
    elements, found = read(text)
    assert elements == []
    assert [each.code for each in found] == ["A031"]


def codes_of_json() -> Iterator[type[Finding]]:
    for each in vars(json_codes).values():
        if isinstance(each, type) and issubclass(each, Finding) and each is not Finding:
            yield each


@pytest.mark.parametrize("kind", codes_of_json(), ids=lambda kind: str(kind.code))
def test_the_example_of_a_code_triggers_it(kind: type[Finding]) -> None:
    assert [each.code for each in read(kind.example)[1]] == [kind.code]


# ---------------------------------------------------------------------- hostile


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 100_000,
        '{"F":{"Type":"Folder","a":[' * 100_000,
        "[" * 100_000,
        '{"F": {"Type": "SubFolder", "x": ' * 1_000,
        '{"a": "' + "\\" * 300_000,
        '{"a": "' + '\\"' * 300_000,
        '{"a": "' + "\\q" * 300_000 + '"}',
        '{"a" ' + " " * 300_000,
        "{'a': " + "'" * 300_000,
        "/*" * 300_000,
        '"\n' * 300_000,
        "{" + '"k" : { ' * 100_000,
        '{"' + "k" * 1_000_000 + '": {"Type": "Folder"}}',
        '{"F": {"Type": "Folder", "w": {"Type": "WaitForEvents", "Events": ['
        + '"((", ' * 100_000
        + '{"Event": "x"}'
        + ', "))"' * 100_000
        + "]}}}",
        "{" + '"a": 1, ' * 30_000 + "}",
    ],
    ids=range(15),
)
def test_hostile_texts_are_read_in_linear_time(text: str) -> None:
    start = time.monotonic()
    read(text)
    assert time.monotonic() - start < 5


def test_nesting_has_a_limit() -> None:
    fine = '{"F": {"Type": "Folder", "x": ' + "[" * (DEEPEST - 2) + "]" * (DEEPEST - 2) + "}}"
    assert read(fine)[1] == []
    _, found = read(fine.replace("[]", "[[]]"))
    assert [each.code for each in found] == ["A031"]


def test_many_jobs_are_read_fast() -> None:
    jobs = {
        f"job{number}": {
            **COMMAND,
            "Description": "x" * 400,
            "RunAs": "u",
            "When": {"WeekDays": ["MON"]},
            "add": {"Type": "AddEvents", "Events": [{"Event": f"e{number}"}]},
            "x": {"Type": "If", "CompletionStatus": "NOTOK", "m": {"Type": "Mail", "To": "a"}},
        }
        for number in range(10_000)
    }
    text = json.dumps({"F": {"Type": "Folder", **jobs, "f": flow(*jobs)}}, indent=2)
    start = time.monotonic()
    (element,), found = read(text)
    assert time.monotonic() - start < 10
    assert len(element.children) == 10_000
    assert not found


words = st.sampled_from(
    [
        *("{", "}", "[", "]", ",", ":", '"', "'", "\\", "\n", "\0", "//", "/*", "*/", "\ud800"),
        *('"Type"', '"Folder"', '"Job:Command"', '"Flow"', '"Sequence"', '"Events"', '"When"'),
        *('"If"', '"WaitForEvents"', '"Defaults"', '"Job"', '"F":{', '"Type":"Folder"', '["A"]'),
        *(
            '"Type":"Job:Dummy"',
            '"RuleBasedCalendars"',
            '"Included"',
            '"Variables"',
            '"OR"',
            "null",
        ),
    ]
)


@settings(
    max_examples=share_of(300),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(words | st.text(max_size=3), max_size=60).map("".join))
def test_any_text_is_read(text: str) -> None:
    for element in read("{" + text)[0]:
        assert element.span().line > 0


def test_members_of_any_kind_are_read() -> None:
    """Values of the wrong kind in place of each member never end the reading."""
    odd: list[Any] = ["", "x", 7, True, [], ["a", 1], [{}], {}, {"Type": "x"}, {"a": {"b": [[]]}}]
    keys = """
    When WeekDays Months SpecificDates RuleBasedCalendars Included Excluded ConfirmationCalendars
    Rerun RerunIntervals RerunSpecificTimes RerunLimit Variables Arguments PreCommand Jobs Events
    Sequence Defaults OrderMethod Type Name BusinessFields DocumentationFile RunAsDummy Every At
    Units Intervals CompletionStatus Code Event Date Quantity Command FileName Host Years Year
    """.split()
    kinds = """
    Folder SimpleFolder SubFolder Job:Command Job:Script Job:FileWatcher Job:X Flow WaitForEvents
    AddEvents DeleteEvents Event:In Event:Add If If:Output Action:Run Mail Resource:Pool Notify:OK
    Calendar:Regular Calendar:RuleBased Job
    """.split()
    chance = random.Random(7)

    def value(depth: int) -> Any:
        if depth and chance.random() < 0.7:
            found = {chance.choice(keys): value(depth - 1) for _ in range(chance.randrange(6))}
            return {"Type": chance.choice(kinds), **found}
        return chance.choice(odd)

    for _ in range(2_000):
        document = {f"N{number}": value(4) for number in range(3)}
        for element in read(json.dumps(document))[0]:
            assert element.span().line == 1
