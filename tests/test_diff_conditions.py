"""Truth tables of conditions: what is equal, and the example where one holds and one does not."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transpile.dialects.autosys.conditions import parse_condition
from transpile.drift.conditions import MOST_ROWS, Contrast, contrast
from transpile.model import Condition, holds


def condition(text: str) -> Condition:
    found, _ = parse_condition(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("old", "new", "example", "starts"),
    [
        ("s(A) & s(B)", "s(B)", ("A failed", "B succeeded"), True),
        ("s(A) | s(B)", "s(A) & s(B)", ("B failed", "A succeeded"), False),
        ("d(A)", "s(A)", ("A failed",), False),
        ("n(A)", "d(A)", ("A has not started",), False),
        ("e(A) > 3", "e(A) >= 3", ("A exits with 3",), True),
        ("v(X) = a", "v(X) != a", ("X is 'a'",), False),
        ("s(A, 2)", "s(A)", ("A succeeded, but not within 120 minutes",), True),
    ],
)
def test_an_example_says_which_condition_holds(
    old: str, new: str, example: tuple[str, ...], starts: bool
) -> None:
    found = contrast(condition(old), condition(new))
    assert found is not None
    assert (set(found.example), found.starts) == (set(example), starts)
    back = contrast(condition(new), condition(old))
    assert back is not None
    assert back.starts is not starts


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("s(A) & s(B)", "s(B) & s(A)"),
        ("s(A) & (s(B) | s(C))", "(s(A) & s(B)) | (s(A) & s(C))"),
        ("d(A)", "s(A) | f(A) | t(A)"),
        ("s(A) | (s(A) & s(B))", "s(A)"),
        ("e(A) > 3", "e(A) >= 4"),
        ("s(A, 2)", "s(A, 2) & s(A)"),
        ("s(A, 2) | s(A, 4)", "s(A, 4)"),
    ],
)
def test_conditions_that_hold_in_the_same_cases_are_the_same(old: str, new: str) -> None:
    assert contrast(condition(old), condition(new)) is None


def test_large_conditions_are_compared_by_samples() -> None:
    names = [f"J{number}" for number in range(20)]
    assert 2 ** len(names) > MOST_ROWS
    whole = " & ".join(f"s({name})" for name in names)
    found = contrast(condition(whole), condition(whole.removesuffix(" & s(J19)")))
    assert found is not None
    assert (found.is_sampled, found.starts, found.example[0]) == (True, True, "J19 failed")
    turned = " & ".join(f"s({name})" for name in reversed(names))
    assert contrast(condition(whole), condition(turned)) is None
    unlike = contrast(condition(whole), condition(f"({whole}) | ({whole} & s(MORE))"))
    assert unlike == Contrast((), is_sampled=True)


ATOMS = st.sampled_from([f"{test}({job})" for test in "sfdtn" for job in "AB"])
CONDITIONS = st.recursive(
    ATOMS,
    lambda parts: st.tuples(parts, st.sampled_from("&|"), parts).map(
        lambda p: f"({p[0]} {p[1]} {p[2]})"
    ),
)


@settings(max_examples=60, deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_contrast_agrees_with_the_statuses_of_two_jobs(old: str, new: str) -> None:
    true_of = {
        "SUCCESS": "s",
        "FAILURE": "f",
        "DONE": "sft",
        "TERMINATED": "t",
        "NOT_RUNNING": "sftw",
    }
    left, right = condition(old), condition(new)

    def differs(states: dict[str, str]) -> bool:
        def of_atom(atom: Any) -> bool:
            return states[atom.job] in true_of[atom.test.name]

        return holds(left, of_atom) != holds(right, of_atom)

    expected = any(differs({"A": a, "B": b}) for a in "sftrw" for b in "sftrw")
    assert (contrast(left, right) is not None) is expected
