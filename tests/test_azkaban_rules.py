"""Azkaban: what its own code does with properties, types of jobs and conditions in job files."""

from pathlib import Path

import pytest

from tests.azkaban.support import SETTINGS, estate_of, places, verdicts
from tests.support import cli, python
from transpile.flyte.render import render_module
from transpile.pipeline import Estate


def emitted(estate: Estate) -> str:
    (module,) = estate.modules
    return render_module(module)


def codes(estate: Estate) -> list[str]:
    return sorted(found.code for found in estate.diagnostics if found.level.value != "note")


# -------------------------------------------------------------------- failures that succeed


def test_a_job_that_succeeds_on_failure_runs_once_and_stops_at_the_first_failure(
    tmp_path: Path,
) -> None:
    text = (
        "type=command\ncommand=sh -c 'echo one >> ran.txt; exit 3'\n"
        "command.1=sh -c 'echo two >> ran.txt'\nretries=2\njob.succeed.on.failure=True\n"
    )
    last = "type=command\ncommand=sh -c 'echo last >> ran.txt'\ndependencies=a\n"
    estate = estate_of(tmp_path, {"a.job": text, "b.job": last})
    assert codes(estate) == []
    assert all(verdict.good for verdict in verdicts(estate, tmp_path))
    work = tmp_path / "work"
    work.mkdir()
    cli("convert", tmp_path / "in", "-o", tmp_path / "out")
    done = python(tmp_path / "out" / "b.py", cwd=work)
    assert done.returncode == 0, done.stderr
    assert (work / "ran.txt").read_text().split() == ["one", "last"]


@pytest.mark.parametrize("value", ["false", "yes", "1"])
def test_only_true_makes_it_succeed(tmp_path: Path, value: str) -> None:
    text = f"type=command\ncommand=x\njob.succeed.on.failure={value}\n"
    assert "tolerance" not in emitted(estate_of(tmp_path, {"a.job": text}))


# -------------------------------------------------------------------- conditions in job files


def test_job_files_have_conditions(tmp_path: Path) -> None:
    files = {
        "a.job": "type=command\ncommand=a\n",
        "b.job": "type=command\ncommand=b\ndependencies=a\ncondition=${a:x} != 'foo'\n",
        "c.job": "type=command\ncommand=c\ndependencies=b\ncondition=all_done\n",
    }
    estate = estate_of(tmp_path, files)
    text = emitted(estate)
    assert 'compare_output(a_outputs, "x", "!=", "foo")' in text
    assert all(verdict.good for verdict in verdicts(estate, tmp_path))


# -------------------------------------------------------------------- which property counts


WRITES = r"""type=command
command=sh -c 'echo "{\\"x\\": \\"out\\"}" > $JOB_OUTPUT_PROP_FILE'
"""


def ran(folder: Path, files: dict[str, str]) -> str:
    estate_of(folder, files)
    assert cli("convert", folder / "in", "-o", folder / "out").exit_code == 0
    (path,) = (
        p for p in (folder / "out").glob("*.py") if p.stem not in ("job_runtime", "__init__")
    )
    done = python(path, cwd=folder / "in")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_output_beats_a_file_of_properties(tmp_path: Path) -> None:
    read = "type=command\ncommand=echo got-${x}\ndependencies=a\n"
    files = {"p.properties": "x=file\n", "a.job": WRITES, "b.job": read}
    assert "got-out" in ran(tmp_path / "1", files)
    own = {**files, "b.job": f"{read}x=own\n"}
    assert "got-own" in ran(tmp_path / "2", own)
    silent = {**files, "a.job": "type=command\ncommand=sh -c ': $JOB_OUTPUT_PROP_FILE'\n"}
    assert "got-file" in ran(tmp_path / "3", silent)


