"""Functions of Control-M, and that any text with `%%` has a value or is refused."""

import subprocess

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.controlm_texts import Estate, refused
from transpile.dialects.controlm.codes.variables import FunctionLost
from transpile.dialects.controlm.variables import Unknown
from transpile.model import VariableRef

# ---------------------------------------------------------------- functions


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("%%SUBSTR abcdef 2 3", "bcd"),
        ("%%SUBSTR %%DAY 1 4", "2024"),
        ("%%SUBSTR a%%REGION 1 1", "a"),
        ("%%$CALCDATE %%DAY -1", "20240229"),
        ("%%$CALCDTE 20231231 +1", "20240101"),
        ("%%$CALCDATE %%YEAR4.%%MM.01 -1", "20240229"),
        ("%%CALCDATE 991231 +1", "000101"),
        ("%%N %%PLUS 1", "10"),
        ("%%N %%MINUS 10", "-1"),
    ],
)
def test_functions_of_known_values(value: str, expected: str) -> None:
    own = (("DAY", "20240301"), ("YEAR4", "2024"), ("MM", "03"), ("N", "9"), ("F", value))
    assert Estate(*own).static("%%F") == expected


@pytest.mark.parametrize(
    "value",
    [
        "%%SUBSTR abc 2 3",
        "%%SUBSTR abc 0 1",
        "%%SUBSTR abc",
        "%%SUBSTR %%REGION 1 1",
        "%%SUBSTR %%$ODATE 1 3",
        "%%$CALCDATE %%$DATE -1",
        "%%$CALCDATE 20240301 - 1",
        "%%$CALCDATE 20240230 -1",
        "%%$CALCDATE 240301 -1",
        "%%$CALCDATE 00010101 -1",
        "%%$CALCDATE %%REGION -1",
        "%%$CALCDATE %%$OYEAR.%%OMONTH.01 -1",
        "%%GETENV HOME",
        "%%N %%PLUS 01",
        "%%N %%PLUS x",
        "1 %%PLUS 1 %%PLUS 1",
        "at %%SUBSTR abc 1 1",
    ],
)
def test_other_functions_are_refused_by_name(value: str) -> None:
    refused(FunctionLost, "%%F", ("F", value), ("N", "9"))


# ---------------------------------------------------------------- any text

PIECES = [
    *("%%", "%", "%%X", "%%Y_", "%%.", ".", "%%#", "%%@", "%%\\", "\\\\", "\\", "X", "A1", " "),
    *("%%$ODATE", "%%ODATE", "%%TIME", "%%RUNCOUNT", "%%SUBSTR ", "%%$CALCDATE ", "%%PLUS"),
    *("'", '"', "$(", "`", "{{", "\n", "1", "2 3", "-1", "%%JOBNAME", "%%\\\\P\\X"),
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)
NAMES = st.sampled_from(["X", "Y", "Y_1", "A1", r"\X", r"\\X", r"\\P\X"]) | st.text(max_size=3)


@given(TEXTS, st.lists(st.tuples(NAMES, TEXTS), max_size=4), st.booleans())
def test_any_text_has_a_value_or_is_refused(
    raw: str, own: list[tuple[str, str]], shell: bool
) -> None:
    estate = Estate(*own)
    try:
        text = estate.text(raw, shell=shell)
    except Unknown as unknown:
        text, cause = (), unknown.cause.code
    else:
        cause = ""
    assert cause in estate.codes if cause else text
    asked = {part.name for part in text if isinstance(part, VariableRef)}
    assert set(estate.variables.variables) == asked


PLAIN = st.text().filter(lambda text: "%%" not in text)


@given(PLAIN, PLAIN, PLAIN, st.booleans())
def test_known_values_are_inserted_as_they_are(
    before: str, value: str, behind: str, shell: bool
) -> None:
    estate = Estate(("X", value))
    assert estate.text(f"{before}%%X.{behind}", shell=shell) == (f"{before}{value}{behind}",)


def run(command: str) -> tuple[int, str]:
    """How bash runs a command in the third attempt of a task."""
    environment = {"FLYTE_ATTEMPT_NUMBER": "2", "a": "A", "a3": "B"}
    done = subprocess.run(
        ["/bin/bash", "-c", command], env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*"'\"\\$ab {}.", "#", "$a"]), max_size=8), st.data())
def test_a_shell_sees_what_control_m_inserts(pieces: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pieces)))
    before, behind = "".join(pieces[:place]), "".join(pieces[place:])
    # The number of a process.
    assume("$$" not in before + behind and "{$" not in before + behind)
    try:
        emitted = Estate().static(f"printf '<%s>' {before}%%RUNCOUNT.{behind}")
    except Unknown:
        return
    assert run(emitted) == run(f"printf '<%s>' {before}3{behind}")
