"""Azkaban: commands to words, and what the emitted workflows do."""

import json
import random
from pathlib import Path

import pytest

from tests.azkaban.engine import CASES, Case
from tests.azkaban.generated import FlowGenerator, job_files
from tests.azkaban.support import SETTINGS, estate_of, verdicts, write
from tests.runtime.test_outputs import COMPARED
from tests.support import ROOT, cli, python
from transpile.cli.subjects import from_estate
from transpile.dialects.azkaban.engine import Azkaban, compares
from transpile.dialects.azkaban.values import partition
from transpile.model import OutputValue
from transpile.model.outcome import Outcome, State
from transpile.model.rules import TARGETS
from transpile.proof.rehearse import Plan
from transpile.runtime.outputs import compare_output

# -------------------------------------------------------------------- what the engine does


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", CASES)
def test_semantics_and_workflow_are_what_the_engines_tests_say(
    name: str, target: str, tmp_path: Path
) -> None:
    case: Case = CASES[name]
    estate = estate_of(tmp_path, {**SETTINGS, "f.flow": case.text}, target)
    (network,) = (part for network in estate.networks for part in network.parts())
    outcomes = {job: Outcome((1,)) for job in case.failed}
    run = Azkaban(network).run(outcomes, case.values)
    good = {n for n, ending in run.jobs.items() if ending.state is State.SUCCEEDED}
    assert good - {"f"} == set(case.succeeded)
    assert (run.whole is State.SUCCEEDED) == case.whole
    (emitted,) = from_estate(estate.planned, tmp_path, execute=False)
    outputs: dict[str, dict[str, str]] = {}
    for key, value in case.values.items():
        outputs.setdefault(key[0], {})[key[2:]] = value
    result = emitted.run(Plan(outcomes=outcomes, outputs=outputs))
    ran = {n for n, job in result.jobs.items() if job.ending.state is State.SUCCEEDED}
    assert ran - {"f"} == set(case.succeeded)
    assert result.succeeded == case.whole


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seed", range(16))
def test_verify_agrees_on_random_flows(seed: int, target: str, tmp_path: Path) -> None:
    rnd = random.Random(seed)
    flow = {**SETTINGS, "f.flow": FlowGenerator(rnd).flow()}
    estate = estate_of(tmp_path, flow if seed % 4 else job_files(rnd), target)
    for verdict in verdicts(estate, tmp_path):
        assert verdict.disagreements == []
        assert verdict.problems == []


GUARDED = """\
nodes:
  - name: A
    type: command
    config: {command: ./a.sh}
  - name: B
    type: command
    config: {command: ./b.sh, retries: 1}
    dependsOn: [A]
    condition: ${A:n} >= 3
  - name: C
    type: command
    config: {command: ./c.sh}
    dependsOn: [A, B]
    condition: one_failed
  - name: D
    type: command
    config: {command: ./d.sh}
    dependsOn: [B, C]
    condition: all_done
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"n", ">=", 3', '"n", ">", 3'),
        ("not_succeeded(b)", "failed(b)"),
        (" and not_failed(a)", ""),
        (", retries=1", ""),
        ("c_node >> d_node\n", ""),
        ("success=succeeded(d)", "success=False"),
    ],
)
def test_a_change_of_behaviour_is_seen(old: str, new: str, tmp_path: Path) -> None:
    def mutate(emitted: str) -> str:
        assert old in emitted
        return emitted.replace(old, new)

    estate = estate_of(tmp_path, {**SETTINGS, "f.flow": GUARDED})
    assert not all(verdict.good for verdict in verdicts(estate, tmp_path, 0, mutate))


NAMED_ALIKE = """
nodes:
  - name: load
    type: command
    config: {command: ./a.sh}
  - name: load_outputs
    type: command
    config: {command: ./b.sh}
  - name: last
    type: command
    config: {command: "./c.sh ${x}"}
    dependsOn: [load, load_outputs]
    condition: one_failed