def test_values_of_two_folders_stay_apart(tmp_path: Path) -> None:
    hands = "type=command\ncommand=sh -c ': $JOB_OUTPUT_PROP_FILE'\n"
    files = {
        "a.job": hands,
        "one/p.properties": "x=first\n",
        "one/b.job": "type=command\ncommand=echo b-${x}\ndependencies=a\n",
        "two/p.properties": "x=second\n",
        "two/c.job": "type=command\ncommand=echo c-${x}\ndependencies=a,b\n",
    }
    shown = ran(tmp_path, files)
    assert "b-first" in shown
    assert "c-second" in shown


def test_a_program_may_hand_over_a_property_without_a_word(tmp_path: Path) -> None:
    files = {
        "p.properties": "x=1\n",
        "a.job": "type=command\ncommand=./a.sh\n",
        "b.job": "type=command\ncommand=echo ${x}\ndependencies=a\n",
    }
    assert codes(estate_of(tmp_path, files)) == ["A839"]


# -------------------------------------------------------------------- types of jobs


JAVA = "type=javaprocess\njava.class=com.acme.Load\n"


@pytest.mark.parametrize(
    ("more", "command"),
    [
        ("", "java -Xms64M -Xmx256M -cp '*' com.acme.Load"),
        (
            "Xms=1G\nXmx=2G\nmain.args=-d 'a b'\n",
            "java -Xms1G -Xmx2G -cp '*' com.acme.Load -d 'a b'",
        ),
        (
            "classpath=lib/a.jar,lib/b.jar\n",
            "java -Xms64M -Xmx256M -cp lib/a.jar:lib/b.jar com.acme.Load",
        ),
        (
            "global.classpaths=g.jar , h.jar\nglobal.jvm.args=-Da=1\njvm.args=-Db=2\n",
            "java -Da=1 -Db=2 -Xms64M -Xmx256M -cp 'g.jar:h.jar:*' com.acme.Load",
        ),
    ],
)
def test_java_jobs_are_command_lines(tmp_path: Path, more: str, command: str) -> None:
    estate = estate_of(tmp_path, {"a.job": JAVA + more})
    assert codes(estate) == []
    assert f'"{command}"' in emitted(estate)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("type=hive\nhive.script=a.hql\n", "hive -f a.hql"),
        ("type=pig\npig.script=a.pig\nparam.day=1\n", "pig -param day=1 -f a.pig"),
        (
            "type=spark\nmaster=yarn\nclass=com.acme.A\nexecution-jar=a.jar\nparams=x y\n"
            "conf.a.b=1\n",
            "spark-submit --master yarn --class com.acme.A --conf a.b=1 a.jar x y",
        ),
    ],
)
def test_plugins_with_a_command_line(tmp_path: Path, text: str, command: str) -> None:
    estate = estate_of(tmp_path, {"a.job": text})
    assert codes(estate) == ["A838"]
    assert command in emitted(estate)


@pytest.mark.parametrize(
    ("type_", "key"),
    [("javaprocess", "java.class"), ("hive", "hive.script"), ("spark", "execution-jar")],
)
def test_what_a_type_needs(tmp_path: Path, type_: str, key: str) -> None:
    estate = estate_of(tmp_path, {"a.job": f"type={type_}\n"})
    assert places(estate) == {("A810", "a.job", 1, 1)}
    (found,) = estate.diagnostics
    assert key in found.message


def test_a_noop_hands_nothing_over(tmp_path: Path) -> None:
    nodes = "nodes:\n  - {name: a, type: noop}\n  - {name: b, type: command, config: {command: b},"
    asked = nodes + " dependsOn: [a], condition: \"${a:x} %s 'foo'\"}\n"
    assert codes(estate_of(tmp_path / "1", {**SETTINGS, "f.flow": asked % "=="})) == ["A824"]
    estate = estate_of(tmp_path / "2", {**SETTINGS, "f.flow": asked % "!="})
    assert codes(estate) == []
    assert all(verdict.good for verdict in verdicts(estate, tmp_path))
