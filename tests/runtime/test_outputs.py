"""Values that jobs hand to others."""

import json
from pathlib import Path
from typing import Any

import pytest

from transpile.runtime.commands import run, run_status
from transpile.runtime.failures import Failure
from transpile.runtime.nodes import command, run_node
from transpile.runtime.outputs import compare_output, has_output, output_or, with_outputs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("[1]", {}),
        ("{", {}),
        ('{"a": null, "b": 1}', {}),
        ('{"a": true, "b": 1.5, "c": "d"}', {"a": "true", "b": "1.5", "c": "d"}),
    ],
)
def test_what_a_job_writes(text: str, expected: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "text").write_text(text, encoding="utf-8")
    script = f"cat {tmp_path / 'text'} > $OUT"
    code, outputs = with_outputs(run, script, output_file="OUT")
    assert (code, json.loads(outputs or "{}")) == (0, expected)
    found = with_outputs(run_status, f"{script}; exit 3", output_file="OUT", retries=1)
    assert found == ("FAILURE 3", "")


def test_a_failure_is_raised() -> None:
    with pytest.raises(Failure):
        with_outputs(run, "exit 1", output_file="OUT")


def test_a_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert with_outputs(run, "rm $OUT", output_file="OUT") == (0, "")
    assert with_outputs(run, "printf '\\377' > $OUT", output_file="OUT") == (0, "")
    assert capsys.readouterr().out.count("no values for other jobs") == 2


def test_deep_values_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    script = "python3 -c \"print('{\\\"a\\\": ' + '[' * 100000 + ']' * 100000 + '}')\" > $OUT"
    assert with_outputs(run_status, script, output_file="OUT") == ("SUCCESS 0", "")
    assert "no values for other jobs" in capsys.readouterr().out


def test_values_of_an_earlier_attempt_are_dropped(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    once = f"test -e {mark} || {{ touch {mark}; echo '{{\"a\": 1}}' > $OUT; exit 1; }}"
    assert with_outputs(run_status, once, output_file="OUT", retries=1) == ("SUCCESS 0", "{}")
    node = command('test -z "$(cat $OUT)" && echo \'{"a": 1}\' > $OUT')
    for _ in range(2):
        assert with_outputs(run_node, node, output_file="OUT") == (0, '{"a": "1"}')


def test_the_file_is_known_to_the_command_only() -> None:
    assert with_outputs(run, 'test -n "$OUT"', output_file="OUT")[0] == 0
    assert run('test -z "$OUT"') == 0


def test_an_unknown_value() -> None:
    assert has_output('{"a": "1"}', "a")
    assert not has_output('{"a": "1"}', "b")
    assert not has_output("", "a")


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ([], "given"),
        (["", '{"b": "1"}'], "given"),
        (['{"a": "1"}', ""], "1"),
        (['{"a": "1"}', '{"a": "2"}'], "2"),
    ],
)
def test_the_last_job_that_hands_a_value_over_counts(outputs: list[str], expected: str) -> None:
    assert output_or("given", "a", *outputs) == expected


COMPARED: list[tuple[str, str, str | int, bool]] = [
    ("5", "==", 5, True),
    (" 5.0 ", "==", 5, True),
    ("0x10", ">", 15, True),
    ("-0x10", "<", 0, True),
    ("0x", "==", 0, False),
    ("0b11", "==", 3, False),
    ("0o17", "==", 15, False),
    ("1e3", ">=", 1000, True),
    ("1E3", ">=", 1000, True),
    ("", "==", 0, True),
    ("many", "==", 5, False),
    ("many", "!=", 5, True),
    ("many", "<", 5, False),
    ("many", "not <", 5, True),
    ("Infinity", ">", 9, True),
    ("-Infinity", "<", 0, True),
    ("inf", ">", 9, False),
    ("1_0", "==", 10, False),
    ("١", "==", 1, False),
    ("10", "<", "9", True),
    ("10", "<", 9, False),
    ("9", "<=", 9, True),
    ("a", "==", "a", True),
    ("a", "not ==", "a", False),
    ("\uffff", "<", "\U0001f600", False),
]


@pytest.mark.parametrize(("found", "sign", "value", "expected"), COMPARED)
def test_comparisons_are_javascripts(found: str, sign: str, value: Any, expected: bool) -> None:
    assert compare_output(json.dumps({"x": found}), "x", sign, value) is expected
    missing = compare_output("", "x", sign, value)
    assert missing is compare_output('{"x": "null"}', "x", sign, value)
