"""CODE of ON statements: which results it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpile.dialects.controlm.results import Kind, Result, read_result

ALL = set(range(256))


def codes(code: str) -> set[int | None]:
    """The exit codes that a CODE asks for."""
    result = read_result("*", code)
    assert result.kind is Kind.CODES
    return set(result.codes)


@pytest.mark.parametrize("code", ["OK", "ok", " Ok "])
def test_ok(code: str) -> None:
    assert read_result("*", code) == Result(Kind.OK)


@pytest.mark.parametrize("code", ["NOTOK", "NotOk", "NOT OK"])
def test_not_ok(code: str) -> None:
    assert read_result("", code) == Result(Kind.NOTOK)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("COMPSTAT EQ 9", {9}),
        ("COMPSTAT=9", {9}),
        ("compstat  =  9", {9}),
        ("COMPSTAT 9", {9}),
        ("COMPSTAT NE 0", ALL - {0}),
        ("COMPSTAT!2", ALL - {2}),
        ("COMPSTAT != 2", ALL - {2}),
        ("COMPSTAT LT 3", {0, 1, 2}),
        ("COMPSTAT<3", {0, 1, 2}),
        ("COMPSTAT LE 3", {0, 1, 2, 3}),
        ("COMPSTAT GT 253", {254, 255}),
        ("COMPSTAT>=254", {254, 255}),
        ("COMPSTAT EQ EVEN", set(range(0, 256, 2))),
        ("COMPSTAT=odd", set(range(1, 256, 2))),
        ("COMPSTAT NE EVEN", set(range(1, 256, 2))),
        ("COMPSTAT 4-6", {4, 5, 6}),
        ("COMPSTAT GT 300", set()),
        ("COMPSTAT 250 - 999999999", set(range(250, 256))),
    ],
)
def test_exit_codes(code: str, expected: set[int]) -> None:
    assert codes(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("C0016", {16}),
        ("C9", {9}),
        ("<C9", set(range(9))),
        (">C0253", {254, 255}),
        ("<=C0004", set(range(5))),
        ("NC9", ALL - {9}),
        ("C0008,C0012", {8, 12}),
        ("C0008 C0012", {8, 12}),
        ("C0000-C0003", {0, 1, 2, 3}),
        (">C0010 <C0014", {11, 12, 13}),
        ("<C0002,>C0253", {0, 1, 254, 255}),
        ("C000*", set(range(10))),
        ("C*", ALL),
        ("C0008,S0C7,JNRUN", {8}),
        ("C00**,NC0004", set(range(100)) - {4}),
    ],
)
def test_codes_of_mainframe_steps(code: str, expected: set[int]) -> None:
    assert codes(code) == expected


def test_an_asterisk_is_every_end() -> None:
    assert codes("*") == {*ALL, None}


@pytest.mark.parametrize(
    ("code", "kind", "fits"),
    [
        ("RUNCOUNT EQ 3", Kind.RUNCOUNT, [3]),
        ("RUNCOUNT>3", Kind.RUNCOUNT, [4, 5, 6]),
        ("runcount even", Kind.RUNCOUNT, [0, 2, 4, 6]),
        ("RUNCOUNT NE EVEN", Kind.RUNCOUNT, [1, 3, 5]),
        ("FAILCOUNT=2", Kind.FAILCOUNT, [2]),
        ("FAILCOUNT ! 2", Kind.FAILCOUNT, [0, 1, 3, 4, 5, 6]),
    ],
)
def test_counts(code: str, kind: Kind, fits: list[int]) -> None:
    result = read_result("*", code)
    assert result.kind is kind
    assert [count for count in range(7) if result.counts(count)] == fits


@pytest.mark.parametrize("code", ["EXERR", "jnrun", "S0C7", "SB37,U0016", "UNKW", "", "  "])
def test_what_no_exit_code_shows(code: str) -> None:
    assert read_result("*", code) == Result(Kind.UNKNOWN, text=code)
    assert not read_result("*", code).counts(1)


@pytest.mark.parametrize(
    "code", ["File not found", "*abc*", "NOTOKAY", "OKAY", "COMPSTAT", "COMPSTAT EQ", "CAB", "9"]
)
def test_other_text_is_a_pattern_for_the_output(code: str) -> None:
    assert read_result("*", code) == Result(Kind.OUTPUT, text=code)


def test_behind_a_statement_everything_is_a_pattern() -> None:
    assert read_result("*cp a b*", "OK") == Result(Kind.OUTPUT, text="OK")


def test_a_long_text_is_a_pattern() -> None:
    assert read_result("*", "C0008," * 1000 + "C0008").kind is Kind.OUTPUT


WORDS = [
    "OK",
    "NOT",
    "COMPSTAT",
    "RUNCOUNT",
    "EQ",
    "!",
    "<",
    "=",
    "-",
    ",",
    "C*",
    "C9",
    "N",
    "S0C7",
]


@given(st.text() | st.lists(st.sampled_from([*WORDS, "12", "EVEN", " ", "*"])).map("".join))
def test_any_text_is_read(code: str) -> None:
    result = read_result("*", code)
    assert {each for each in result.codes if each is not None} <= ALL
    assert bool(result.text) <= (result.kind in (Kind.OUTPUT, Kind.UNKNOWN))


@given(st.integers(0, 255), st.sampled_from(["EQ", "NE", "LT", "GT", "LE", "GE"]))
def test_a_comparison_and_its_opposite_share_no_code(number: int, sign: str) -> None:
    opposite = {"EQ": "NE", "NE": "EQ", "LT": "GE", "GE": "LT", "GT": "LE", "LE": "GT"}[sign]
    one, other = codes(f"COMPSTAT {sign} {number}"), codes(f"COMPSTAT {opposite} {number}")
    assert one | other == ALL
    assert not one & other
