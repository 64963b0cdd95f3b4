"""The kit of the dialects: texts with holes, numbers, names, options."""

import re

import pytest

from transpile.dialects.kit.arguments import named, options_of
from transpile.dialects.kit.names import Named
from transpile.dialects.kit.texts import Holes, has_holes, in_quotes, merged, shown, with_variables
from transpile.dialects.kit.values import runs, time_of_day
from transpile.model import VariableRef

X = VariableRef("x", "$x")
PATTERN = re.compile(r"\$(\w+)")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ("",)),
        ("a b", ("a b",)),
        ("$x", (X,)),
        ("a$x", ("a", X)),
        ("$x b", (X, " b")),
        ("$x$x", (X, X)),
    ],
)
def test_variables_become_parts(value: str, expected: tuple[object, ...]) -> None:
    assert with_variables(value, PATTERN, lambda m: VariableRef(m[1], m[0])) == expected


def test_neighbours_are_merged() -> None:
    assert merged(["a", "b", X, "c", "d"]) == ("ab", X, "cd")


def test_words_are_quoted_as_far_as_they_need_it() -> None:
    holes = Holes()
    shell, variable = holes.put("$RETRY"), holes.put(X)
    # A bare variable may be several words; between quotes it is one.
    assert holes.words(["a b", variable]) == ("'a b' ", X)
    assert holes.words([in_quotes(variable)]) == ('"', X, '"')
    assert holes.words([f"n-{shell}"], "exec ") == ('exec n-"$RETRY"',)
    assert holes.words(["", "b"]) == ("'' b",)


def test_texts_are_not_quoted() -> None:
    holes = Holes()
    assert holes.text(f"a b{in_quotes(holes.put(X))}c") == ("a b", X, "c")


def test_a_text_is_static_if_all_its_holes_are_variables() -> None:
    holes = Holes()
    shell, variable = holes.put("$RETRY"), holes.put(X)
    handed = holes.put(VariableRef("y", "$y", jobs=("A",)))
    assert [holes.is_static(text) for text in ("a", variable, shell, handed)] == [
        *(True, True),
        *(False, False),
    ]
    assert holes.inside(f"{variable} {shell}") == [X, "$RETRY"]


def test_holes_are_no_text_for_a_reader() -> None:
    text = f"a {Holes().put(X)}"
    assert shown(in_quotes(text)) == "a ..."
    assert has_holes(text)
    assert not has_holes("a 0")


def test_runs_of_numbers() -> None:
    assert runs([3, 5, 6, 7, 9]) == ((3, 3), (5, 7), (9, 9))
    assert runs([]) == ()


def test_times_of_day() -> None:
    assert time_of_day(23, 59) == (23, 59)
    assert [time_of_day(24, 0), time_of_day(0, 60), time_of_day(-1, 0)] == [None] * 3


def test_definitions_by_name() -> None:
    found: Named[int] = Named(str.upper)
    assert found.add("a", 1) is None
    assert found.add("b", 2) is None
    assert found.add("A", 3) == 1
    assert found.find("B") == 2
    assert found.find("c") is None
    assert list(found.unused()) == [3]
    assert Named[int]().find("a") is None


def test_options_take_a_word_unless_they_are_flags() -> None:
    options, others = options_of(("-E", "START", "--Job", "A", "-q", "x", "-Job", "B"), "q")
    assert options == {"e": ["START"], "job": ["A", "B"], "q": []}
    assert others == ["x"]
    assert named(options, "job", "e", "z") == ("A", "B", "START")
