"""Findings of reviews and of hostile input, each as a small estate."""

from pathlib import Path

import pytest

from tests import flyte_model
from tests.support import cli, codes, plan, python, read
from transpile.targets.flyte.values import Call
from transpile.targets.printing import render_module


def call(text: str, job: str) -> Call | None:
    """What the task of a job calls."""
    tasks = [t for m in plan(text)[0] for w in m.workflows for t in w.tasks if t.job == job]
    result = tasks[0].result
    return result if isinstance(result, Call) else None


def converted(text: str, folder: Path) -> Path:
    (folder / "a.jil").write_text(text, encoding="utf-8")
    cli("convert", folder / "a.jil", "-o", folder / "out")
    return folder / "out"


NODE_NAMES = (
    "name metadata outputs bindings upstream_nodes flyte_entity runs_before id count".split()
)
INPUT_NAMES = "entity self ctx sub_wf kwargs node_id args env class help RUN".split()


def test_members_named_like_attributes_of_a_node(tmp_path: Path) -> None:
    text = "insert_job: OUTER\njob_type: b\ninsert_job: BX\njob_type: b\nbox_name: OUTER\n"
    text += "".join(f"insert_job: {n}\ncommand: true\nbox_name: BX\n" for n in NODE_NAMES)
    out = converted(text, tmp_path)
    flyte_model.serialise(flyte_model.load(out, "outer"), "outer")


def test_globals_named_like_parameters_of_flytekit(tmp_path: Path) -> None:
    text = "insert_job: BX\njob_type: b\ninsert_job: IN\njob_type: b\nbox_name: BX\n"
    text += "insert_job: A\nbox_name: IN\ncommand: echo "
    text += " ".join(f"$${name}" for name in INPUT_NAMES) + "\n"
    text += "".join(f"insert_global: {name}\nvalue: v\n" for name in INPUT_NAMES)
    out = converted(text, tmp_path)
    flyte_model.serialise(flyte_model.load(out, "bx"), "bx")
    done = python(out / "bx.py")
    assert done.stdout.splitlines()[0] == " ".join("v" * len(INPUT_NAMES)), done.stderr


def test_a_misspelled_condition_does_not_set_the_job_free() -> None:
    text = "insert_job: A\ncommand: true\ninsert_job: B\ncommand: true\nconditions: s(A)\n"
    found = call(text, "B")
    assert found is not None
    assert found.arguments[0] == "A853"


@pytest.mark.parametrize(
    "times",
    [
        'days_of_week: mon\nstart_times: "08:00"',
        'days_of_week: all\nstart_times: "24:30"',
        'days_of_week: all\nstart_times: "08:00"\nstart_mins: 5',
        "days_of_week: all\nstart_mins: 60",
    ],
)
def test_half_a_schedule_makes_no_launch_plan(times: str) -> None:
    modules, diagnostics = plan(f"insert_job: A\ncommand: true\ndate_conditions: 1\n{times}\n")
    assert "A115" in codes(diagnostics)
    assert modules[0].launch_plans == ()


def test_long_numbers_in_conditions() -> None:
    for atom in (f"e(A) = {'9' * 5000}", f"s(A,{'9' * 5000})"):
        text = f"insert_job: A\ncommand: true\ninsert_job: B\ncommand: true\ncondition: {atom}\n"
        assert "A302" in codes(read(text)[1])


@pytest.mark.parametrize("value", ["12abc", "08:00", "1.5", "2024-01-01", "7"])
def test_words_that_begin_with_digits(value: str) -> None:
    text = f"insert_job: B\ncommand: true\ncondition: v(G) = {value}\n"
    (module,), diagnostics = plan(text)
    assert codes(diagnostics) == {"A208"}
    assert f'g == "{value}"' in render_module(module)


def test_an_empty_box_with_a_result_of_its_own_fails() -> None:
    found = call("insert_job: X\njob_type: b\nbox_success: s(A)\ninsert_job: A\ncommand: a\n", "X")
    assert found is not None
    assert found.arguments[0] == "A407"


def test_ice_takes_the_rest_of_the_definition_along() -> None:
    text = "insert_job: X\njob_type: b\nbox_success: s(A)\nstatus: on_ice\n"
    text += (
        "insert_job: A\njob_type: SQL\nbox_name: X\ninsert_job: B\ncommand: b\ncondition: s(X)\n"
    )
    assert call(text, "A") is None


