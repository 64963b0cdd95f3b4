"""Commands with globals: the shell must see what AutoSys would have handed it."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transpile.dialects.autosys.values import text
from transpile.model import Command, VariableRef, plain
from transpile.targets.flyte.shell import environment_names, shell_text


def outputs(command: str, known: dict[str, str]) -> tuple[str, str]:
    """What the shell prints when AutoSys puts the values in, and when the environment has them."""
    parsed = text(command)
    globals_used = [part.name for part in parsed if isinstance(part, VariableRef)]
    values = {name: known.get(name, "/other value") for name in globals_used}
    textual = plain(parsed, lambda ref: values[ref.name])
    names = environment_names(Command(parsed), list(values))
    rewritten = shell_text(parsed, names)
    environment = {names[name]: value for name, value in values.items()}
    return _run(textual, {}), _run(rewritten, environment)


def _run(command: str, environment: dict[str, str]) -> str:
    base = {"PATH": "/usr/bin:/bin", "HOME": "/home/of-the-shell"}
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env={**base, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + f"[{done.returncode}]"


@pytest.mark.parametrize(
    "command",
    [
        "printf '%s|' $$X",
        "printf '%s|' $${X}",
        "printf '%s|' $$X.csv $${X}csv a$$X",
        'printf "%s|" "$$X"',
        "printf '%s|' '$$X'",
        "printf '%s|' 'a b'$$X'c d'",
        "printf '%s|' \"it's $$X\" 'a \"$$X\" b'",
        "printf '%s|' \\$$X",
        "printf '%s|' \\\\$$X",
        'printf "%s|" "\\$$X"',
        'printf "%s|" "\\\\$$X"',
        "printf '%s|' '\\$$X'",
        "printf '%s|' $$X$$Y$${X}$$Y",
        "printf '%s|' $HOME $$HOME ${HOME}",
        "awk 'BEGIN {print \"$$X\", 1}'",
        "X=own; echo $X $$X",
        "for i in 1 2; do printf '%s:%s ' $i $$X; done",
    ],
)
def test_same_output(command: str) -> None:
    textual, rewritten = outputs(command, {"X": "of-2026-01-31", "Y": "y/y"})
    assert textual == rewritten
    assert textual.endswith("[0]")


pieces = st.sampled_from(["$$X", "$${X}", "'", '"', "\\", " ", "a", "1", "-", ".", "x y", "_"])


@settings(max_examples=400, deadline=None)
@given(st.lists(pieces, max_size=12).map("".join))
def test_any_quoting(command: str) -> None:
    """Where the shell accepts the command at all, both ways print the same."""
    textual, rewritten = outputs(f"printf '%s|' {command}", {"X": "value7"})
    if textual.endswith("[0]"):
        assert textual == rewritten


@given(st.text(alphabet=st.characters(exclude_characters="$", exclude_categories=["Cs"])))
def test_commands_without_globals_survive_to_the_byte(command: str) -> None:
    command = command.replace("\\:", "")
    assert shell_text(text(command), {}) == command


def test_globals_are_found() -> None:
    assert text("a$$B$${C.D}e$$$F$ $$1") == (
        "a",
        VariableRef("B", "$$B"),
        VariableRef("C.D", "$${C.D}"),
        "e$",
        VariableRef("F", "$$F"),
        "$ $$1",
    )
