"""Scripts of shell tasks and commands of container tasks, run by a shell."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from transpile.runtime.shell import container_command, opened, quoted, shell_script


def ended(script: str, **options: Any) -> tuple[int, str]:
    """The exit code and the output of a script."""
    done = subprocess.run(
        ["/bin/sh", "-c", script], capture_output=True, text=True, check=False, **options
    )
    return done.returncode, done.stdout


ODD = ["a b", "it's", 'say "x"', "$(touch x)", "`touch x`", "\\", "; exit 9", "é", "*"]


@pytest.mark.parametrize("name", ODD)
def test_an_odd_path_is_one_word(name: str, tmp_path: Path) -> None:
    assert ended(f"printf %s {quoted(name)}", cwd=tmp_path) == (0, name)
    assert not (tmp_path / "x").exists()


def test_variables_and_the_home_folder_count_in_paths() -> None:
    env = {"HOME": "/home/me", "X": "a  b"}
    assert ended(f"printf %s {quoted('~/f')}", env=env) == (0, "/home/me/f")
    assert ended(f"printf %s {quoted('$X/f')}", env=env) == (0, "a  b/f")


@pytest.mark.parametrize("value", ODD)
def test_values_stay_text(value: str, tmp_path: Path) -> None:
    script = shell_script('printf %s "$A"', env={"A": value})
    assert ended(script, cwd=tmp_path) == (0, value)
    template = shell_script('printf %s "$A"', env={"A": "{inputs.a}"})
    filled = template.replace("{inputs.a}", value)
    assert ended(filled, cwd=tmp_path) == (0, value)
    command = container_command('printf %s "$A"', env={"A": "{{.inputs.a}}"})
    program, *rest = (word.replace("{{.inputs.a}}", value) for word in command)
    done = subprocess.run([program, *rest], capture_output=True, text=True, check=True)
    assert done.stdout == value
    assert not (tmp_path / "x").exists()


def test_a_constant_variable_of_a_container() -> None:
    command = container_command('printf %s "$A"', env={"A": "it's"}, shell="/bin/sh")
    assert command[0] == "/bin/sh"
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "it's"


@pytest.mark.parametrize("given", ["$$MODE", "x $$M y"])
def test_a_global_without_a_value_ends_a_script(given: str) -> None:
    script = shell_script("echo ran", env={"A": "{inputs.a}"}).replace("{inputs.a}", given)
    assert ended(script) == (1, "")
    command = [
        w.replace("{{.inputs.a}}", given) for w in container_command("", env={"A": "{{.inputs.a}}"})
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize(
    ("code", "good", "expected"),
    [(0, (0,), 0), (3, (0,), 3), (3, range(4), 0), (4, range(4), 4), (0, (3,), 1), (3, (3,), 0)],
)
def test_exit_codes_are_judged(code: int, good: Any, expected: int) -> None:
    assert ended(shell_script(f"exit {code}", success_codes=good))[0] == expected
    command = container_command(f"exit {code}", success_codes=good)
    assert subprocess.run(command, check=False).returncode == expected


def test_no_exit_code_is_good() -> None:
    assert ended(shell_script("exit 0", success_codes=()))[0] == 1
    assert ended(shell_script("exit 5", success_codes=()))[0] == 5


def test_files_are_opened(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("A=1\n", encoding="utf-8")
    (tmp_path / "in").write_text("2", encoding="utf-8")
    files = {"stdin": "in", "stdout": ">out", "stderr": ">> out", "profile": "profile"}
    script = shell_script("echo $A$(cat); echo 3 >&2", **files)
    assert ended(script, cwd=tmp_path) == (0, "")
    *shell, script = container_command("cat; exit 0", stdin="in")[:3]
    assert (shell, ended(script, cwd=tmp_path)) == (["/bin/sh", "-c"], (0, "2"))
    assert (tmp_path / "out").read_text() == "12\n3\n"
    code, _ = ended(shell_script("true", stdin="no"), cwd=tmp_path)
    assert code == -10


def test_nothing_to_open() -> None:
    assert opened("", "", "", "") == []