"""


def test_what_a_job_hands_over_is_not_the_status_of_another(tmp_path: Path) -> None:
    estate = estate_of(tmp_path, {**SETTINGS, "f.flow": NAMED_ALIKE})
    assert all(verdict.good for verdict in verdicts(estate, tmp_path))


def test_the_unchanged_flow_agrees(tmp_path: Path) -> None:
    estate = estate_of(tmp_path, {**SETTINGS, "f.flow": GUARDED})
    assert all(verdict.good for verdict in verdicts(estate, tmp_path))


@pytest.mark.parametrize(("found", "sign", "value", "expected"), COMPARED)
def test_the_engine_compares_as_the_helper_does(
    found: str, sign: str, value: str | int, expected: bool
) -> None:
    atom = OutputValue("A", "x", sign.replace("==", "="), value)
    assert compares(atom, found) is expected
    assert compares(atom, "null") is compare_output("", "x", sign, value)


# -------------------------------------------------------------------- commands


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ls a  b ", ["ls", "a", "b"]),
        ('ls "a  b" \'c "d"\'', ["ls", "a  b", 'c "d"']),
        ("ls a'b c'd", ["ls", "ab cd"]),
        ("ls \"\" ''", ["ls"]),
        ("ls a\tb\\ c", ["ls", "a\tb\\", "c"]),
        ("ls 'it\"s", ["ls", 'it"s']),
    ],
)
def test_words_are_those_of_azkaban(line: str, words: list[str]) -> None:
    assert partition(line) == words


SHOW = """#!/bin/sh
for word in "$@"; do printf '%s|' "$word"; done
echo
"""
LINES = {
    "./show.sh a  b\tc": ["a", "b\tc"],
    './show.sh "a  b" \'c "d"\' "it\'s" \'\'': ["a  b", 'c "d"', "it's"],
    "./show.sh $HOME `ls` ; & > < * ? ~ # ü": ["$HOME", "`ls`", *";&><*?~#", "ü"],
    "./show.sh ${one} '${two}' x${one}y ${a-b}": ["1", "2", "2 2", "x1", "2y", "${a-b}"],
    "./show.sh ${azkaban.flow.flowid}:${azkaban.job.id}": ["job4:job4"],
    "./show.sh ${given} '${given}'": ["v", "w", "v w"],
    "./show.sh ${azkaban.job.attempt}": ["0"],
}


def test_programs_get_the_words_of_azkaban(tmp_path: Path) -> None:
    jobs = {
        f"job{n}.job": f"type=command\none=1 2\ntwo=2 2\ncommand={line}\n"
        for n, line in enumerate(LINES)
    }
    folder = write(tmp_path, {**jobs, "show.sh": SHOW})
    (folder / "show.sh").chmod(0o755)
    cli("convert", folder, "-o", tmp_path / "out")
    text = f"import sys; sys.path.insert(0, {str(tmp_path / 'out')!r})\n"
    for n, line in enumerate(LINES):
        values = "given='v w'" if "given" in line else ""
        text += f"from job{n} import job{n}; job{n}({values})\n"
    done = python("-c", text, cwd=folder)
    assert done.returncode == 0, done.stderr
    seen = [line.split("|")[:-1] for line in done.stdout.splitlines()]
    assert seen == list(LINES.values())


def test_a_word_of_the_shell_is_a_program_here(tmp_path: Path) -> None:
    for line in ("cd /", "exit 0", "A=1 true", "if true"):
        folder = write(tmp_path, {"job.job": f"type=command\ncommand={line}\n"})
        cli("convert", folder, "-o", tmp_path / "out", "--force")
        done = cli("dry-run", tmp_path / "out" / "job.py", "--execute")
        assert done.exit_code == 1, line


def test_commands_stop_at_the_first_failure(tmp_path: Path) -> None:
    text = "type=command\ncommand=touch a\ncommand.1=false\ncommand.2=touch b\ncommand.4=touch c\n"
    folder = write(tmp_path, {"job.job": text})
    cli("convert", folder, "-o", tmp_path / "out")
    assert python(tmp_path / "out" / "job.py", cwd=folder).returncode != 0
    assert [(folder / name).exists() for name in "abc"] == [True, False, False]


HANDING = """\
nodes:
  - name: count
    type: command
    config:
      command: sh count.sh
  - name: load
    type: command
    dependsOn: [count]
    condition: ${count:rows} > 9
    config:
      command: sh load.sh ${rows} "${kind}" ${other}
  - name: skip
    type: command
    dependsOn: [count]
    condition: ${count:rows} > 99 || ${count:nothing} == 1
    config: {command: touch skipped.txt}
  - name: end
    type: noop
    dependsOn: [load, skip]
    condition: one_success
"""


def test_values_are_handed_over(tmp_path: Path) -> None:
    count = """echo '{"rows": 12, "kind": "x y"}' > $JOB_OUTPUT_PROP_FILE"""
    files = {"f.flow": HANDING, "count.sh": count, "load.sh": "printf '%s|' \"$@\" > seen.txt\n"}
    folder = write(tmp_path, {**SETTINGS, **files})
    cli("convert", folder, "-o", tmp_path / "out")
    text = f"import sys; sys.path.insert(0, {str(tmp_path / 'out')!r})\nfrom f import f\n"
    done = python("-c", f"{text}f(other='o')", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "seen.txt").read_text() == "12|x y|o|"
    assert not (folder / "skipped.txt").exists()
    assert python("-c", f"{text}f()", cwd=folder).returncode != 0


# -------------------------------------------------------------------- the sample


def test_the_sample_runs_and_agrees(tmp_path: Path) -> None:
    sample = ROOT / "samples" / "azkaban"
    assert cli("convert", sample, "-o", tmp_path).exit_code == 0
    for name in ("orchard/harvest", "rain/rainfall"):
        done = python(tmp_path / f"{name}.py", cwd=ROOT)
        assert done.returncode == 0, done.stderr
    work = sample / "orchard" / ".sample-work"
    assert (work / "report.txt").read_text() == "5 crates sold\n34.2 litres\n"
    result = cli("verify", sample, "--scenarios", "40")
    assert result.exit_code == 0
    assert "3 of 3 workflows agree" in result.output


def test_dry_run_is_told_what_jobs_hand_over() -> None:
    sample = ROOT / "samples" / "azkaban"
    arguments = ("dry-run", sample, "--workflow", "harvest", "--format", "json")
    result = cli(*arguments, "--output", "pick:bruised=57", "--fail", "press")
    jobs = json.loads(result.stdout)["jobs"]
    found = tuple(jobs[name]["state"] for name in ("press", "drink", "report"))
    assert found == ("failed", "not_run", "succeeded")
    assert cli(*arguments, "--output", "nobody:x=1").exit_code == 2
