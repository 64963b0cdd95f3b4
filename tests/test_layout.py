"""The layout of emitted text is black's, to the byte."""

import ast
import keyword

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import share_of
from tests.support import emit
from transpile.targets.flyte.filters import _docstring
from transpile.targets.flyte.layout import lay_out
from transpile.targets.flyte.literals import python, string
from transpile.targets.flyte.values import Call, Codes, Joined, Name

MODE = black.Mode()
anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
nasty = st.text(alphabet="\"'\\{}x \n\té", max_size=30)
names = st.from_regex(r"[a-z][a-z0-9_]{0,60}", fullmatch=True).filter(
    lambda name: not keyword.iskeyword(name) and not keyword.issoftkeyword(name)
)


@given(anything | nasty)
def test_string_literals_are_equal_and_stable(text: str) -> None:
    literal = string(text)
    assert ast.literal_eval(literal) == text
    assert black.format_str(f"x = {literal}\n", mode=MODE) == f"x = {literal}\n"


@given(st.lists(anything | nasty, min_size=1, max_size=3))
def test_joined_strings_are_equal(parts: list[str]) -> None:
    pieces = [piece for part in parts for piece in (part, Name("value"))]
    source = python(Joined(tuple(pieces)))
    assert eval(source, {"value": "{v}'\""}) == "".join(part + "{v}'\"" for part in parts)


@given(st.lists(anything | nasty | st.text("a b", max_size=120), min_size=1, max_size=4))
def test_docstrings_are_stable_and_hold_the_text(lines: list[str]) -> None:
    lines[0] = f"JOB · {lines[0]}"
    source = f"def f():\n    {_docstring(lines)}\n    return 0\n"
    assert black.format_str(source, mode=MODE) == source
    documentation = ast.get_docstring(ast.parse(source).body[0])  # type: ignore[arg-type]
    words = "".join(c if c.isprintable() else " " for c in lines[0]).split()
    assert documentation is not None
    assert all(word in documentation for word in words)


@settings(max_examples=share_of(300), deadline=None)
@given(
    names,
    st.lists(names, max_size=5, unique=True),
    st.text(alphabet="ab c'\"\\/$-{}é", max_size=150),
    st.dictionaries(names, names, max_size=4),
    st.integers(0, 3),
)
def test_lines_of_any_width(
    function: str, arguments: list[str], text: str, env: dict[str, str], code: int
) -> None:
    call = Call(
        "run",
        (text,),
        (
            ("env", {key: Name(value) for key, value in env.items()}),
            ("success_codes", Codes(((0, code), (7, 9)))),
        ),
    )
    parameters = ", ".join(f"{name}: str" for name in arguments)
    lines = [
        f"@task(retries={code}, timeout=timedelta(minutes=30))",
        f"def {function}({parameters}) -> int:",
        f"    return {python(call)}",
    ]
    source = "\n".join(lines) + "\n"
    assert lay_out(source) == black.format_str(source, mode=MODE)


@settings(max_examples=share_of(300), deadline=None)
@given(names, names, st.lists(names, max_size=4, unique=True), anything)
def test_statements_of_any_width(
    variable: str, workflow: str, inputs: list[str], label: str
) -> None:
    bound = "".join(f", {name}={name}_node.o0" for name in inputs)
    overrides = f'with_overrides(node_name="{variable}", name={string(label)})'
    for source in (
        f"{variable}_node = {workflow}.add_entity({variable}{bound}).{overrides}\n",
        f"def f():\n    {variable}_node = create_node({variable}{bound}).{overrides}\n",
        f"{variable} >> {workflow}\n",
        f"{variable} = {workflow}.add_workflow_input({string(variable)}, (str, {string(label)}))\n",
        f'{workflow}.add_workflow_output("{variable}", {variable}.o0)\n',
    ):
        assert lay_out(source) == black.format_str(source, mode=MODE)


@pytest.mark.parametrize(
    "line",
    [
        "x = ( 1 )",
        "f(a, b,)",
        "f('single')",
        "x = 'it''s'",
        "x = {'a':1}",
        "x = a if b else c",
        "x=1",
        "print( 'a' , \"b\" )",
        "for a in (b, c): pass",
    ],
)
def test_what_is_not_blacks_yet_becomes_it(line: str) -> None:
    assert lay_out(line) == black.format_str(line + "\n", mode=MODE).rstrip("\n")


def test_whole_modules_with_odd_text() -> None:
    command = "x" * 300
    text = (
        f"insert_job: A\ncommand: {command}\ndescription: {command} fmt: off\n"
        "insert_job: B\ncommand: echo 'a' \"b\" \\ é 日本\ncondition: s(A)\ndescription: fmt: off\n"
        "insert_job: C\njob_type: b\ndescription: fmt: off\nowner: type: ignore\n"
        "insert_job: D\ncommand: x\nbox_name: C\ncondition: s(B)\nn_retrys: 1\nterm_run_time: 2\n"
    )
    for module in emit(text).values():
        assert black.format_str(module, mode=MODE) == module


words = st.from_regex(r"[abc]{1,60}", fullmatch=True)
texts = st.from_regex(r'"(a, b|\(x|d|e\]){1,40}"', fullmatch=True)


def _dictionary(pairs: dict[str, str]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in pairs.items())}}}"


values = st.recursive(
    words | texts | st.dictionaries(texts, words | texts, min_size=1, max_size=4).map(_dictionary),
    lambda inner: st.one_of(
        st.builds("{}.inputs[{}]".format, words, texts),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{{}: {}, {}: {}}}".format, texts, inner, texts, inner),
        st.builds("{}({}, k={})".format, words, inner, inner),
    ),
    max_leaves=4,
)


@settings(max_examples=share_of(200), deadline=None)
@given(
    st.sampled_from(["x = ", "return ", "    return ", "    x = ", "@", "", "    "]),
    st.lists(words, min_size=1, max_size=3),
    st.lists(values, max_size=2),
    st.lists(st.tuples(words, values), max_size=5),
    st.sampled_from(["", ".y(z)", ".y(a, b=b)(z)", "[0]"]),
)
def test_calls_of_any_width(
    before: str, name: list[str], positional: list[str], keywords: list[tuple[str, str]], rest: str
) -> None:
    arguments = [*positional, *(f"{key}={value}" for key, value in keywords)]
    line = f"{before}{'.'.join(name)}({', '.join(arguments)}){rest}"
    around = {"@": (line, "def f():", "    pass"), "    ": ("def f():", line)}
    source = "\n".join(around.get(before.replace("return ", "").replace("x = ", ""), (line,)))
    if before == "return ":
        source = f"def f():\n    {line}"
    assert lay_out(source) == black.format_str(source, mode=MODE).rstrip("\n")


@pytest.mark.parametrize("key", ["k" * 10, "k" * 80], ids=["short", "long"])
@pytest.mark.parametrize("word", ["w" * 10, "w" * 80, "w" * 100], ids=["10", "80", "100"])
@pytest.mark.parametrize("entries", [1, 2])
def test_arguments_that_are_wider_than_a_line(key: str, word: str, entries: int) -> None:
    """Calls of one pattern: black splits a dictionary only if it is wider than a line."""
    pairs = ", ".join(f'"{key}{n}": {word}' for n in range(entries))
    line = f'run("{word}", env={{{pairs}}}, name="{"n" * 60}")'
    assert lay_out(line) == black.format_str(line, mode=MODE).rstrip("\n")
