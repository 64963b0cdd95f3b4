"""The condition language of JIL."""

import pytest

from transpile.dialects.autosys.conditions import ConditionError, parse_condition
from transpile.model import All, AnyOf, Condition, ExitCode, GlobalValue, Status, atoms


def spelled(condition: Condition) -> str:
    """The condition with every parenthesis and every word written out."""
    if isinstance(condition, All):
        return f"({' & '.join(map(spelled, condition.terms))})"
    if isinstance(condition, AnyOf):
        return f"({' | '.join(map(spelled, condition.terms))})"
    if isinstance(condition, GlobalValue):
        return f"value({condition.name}) {condition.operator} {condition.value!r}"
    job = condition.job + (f"^{condition.instance}" if condition.instance else "")
    window = "" if condition.lookback is None else f", {condition.lookback} min"
    if isinstance(condition, ExitCode):
        return f"exitcode({job}{window}) {condition.operator} {condition.value}"
    return f"{condition.test.value}({job}{window})"


PAIRS = [
    ("s(A)", "success(A)"),
    ("S(A)", "success(A)"),
    ("success( A.B-1#2 )", "success(A.B-1#2)"),
    ("f(A)", "failure(A)"),
    ("FAILURE(A)", "failure(A)"),
    ("d(A)", "done(A)"),
    ("Done(A)", "done(A)"),
    ("t(A)", "terminated(A)"),
    ("terminated(A)", "terminated(A)"),
    ("n(A)", "notrunning(A)"),
    ("notRunning(A)", "notrunning(A)"),
    ("s(A)&s(B)", "(success(A) & success(B))"),
    ("s(A) and s(B) AND s(C)", "(success(A) & success(B) & success(C))"),
    ("s(A) or s(B) OR s(C)", "(success(A) | success(B) | success(C))"),
    ("s(A)|s(B)&s(C)", "((success(A) | success(B)) & success(C))"),
    ("s(A)&s(B)|s(C)&s(D)", "(((success(A) & success(B)) | success(C)) & success(D))"),
    ("s(A)&(s(B)|s(C))", "(success(A) & (success(B) | success(C)))"),
    ("((s(A)))", "success(A)"),
    ("e(A)=0", "exitcode(A) = 0"),
    ("exitcode(A, 06.00) >= 4", "exitcode(A, 360 min) >= 4"),
    ("e(A) != -1", "exitcode(A) != -1"),
    ('v(G) = "off duty"', "value(G) = 'off duty'"),
    ("VALUE(G.X) != on", "value(G.X) != 'on'"),
    ("v(G)=7", "value(G) = '7'"),
    ("s(A,12.30)", "success(A, 750 min)"),
    ("s(A,00\\:30)", "success(A, 30 min)"),
    ("s(A,0:45)", "success(A, 45 min)"),
    ("s(A, 30)", "success(A, 1800 min)"),
    ("s(A,0)", "success(A, 0 min)"),
    ("s(A,9999)", "success(A)"),
    ("s(A^PRD)", "success(A^PRD)"),
    ("s(A^PRD, 1)", "success(A^PRD, 60 min)"),
    ("s(job\\:x)", "success(job:x)"),
    ("s(two words)", "success(two words)"),
    ("s(and)&s(or)|s(s)", "((success(and) & success(or)) | success(s))"),
    ("s(12)", "success(12)"),
    ("s(1.5)", "success(1.5)"),
    ("s(ORDERS)or s(AND1)", "(success(ORDERS) | success(AND1))"),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_reads(text: str, expected: str) -> None:
    assert spelled(parse_condition(text)[0]) == expected


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("s(A", 3),
        ("s()", 2),
        ("s(A))", 4),
        ("x(A)", 0),
        ("s(A) s(B)", 5),
        ("s(A) &", 6),
        ("& s(A)", 0),
        ("e(A)", 4),
        ("v(G, 1) = 2", 3),
        ("s(A) xor s(B)", 5),
        ("(" * 100_000, 0),
    ],
)
def test_refuses(text: str, offset: int) -> None:
    with pytest.raises(ConditionError) as error:
        parse_condition(text)
    assert error.value.offset == offset


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("s(A) & s(B) | s(C)", False),
        ("s(A) | s(B) & s(C)", True),
        ("s(A) | (s(B) & s(C))", False),
        ("s(A) & (s(A) | s(B) & s(C))", True),
    ],
)
def test_precedence_that_matters(text: str, ambiguous: bool) -> None:
    assert parse_condition(text)[1] is ambiguous


def test_offsets_point_at_atoms() -> None:
    text = "s(A) & (d(B) | e(C) = 1)"
    found = list(atoms(parse_condition(text)[0]))
    assert [text[atom.offset] for atom in found] == ["s", "d", "e"]
    assert isinstance(found[0], Status)


def test_ten_thousand_atoms() -> None:
    condition, _ = parse_condition(" & ".join(f"s(J{n})" for n in range(10_000)))
    assert isinstance(condition, All)
    assert len(condition.terms) == 10_000
