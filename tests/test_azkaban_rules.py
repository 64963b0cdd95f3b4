"""Azkaban: what its own code does with properties, types of jobs and conditions in job files."""

import re
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tests.azkaban.support import SETTINGS, estate_of, places, verdicts, write
from tests.support import cli, python
from transpile.pipeline import Estate, read_estate
from transpile.targets.printing import render_module


def emitted(estate: Estate) -> str:
    (module,) = estate.modules
    return render_module(module)


def flat(text: str) -> str:
    """The text without the line breaks that black has put in."""
    return re.sub(r"\(\s+", "(", re.sub(r",?\s+\)", ")", re.sub(r"\s+", " ", text)))


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


# -------------------------------------------------------------------- when the flow starts


PARTS = "timestamp year month day hour minute second milliseconds timezone".split()
SHOWN = " ".join(f"{part}=${{azkaban.flow.start.{part}}}" for part in PARTS)
ZONE = '[timezones]\ndefault = "America/Los_Angeles"\n'
MOMENT = datetime(2019, 1, 9, 23, 52, 29, 670_000, tzinfo=timezone.utc)


def test_all_parts_of_the_start_are_as_azkaban_writes_them(tmp_path: Path) -> None:
    # A log of Azkaban has these values.
    files = {"a.job": f"type=command\ncommand=echo {SHOWN}\n", "transpile.toml": ZONE}
    folder = write(tmp_path, files)
    result = cli("convert", folder, "-o", tmp_path / "out")
    assert "A840" not in result.output
    code = f"import datetime, a; a.a(azkaban_flow_start={MOMENT!r})"
    done = python("-c", code, cwd=tmp_path / "out")
    assert done.stdout.splitlines()[0] == (
        "timestamp=2019-01-09T15:52:29.670-08:00 year=2019 month=01 day=09 hour=15 minute=52 "
        "second=29 milliseconds=670 timezone=America/Los_Angeles"
    ), done.stderr


def test_a_schedule_hands_all_jobs_the_time_of_its_start(tmp_path: Path) -> None:
    day = "${azkaban.flow.start.day}"
    text = (
        "trigger:\n  schedule: {type: cron, value: '0 0 8 * * ?'}\nnodes:\n"
        f"  - {{name: a, type: command, config: {{command: 'echo a-{day}'}}}}\n"
        "  - name: f\n    type: flow\n    dependsOn: [a]\n    nodes:\n"
        f"      - {{name: b, type: command, config: {{command: 'echo b-{day}'}}}}\n"
    )
    files = {**SETTINGS, "night.flow": text}
    estate = estate_of(tmp_path, files)
    assert "A840" in codes(estate)
    emit = emitted(estate)
    assert 'schedule=cron("0 8 * * *", kickoff="azkaban_flow_start")' in flat(emit)
    assert all(verdict.good for verdict in verdicts(estate, tmp_path))
    assert cli("convert", tmp_path / "in", "-o", tmp_path / "out").exit_code == 0
    code = (
        "import datetime, night\n"
        "plan = night.night_schedule\n"
        "print(plan.schedule.kickoff_time_input_arg, list(plan.parameters.parameters))\n"
        f"night.night(azkaban_flow_start={MOMENT!r})\n"
    )
    done = python("-c", code, cwd=tmp_path / "out")
    first, *rest = done.stdout.split("\n")
    assert first == "azkaban_flow_start ['azkaban_flow_start']", done.stderr
    assert rest[:2] == ["a-09", "b-09"]
    assert cli("dry-run", tmp_path / "out" / "night.py").exit_code == 0
    run = python(tmp_path / "out" / "night.py", cwd=tmp_path)
    today = f"{datetime.now(timezone.utc):%d}"
    assert f"a-{today}" in run.stdout, run.stderr


def test_the_zone_of_the_server_is_that_of_schedules_too(tmp_path: Path) -> None:
    text = (
        "trigger:\n  schedule: {type: cron, value: '0 0 8 * * ?'}\nnodes:\n"
        "  - {name: a, type: command, config: {command: 'echo ${azkaban.flow.start.hour}'}}\n"
    )
    folder = write(tmp_path, {**SETTINGS, "night.flow": text, "transpile.toml": ZONE})
    assert cli("convert", folder, "-o", tmp_path / "out").exit_code == 0
    emit = flat((tmp_path / "out" / "night.py").read_text())
    assert 'timezone="America/Los_Angeles", kickoff="azkaban_flow_start"' in emit
    assert 'start_time(azkaban_flow_start, "hour", "America/Los_Angeles")' in emit


