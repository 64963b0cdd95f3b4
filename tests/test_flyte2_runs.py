"""Programs for Flyte 2 at work: by the local runner, as their users run them."""

import json
import shutil
from pathlib import Path

import pytest

from tests.flyte2_runs import Done, command_line, converted, files_in, run, script
from tests.support import ROOT, python
from tests.test_azkaban import HANDING, SETTINGS

# ---------------------------------------------------------------- samples on both targets

ESTATES = {
    "autosys": (
        "nightly/night",
        "buying/wkly_suppliers",
        "buying/buy_plan",
        "stores/str_morning",
        "housekeeping/hk_purge_scratch",
        "payroll/pay_wages",
    ),
    "azkaban": ("orchard/harvest", "rain/rainfall"),
    "dagman": ("tides",),
    "tws": ("night", "shelves"),
}
"""The modules of each sample, in an order in which they find what they read."""


@pytest.mark.parametrize("sample", ESTATES)
def test_a_sample_makes_the_same_files_on_both(sample: str, tmp_path: Path) -> None:
    made = {}
    for target in ("flyte", "flyte2"):
        folder = tmp_path / target
        left = shutil.ignore_patterns(".sample-work", "__pycache__")
        shutil.copytree(ROOT / "samples", folder / "samples", ignore=left)
        out = converted(folder / "samples" / sample, tmp_path / f"{target}_out", target)
        # The jobs of this sample start in its own folder.
        here = folder / "samples" / sample if sample == "dagman" else folder
        for module in ESTATES[sample]:
            path, home = out / f"{module}.py", tmp_path / f"home_{target}"
            if (sample, target) == ("dagman", "flyte"):
                # A local run of flytekit does not repeat what fails.
                done = python("-m", "transpile", "dry-run", path, "--execute", cwd=here)
            else:
                done = script(path, cwd=here, home=home)
            assert done.returncode == 0, f"{target} {module}\n{done.stderr}"
        made[target] = files_in(folder)
    assert made["flyte2"] == made["flyte"]
    assert sum(".sample-work/" in name for name in made["flyte2"]) > 3


