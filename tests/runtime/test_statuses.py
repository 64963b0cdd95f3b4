"""Statuses: their texts, and the tests of conditions on them, also on promised ones."""

from typing import Any

import pytest

from transpile.runtime import inputs, promises, statuses
from transpile.runtime.statuses import FAILURE, SUCCESS, NoExitCode, Status

RAN = ["SUCCESS 0", "SUCCESS 3", "SUCCESS", "FAILURE", "FAILURE 3", "FAILURE 30", "FAILURE -9"]
TEXTS = [*RAN, "TERMINATED", "SKIPPED", "STARTED", "RUNNING", "ABORTED 3", ""]

TRUE = {
    "succeeded": {"SUCCESS 0", "SUCCESS 3", "SUCCESS"},
    "failed": {"FAILURE", "FAILURE 3", "FAILURE 30", "FAILURE -9"},
    "terminated": {"TERMINATED"},
    "started": {"STARTED"},
    "done": {*RAN, "TERMINATED"},
    "not_failed": {*RAN[:3], "SKIPPED", "STARTED", "RUNNING", "ABORTED 3", ""},
    "not_succeeded": {*RAN[3:], "TERMINATED", "SKIPPED"},
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_status_keeps_its_text(text: str) -> None:
    assert str(Status.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("FAILURE 3", "FAILURE", 3),
        ("FAILURE -9", "FAILURE", -9),
        ("FAILURE", "FAILURE", None),
        ("FAILURE None", "FAILURE", None),
        ("FAILURE ²", "FAILURE", None),
        ("FAILURE 3 4", "FAILURE", None),
        ("FAILURE " + "9" * 9_999, "FAILURE", None),
        ("done", "done", None),
        ("", "", None),
    ],
)
def test_odd_texts(text: str, word: str, code: int | None) -> None:
    assert Status.parse(text) == Status(word, code)


@pytest.mark.parametrize("module", [statuses, promises])
@pytest.mark.parametrize("test", TRUE)
def test_tests_of_conditions(test: str, module: Any) -> None:
    function = vars(module).get(test, vars(statuses)[test])
    assert {text for text in TEXTS if function(text)} == TRUE[test]


@pytest.mark.parametrize("module", [statuses, promises])
def test_exit_codes(module: Any) -> None:
    assert module.exit_code("FAILURE 3") == 3
    assert module.exit_code("SUCCESS 0") < 1
    for text in ("FAILURE", "TERMINATED", "SKIPPED", "FAILURE x"):
        code = module.exit_code(text)
        assert isinstance(code, NoExitCode)
        compared = [code == 0, code != 0, code < 0, code <= 0, code > 0, code >= 0]
        assert compared == [False] * 6
    with pytest.raises(TypeError):
        hash(module.exit_code("FAILURE"))


class Promised:
    """A text that can only be compared, as Flyte's promise of one; & and | join the results."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __eq__(self, other: object) -> bool:
        return self._text == other

    def __ne__(self, other: object) -> bool:
        return self._text != other

    def __lt__(self, other: str) -> bool:
        return self._text < other

    def __ge__(self, other: str) -> bool:
        return self._text >= other

    __hash__ = None  # type: ignore[assignment]


@pytest.mark.parametrize("text", TEXTS)
def test_promises_say_the_same(text: str) -> None:
    for test, true in TRUE.items():
        function = vars(promises).get(test, vars(statuses)[test])
        assert function(Promised(text)) is (text in true), test
    ended = Status.parse(text).word in (SUCCESS, FAILURE)
    for code in (0, 3, -9):
        promised, known = promises.exit_code(Promised(text)), statuses.exit_code(text)
        assert (promised == code) is (ended and known == code)
        assert (promised != code) is (ended and known != code)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *(("", True), ("$", True), ("$%", True), ("full", True), ("$\U0010ffff", True)),
        *(("$$", False), ("$$MODE", False), ("$$é", False)),
    ],
)
def test_a_global_is_set(value: str, expected: bool) -> None:
    assert inputs.is_set(value) is expected
    assert promises.is_set(value) is expected
    assert promises.is_set(Promised(value)) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["", "$", "$$", "$$ x", "$x", "a"])
def test_values_that_may_be_handed_on(value: str) -> None:
    inputs.require_values([value])


@pytest.mark.parametrize("value", ["$$X", "a $$X b", "$$é"])
def test_values_that_nobody_has_given(value: str) -> None:
    with pytest.raises(ValueError, match="pass one as input of the workflow"):
        inputs.require_values(["a", value])