def test_a_start_without_a_zone_is_local(tmp_path: Path) -> None:
    # `pyflyte run FILE NAME --azkaban_flow_start now` hands over such a one.
    code = (
        "from datetime import datetime\nfrom job_runtime import start_time\n"
        "print(start_time(datetime(2026, 1, 1, 1, 0), 'timestamp'))\n"
    )
    files = {"a.job": "type=command\ncommand=echo ${azkaban.flow.start.day}\n"}
    assert cli("convert", write(tmp_path, files), "-o", tmp_path / "out").exit_code == 0
    done = python("-c", code, cwd=tmp_path / "out", env={"TZ": "Asia/Tokyo"})
    assert done.stdout.strip() == "2025-12-31T16:00:00.000Z", done.stderr


def test_other_properties_of_the_run_are_inputs(tmp_path: Path) -> None:
    files = {
        "shop/a.job": "type=command\ncommand=./a.sh\n",
        "shop/b.job": "type=command\ndependencies=a\n"
        "command=./b.sh ${azkaban.flow.projectname} ${azkaban.flow.submituser}\n",
    }
    estate = read_estate([str(write(tmp_path, files) / "shop")], None)
    # What a job before hands over is not what these are.
    assert codes(estate) == ["A208", "A841"]
    given = 'add_workflow_input("azkaban_flow_projectname", (str, "shop"))'
    assert given in flat(emitted(estate))


@pytest.mark.parametrize("key", ["azkaban.flow.start.day", "x"])
def test_a_job_that_needs_a_helper_for_its_values_stays_a_function(
    tmp_path: Path, key: str
) -> None:
    files = {
        "first.job": "type=command\ncommand=true\nx=1\n",
        "a.job": f"type=command\ncommand=echo ${{{key}}}\ndependencies=first\n",
        "transpile.toml": '[[map]]\njob = "a"\nkind = "shell"\n',
    }
    result = cli("convert", write(tmp_path, files), "-o", tmp_path / "out")
    assert "A956" in result.output
    assert python("-c", "import a", cwd=tmp_path / "out").returncode == 0


# -------------------------------------------------------------------- what is not proven


@pytest.mark.parametrize(
    ("command", "own", "expected"),
    [
        ("./a.sh", "", ["A839"]),
        ("/bin/echo a", "", []),
        ("sleep 5", "", []),
        ("echo a\ncommand.1=./a.sh", "", ["A839"]),
        ("./a.sh", "x=2\n", []),
    ],
)
def test_only_programs_that_may_write_outputs_cast_a_doubt(
    tmp_path: Path, command: str, own: str, expected: list[str]
) -> None:
    files = {
        "p.properties": "x=1\n",
        "a.job": f"type=command\ncommand={command}\n",
        "b.job": f"type=command\ncommand=./b.sh ${{x}}\ndependencies=a\n{own}",
    }
    assert codes(estate_of(tmp_path, files)) == expected


def test_what_a_flow_inside_says_itself_beats_what_comes_from_outside(tmp_path: Path) -> None:
    text = (
        "nodes:\n  - {name: a, type: command, config: {command: ./a.sh}}\n"
        "  - name: f\n    type: flow\n    dependsOn: [a]\n    config: {x: 1}\n    nodes:\n"
        "      - {name: b, type: command, config: {command: './b.sh ${x}'}}\n"
    )
    assert codes(estate_of(tmp_path / "1", {**SETTINGS, "f.flow": text})) == []
    whole = text.replace("    config: {x: 1}\n", "") + "config: {x: 1}\n"
    assert codes(estate_of(tmp_path / "2", {**SETTINGS, "f.flow": whole})) == ["A839"]


def test_a_parent_that_has_to_succeed_is_not_asked_again(tmp_path: Path) -> None:
    nodes = "nodes:\n  - {name: a, type: command, config: {command: a}}\n"
    asked = '  - {name: b, type: command, config: {command: b}, dependsOn: [a], condition: "%s"}\n'
    files = {**SETTINGS, "f.flow": nodes + asked % "${a:x} != 'foo'"}
    assert "or not_succeeded(a)" not in emitted(estate_of(tmp_path / "1", files))
    files["f.flow"] = nodes + asked % "all_done && ${a:x} != 'foo'"
    assert "or not_succeeded(a)" in emitted(estate_of(tmp_path / "2", files))


def test_an_empty_command_is_reported_at_its_line(tmp_path: Path) -> None:
    estate = estate_of(tmp_path, {"a.job": "type=command\ncommand=true\ncommand.1=''\n"})
    assert places(estate) == {("A810", "a.job", 3, 11)}


def test_a_pause_of_no_time_is_kept(tmp_path: Path) -> None:
    text = "type=command\ncommand=true\nretries=1\nretry.backoff=%d\n"
    assert "A814" not in codes(estate_of(tmp_path / "1", {"a.job": text % 0}))
    assert "A814" in codes(estate_of(tmp_path / "2", {"a.job": text % 500}))
