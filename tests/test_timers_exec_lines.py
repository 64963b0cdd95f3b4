"""Command lines of units: their words, and the shell text that runs exactly these."""

import subprocess
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transpile.dialects.timers.exec_lines import (
    BadLine,
    NoTranslation,
    read_line,
    split_value,
    split_words,
)
from transpile.dialects.timers.exec_text import Variables
from transpile.dialects.timers.unit_names import BadSpecifier, UnitName
from transpile.sources.text import Span

NAME = UnitName("a", None, "service")
SPAN = Span("a.service", 1)


def text_of(line: str, known: dict[str, str] | None = None) -> str:
    (read,) = read_line(line, SPAN, NAME)
    return Variables(known or {}).text(read)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("/bin/a b  c\td", "/bin/a b c d"),
        ("/bin/a 'b c'\"d e\" \\x41\\101\\u00e9", "/bin/a 'b cd e' 'AA\u00e9'"),
        ("/bin/a a|b > x *.c ~ `x` $(y) & #", "/bin/a 'a|b' '>' x '*.c' '~' '`x`' '&' '#'"),
        ("/bin/a b;c ';' \\;", "/bin/a 'b;c' ';' ';'"),
        ("/bin/a '' \"\" x''", "/bin/a '' '' x"),
        ("/bin/a \\q a\\ b it\\'s", "/bin/a '\\q' 'a\\ b' 'it'\"'\"'s'"),
        ("/bin/a %n %p %i %% 5%", "/bin/a a.service a '' % 5%"),
        ("/bin/a on %H", '/bin/a on "$(uname -n)"'),
        ("/bin/a $FOO ${FOO} x${FOO}y x$FOO", "/bin/a one two 'one  two' 'xone  twoy' 'x$FOO'"),
        ("/bin/a $NO ${NO} x${NO}y $FOO-", "/bin/a '' xy"),
        ("/bin/a $$FOO $$ ${FOO:-x} ${FOO", "/bin/a '$FOO' '$' '${FOO:-x}' '${FOO'"),
        (":/bin/a $FOO ${FOO} $$", "/bin/a '$FOO' '${FOO}' '$$'"),
        ("@/bin/a other b", "/bin/a b"),
        ("echo a", "env echo a"),
        ("true", "true"),
        ("A=1 b", "'A=1' b"),
        ("'/opt/a b/c' d", "'/opt/a b/c' d"),
        ("/bin/a ${PATH} ${HOME}", "/bin/a \"${PATH}\" ''"),
    ],
)
def test_shell_texts(line: str, text: str) -> None:
    assert text_of(line, {"FOO": "one  two"}) == text


def test_a_line_with_several_commands() -> None:
    lines = read_line("-/bin/a b ; ; @-/bin/c d e ;", SPAN, NAME)
    assert [(line.words, line.ignores, line.argv0) for line in lines] == [
        (("/bin/a", "b"), True, None),
        (("/bin/c", "e"), True, "d"),
    ]


@pytest.mark.parametrize(
    ("line", "is_fatal"),
    [
        ("bin/a", True),
        ("-bin/a", False),
        ("/bin/a 'b", True),
        ("-/bin/a 'b", False),
        ("/bin/", True),
        ("--/bin/a", False),
        ("@/bin/a", True),
        ("/bin/a %z", True),
        (";/bin/a", True),
        ("-", False),
    ],
)
def test_lines_that_systemd_refuses(line: str, is_fatal: bool) -> None:
    with pytest.raises(BadLine) as caught:
        read_line(line, SPAN, NAME)
    assert caught.value.is_fatal is is_fatal


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a  b", ["a", "b"]),
        ("'a b'c \"d\"", ["a bc", "d"]),
        ("a\\ b\\\\", ["a b\\"]),
        ("'open", ["open"]),
        ("'' x", ["", "x"]),
        (" ", []),
        ("x\\", ["x\\"]),
    ],
)
def test_the_words_of_a_value(value: str, words: list[str]) -> None:
    assert split_value(value) == words


WORD = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)


def _as_systemd(word: str) -> str:
    """The word as a unit spells it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'.replace("$", "$$").replace("\n", "\\n").replace("\r", "\\r")


@settings(max_examples=60, deadline=None)
@given(st.lists(WORD, max_size=6), st.lists(WORD, max_size=3))
def test_a_shell_runs_exactly_the_words(words: list[str], values: list[str]) -> None:
    known = {f"V{number}": value for number, value in enumerate(values)}
    line = " ".join(["/usr/bin/printf %%s\\\\0 ."] + [_as_systemd(word) for word in words])
    line += "".join(f' "<${{{name}}}>"' for name in known)
    ran = subprocess.run(["/bin/sh", "-c", text_of(line, known)], capture_output=True, check=True)
    got = ran.stdout.decode("utf-8", "surrogateescape").split("\0")[1:-1]
    assert got == [*words, *(f"<{value}>" for value in values)]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab'\"\\x41$%{}: ;-@+!/\n\t", max_size=30))
def test_any_line_is_read_or_refused(line: str) -> None:
    with suppress(BadLine, BadSpecifier, NoTranslation):
        commands = read_line(f"/bin/a {line}", SPAN, NAME)
        assert all(Variables({}).text(command) for command in commands)


def test_long_lines_take_linear_time() -> None:
    for unit in ("${", "$", "\\", "'", "a ", "%n", "${A}", "\\x", '"', ";", "; "):
        line = f"/bin/a {unit * (100_000 // len(unit))}"
        try:
            for command in read_line(line, SPAN, NAME):
                Variables({"A": "b c"}).text(command)
        except BadLine:
            continue
    assert len(split_words("a=b " * 50_000)) == 50_000