def test_flyte_runs_the_night_with_an_input(tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    out = converted(ROOT / "samples" / "autosys", tmp_path / "out")
    path, home = out / "nightly" / "night.py", tmp_path / "home"
    done = command_line(path, "--odate", "2026-02-28", cwd=tmp_path, home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = (tmp_path / ".sample-work" / "out" / "summary.txt").read_text(encoding="utf-8")
    assert "NIGHT OF 2026-02-28" in summary


# ---------------------------------------------------------------- a night in which much goes wrong

NIGHT = """
insert_global: WORD
value: hello
insert_job: NIGHT   job_type: b
insert_job: WRONG
box_name: NIGHT
command: exit 3
alarm_if_fail: 1
insert_job: RIGHT
box_name: NIGHT
command: exit 4
success_codes: 4
insert_job: BOTH_CODES
box_name: NIGHT
command: true
condition: e(WRONG) = 3 & e(RIGHT) = 4
insert_job: OTHER_CODE
box_name: NIGHT
command: true
condition: e(WRONG) >= 4
insert_job: BEHIND
box_name: NIGHT
command: true
condition: s(OTHER_CODE)
insert_job: NOT_RUNNING
box_name: NIGHT
command: true
condition: n(OTHER_CODE) & d(WRONG)
insert_job: SLOW
box_name: NIGHT
command: sleep 1.5; date +%s%N > slow.txt
insert_job: EITHER
box_name: NIGHT
command: date +%s%N > either.txt
condition: s(BOTH_CODES) | s(SLOW)
insert_job: KILLED
box_name: NIGHT
command: echo x >> kills.txt; sleep 60
term_run_time: 1
n_retrys: 2
insert_job: AFTER_KILL
box_name: NIGHT
command: true
condition: t(KILLED)
insert_job: NO_FAILURE
box_name: NIGHT
command: true
condition: f(KILLED)
insert_job: TRIES
box_name: NIGHT
command: echo x >> tries.txt; test $(wc -l < tries.txt) -ge 2
n_retrys: 2
insert_job: INNER   job_type: b
box_name: NIGHT
insert_job: ENDS
box_name: INNER
command: exit 1
box_terminator: 1
insert_job: AFTER_INNER
box_name: NIGHT
command: true
condition: t(INNER)
insert_job: ICE
box_name: NIGHT
command: touch ice.txt
status: on_ice
insert_job: AFTER_ICE
box_name: NIGHT
command: true
condition: s(ICE)
insert_job: NOEXEC
box_name: NIGHT
command: touch noexec.txt
status: on_noexec
insert_job: AFTER_NOEXEC
box_name: NIGHT
command: true
condition: s(NOEXEC)
insert_job: SAYS
box_name: NIGHT
command: echo "$$WORD" > said.txt
"""

OUTCOMES = {
    "WRONG": "failed",
    "RIGHT": "succeeded",
    "BOTH_CODES": "succeeded",
    "OTHER_CODE": "skipped",
    "BEHIND": "skipped",
    "NOT_RUNNING": "succeeded",
    "SLOW": "succeeded",
    "EITHER": "succeeded",
    "KILLED": "failed",
    "AFTER_KILL": "succeeded",
    "NO_FAILURE": "skipped",
    "TRIES": "succeeded",
    "ENDS": "failed",
    "AFTER_INNER": "succeeded",
    "ICE": "",
    "AFTER_ICE": "succeeded",
    "AFTER_NOEXEC": "succeeded",
    "SAYS": "succeeded",
}


def program(text: str, folder: Path) -> Path:
    """The folder with the modules of a JIL text."""
    (folder / "a.jil").write_text(text, encoding="utf-8")
    return converted(folder / "a.jil", folder / "out")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("night")


@pytest.fixture(scope="module")
def night(place: Path) -> Done:
    path = program(NIGHT, place) / "night.py"
    text = path.read_text(encoding="utf-8")
    # JIL counts in minutes, which is too long for a test.
    assert "timedelta(minutes=1)" in text
    path.write_text(text.replace("timedelta(minutes=1)", "timedelta(seconds=1)"), encoding="utf-8")
    return run(path, cwd=place, home=place / "home")


def test_each_job_ends_as_in_the_source(night: Done) -> None:
    assert {job: night.outcome(job) for job in OUTCOMES} == OUTCOMES


def test_a_failed_night_says_which_jobs_failed(night: Done) -> None:
    assert night.code == 1
    said = " ".join(night.said.split())
    assert "RuntimeUserError: failed: NIGHT: RUNNING (WRONG: exit code 3: exit 3;" in said
    assert "KILLED: killed by time limit" in said
    assert "ENDS: exit code 1" in said


def test_exit_codes_are_recorded(night: Done) -> None:
    assert "EXIT_3" in night.rows["WRONG"].error
    assert "KILLED" in night.rows["KILLED"].error


def test_a_killed_job_is_not_tried_again(night: Done, place: Path) -> None:
    assert (place / "kills.txt").read_text() == "x\n"
    assert night.rows["KILLED"].attempts == 1


def test_a_failed_job_is_tried_until_it_succeeds(night: Done, place: Path) -> None:
    assert (place / "tries.txt").read_text() == "x\nx\n"
    assert night.rows["TRIES"].attempts == 2


def test_or_starts_at_its_first_true_term(night: Done, place: Path) -> None:
    assert night.outcome("EITHER") == "succeeded"
    either, slow = (int((place / f"{name}.txt").read_text()) for name in ("either", "slow"))
    assert slow - either > 500_000_000


def test_jobs_on_ice_and_on_noexec_do_nothing(night: Done, place: Path) -> None:
    assert "NOEXEC passed" in night.rows
    assert not (place / "ice.txt").exists()
    assert not (place / "noexec.txt").exists()


def test_the_members_of_a_box_are_a_group(night: Done) -> None:
    assert night.rows["ENDS"].group == "INNER"
    assert {"NIGHT started", "NIGHT ended", "INNER started", "INNER ended"} <= set(night.rows)


def test_an_alarm_is_a_line_of_the_log(night: Done) -> None:
    assert 'ALARM JOBFAILURE job=WRONG error="exit code 3: exit 3"' in night.output


def test_the_value_of_a_global_is_the_default_of_an_input(night: Done, place: Path) -> None:
    assert night.outcome("SAYS") == "succeeded"
    assert (place / "said.txt").read_text() == "hello\n"


# ---------------------------------------------------------------- smaller nights


def test_statuses_are_returned(tmp_path: Path) -> None:
    text = (
        "insert_job: A\ncommand: exit 2\nmax_exit_success: 2\n"
        "insert_job: BOX   job_type: b\ncondition: s(A)\n"
        "insert_job: M\nbox_name: BOX\ncommand: true\n"
        "insert_job: B\ncommand: true\ncondition: f(M) & s(BOX)\n"
        "insert_job: I\ncommand: true\nstatus: on_ice\ncondition: s(B)\n"
    )
    (path,) = program(text, tmp_path).glob("a_network.py")
    done = run(path, cwd=tmp_path, home=tmp_path / "home")
    assert done.code == 0, done.said
    expected = {"A": "SUCCESS 2", "BOX": "SUCCESS", "M": "SUCCESS 0", "B": "SKIPPED"}
    assert {name: done.statuses[name] for name in expected} == expected


def test_a_held_job_fails_the_whole_and_what_follows_does_not_run(tmp_path: Path) -> None:
    text = (
        "insert_job: HELD\ncommand: touch held.txt\nstatus: on_hold\n"
        "insert_job: NEXT\ncommand: touch next.txt\ncondition: d(HELD) | f(HELD) | t(HELD)\n"
        "insert_job: BESIDE\ncommand: touch beside.txt\n"
        "insert_job: LAST\ncommand: touch last.txt\ncondition: s(BESIDE) | s(NEXT)\n"
    )
    (path,) = program(text, tmp_path).glob("[!_j]*.py")
    done = run(path, cwd=tmp_path, home=tmp_path / "home")
    assert done.code == 1
    assert "HELD: A206: on hold" in done.said
    made = {file.name for file in tmp_path.glob("*.txt")}
    assert made == {"beside.txt", "last.txt"}


def test_an_input_is_an_option_of_the_command_line(tmp_path: Path) -> None:
    text = (
        "insert_global: WORD\nvalue: hello\n"
        'insert_job: SAYS\ncommand: echo "$$WORD" > said.txt\n'
        'insert_job: MAYBE\ncommand: touch maybe.txt\ncondition: v(WORD) = "hello" & s(SAYS)\n'
    )
    (path,) = program(text, tmp_path).glob("[!_j]*.py")
    done = command_line(path, "--word", "$(bye) 'x'", cwd=tmp_path, home=tmp_path / "home")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "said.txt").read_text() == "$(bye) 'x'\n"
    assert not (tmp_path / "maybe.txt").exists()


def test_a_job_is_bypassed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "insert_job: BAD\ncommand: exit 9\ninsert_job: B\ncommand: true\ncondition: s(BAD)\n"
    (path,) = program(text, tmp_path).glob("[!_j]*.py")
    monkeypatch.setenv("BYPASS", "BAD")
    done = run(path, cwd=tmp_path, home=tmp_path / "home")
    assert done.code == 0, done.said
    assert done.statuses["B"] == "SUCCESS 0"
    assert "BAD: bypassed, counts as SUCCESS 0" in done.output
    monkeypatch.setenv("BYPASS", "BED")
    done = run(path, cwd=tmp_path, home=tmp_path / "home")
    assert "BYPASS: no job of this workflow, and no sub-workflow: BED" in done.said
    monkeypatch.setenv("RESUME", "r1")
    done = run(path, cwd=tmp_path, home=tmp_path / "home")
    assert "`flyte rerun RUN --recover` resumes a run" in done.said


def test_flyte_reports_a_failure_of_its_command(tmp_path: Path) -> None:
    (path,) = program("insert_job: BAD\ncommand: exit 9\n", tmp_path).glob("bad.py")
    done = command_line(path, cwd=tmp_path, home=tmp_path / "home")
    assert done.returncode == 1
    assert "BAD: FAILURE 9" in done.stdout + done.stderr


def test_values_are_handed_over(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    values = json.dumps({"rows": 12, "kind": "x 'y'"})
    files = {
        "f.flow": HANDING.replace("${other}", "end"),
        "count.sh": f"cat > $JOB_OUTPUT_PROP_FILE <<'E'\n{values}\nE\n",
        "load.sh": "printf '%s|' \"$@\" > seen.txt\n",
    }
    for name, text in {**SETTINGS, **files}.items():
        (folder / name).write_text(text, encoding="utf-8")
    out = converted(folder, tmp_path / "out")
    done = run(out / "f.py", cwd=folder, home=tmp_path / "home")
    assert done.code == 0, done.said
    assert (folder / "seen.txt").read_text() == "12|x 'y'|end|"
    assert not (folder / "skipped.txt").exists()
    assert done.statuses["skip"] == "SKIPPED"
    assert done.outcome("skip") == "skipped"


def test_an_approval_is_taken_to_be_given(tmp_path: Path) -> None:
    folder = tmp_path / "estate"
    folder.mkdir()
    text = "insert_job: LOAD\ncommand: touch loaded.txt\ncondition: s(LEDGER)\n"
    (folder / "a.jil").write_text(text, encoding="utf-8")
    rule = '[[external]]\njob = "LEDGER"\napproval = "Is the ledger closed?"\nwithin = 12\n'
    (folder / "transpile.toml").write_text(rule, encoding="utf-8")
    (path,) = converted(folder, tmp_path / "out").glob("[!_j]*.py")
    done = run(path, cwd=tmp_path, home=tmp_path / "home")
    assert done.code == 0, done.said
    assert "LEDGER: taken to be approved" in done.output
    assert (tmp_path / "loaded.txt").exists()


def test_a_driver_of_many_jobs_is_quick(tmp_path: Path) -> None:
    """A job more takes a few milliseconds: nothing looks at all the others."""
    text = "insert_job: BOX   job_type: b\n"
    text += "".join(f"insert_job: J{n}\nbox_name: BOX\ncommand: true\n" for n in range(150))
    (path,) = program(text, tmp_path).glob("box.py")
    done = python(path, cwd=tmp_path, env={"HOME": str(tmp_path), "DO_NOT_TRACK": "1"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("SUCCESS 0") == 150
