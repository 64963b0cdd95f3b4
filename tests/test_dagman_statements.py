"""The grammar of DAG commands, and the reasons for refusing one."""

import re

import pytest

from tests.support import ROOT
from transpile.dialects.dagman.tokens import _MISSING, _WRONG, Refusal, number, parse


def test_reasons_are_about_terminals_of_the_grammar() -> None:
    text = (ROOT / "grammars" / "dagman.lark").read_text(encoding="utf-8")
    terminals = set(re.findall(r"^([A-Z_]+)(?:\.\d)?:", text, re.M))
    assert {*_MISSING, *_WRONG} <= terminals


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("JOB", 3, "the name of a node is missing"),
        ('JOB A ""', 8, "a submit description is missing"),
        ("JOB A a.sub more", 12, "unexpected word more"),
        ("WEAK PARENT CHILD B", 5, "the name of a parent is missing"),
        ("PARENT A B", 10, "CHILD is missing"),
        ("RETRY A many", 8, "many is not a number"),
        ('VARS A x="1" y', 12, 'it takes pairs such as name="value"'),
        ("JOBS A a.sub", 0, "unknown command JOBS"),
    ],
)
def test_a_refusal_names_the_word(text: str, column: int, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(text)
    assert caught.value.column == column
    assert vars(caught.value.finding) == {"reason": reason}


def test_a_number_of_many_digits_is_read() -> None:
    assert number("9" * 5000) == -1
    assert number("0" * 5000 + "7") == 7