def test_noexec_still_waits_for_its_condition() -> None:
    text = (
        "insert_job: A\ncommand: a\ninsert_job: N\ncommand: n\ncondition: f(A)\nstatus: on_noexec\n"
    )
    (module,) = plan(text)[0]
    assert "if not failed(a):\n        return SKIPPED\n    return SUCCESS" in render_module(module)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("echo \"$(echo '$$X')\"", "val"),
        ("echo \"`echo '$$X'`\"", "val"),
        ('echo "$(echo "it\'s")" \'$$X\'', "it's val"),
        ("V=1; val=2; echo $$$X", "2"),
    ],
)
def test_references_that_only_text_can_replace(command: str, expected: str, tmp_path: Path) -> None:
    out = converted(f"insert_global: X\nvalue: val\ninsert_job: A\ncommand: {command}\n", tmp_path)
    done = python(out / "a.py")
    assert done.stdout.splitlines()[0] == expected, done.stderr


def test_special_variables_of_shells_are_left_alone(tmp_path: Path) -> None:
    names = ["RANDOM", "OPTIND", "LINENO", "BASH_VERSION", "PPID", "IFS", "é"]
    text = "".join(f"insert_global: {name}\nvalue: v\n" for name in names)
    text += "insert_job: A\nshell: /bin/bash\ncommand: echo "
    text += " ".join(f"$${{{name}}}" for name in names) + "\n"
    done = python(converted(text, tmp_path) / "a.py")
    assert done.stdout.splitlines()[0] == " ".join("v" * len(names)), done.stderr


@pytest.mark.parametrize("attribute", ["std_in_file: nowhere", "profile: ./nowhere"])
def test_a_file_that_cannot_be_opened_is_no_exit_code_of_the_command(
    attribute: str, tmp_path: Path
) -> None:
    text = f"insert_job: A\ncommand: true\nfail_codes: 1\n{attribute}\n"
    done = python(converted(text, tmp_path) / "a.py", cwd=tmp_path)
    assert done.returncode == 1
    assert "cannot be opened" in done.stderr


def test_both_outputs_in_one_new_file(tmp_path: Path) -> None:
    command = "echo aaaaaa; echo err >&2; echo bbb"
    text = f"insert_job: A\ncommand: {command}\nstd_out_file: > log\nstd_err_file: > log\n"
    assert python(converted(text, tmp_path) / "a.py", cwd=tmp_path).returncode == 0
    assert (tmp_path / "log").read_text(encoding="utf-8") == "aaaaaa\nerr\nbbb\n"


def test_what_a_job_that_does_not_run_would_do_stays_readable() -> None:
    text = (
        "insert_job: A\ncommand: run\nstatus: on_hold\nstd_out_file: > /o\nenvvars: X=1\n"
        "success_codes: 0-3\nprofile: /p\nn_retrys: 2\nterm_run_time: 9\n"
    )
    (module,) = plan(text)[0]
    shown = "\n".join(module.workflows[0].tasks[0].documentation)
    for word in (
        "command: run",
        "stdout: > /o",
        "X=1",
        "0-3",
        "profile: /p",
        "retries: 2",
        "9 min",
    ):
        assert word in shown


def test_deleting_a_box_sets_its_members_free() -> None:
    text = "insert_job: X\njob_type: b\ninsert_job: A\nbox_name: X\ncommand: a\ndelete_job: X\n"
    network, diagnostics = read(text)
    assert codes(diagnostics) == {"A861"}
    assert network.jobs["A"].box is None


def test_paths_in_the_report_are_relative(tmp_path: Path) -> None:
    cli("convert", tmp_path / "nowhere.jil", "-o", tmp_path / "out")
    report = (tmp_path / "out" / "report.json").read_text(encoding="utf-8")
    assert "nowhere.jil" in report
    assert str(tmp_path) not in report


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("/*\n" * 100_000, 0),
        ("insert_job: A\ncommand: a\ncondition: " + " & ".join(["s(A1)"] * 30_000), 1),
        (
            "insert_job: J0\ncommand: a\ncondition: s(J0)\n"
            + "".join(f"insert_job: J{n}\ncommand: a\ncondition: s(J0)\n" for n in range(1, 9_999)),
            0,
        ),
        ("".join(f"insert_job: J{n}\ncommand: a $$G{n}\n" for n in range(5_000)), 5_000),
        (
            "insert_job: NIGHT\njob_type: BOX\n"
            + "".join(
                f"insert_job: J{n}\nbox_name: NIGHT\ncommand: a $$G{n}\n" for n in range(5_000)
            ),
            1,
        ),
        ("".join(f"insert_job: J{n}\ncommand: a\ncondition: s(X)\n" for n in range(9_999)), 9_999),
    ],
    ids=["comments", "atoms", "behind a cycle", "globals", "globals of one workflow", "missing"],
)
def test_large_estates_of_odd_shapes(text: str, modules: int) -> None:
    """Each took time in the square of its size once, and would take minutes."""
    assert len(plan(text)[0]) == modules
