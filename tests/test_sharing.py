"""Files that jobs share: reported once for each path, and settled by one setting."""

import time
from pathlib import Path

import pytest

from tests.support import cli, plan
from transpile.model.files import Use, files_of
from transpile.pipeline import read_estate
from transpile.team import find_settings, read_settings


def found(text: str) -> list[str]:
    """The messages about shared files."""
    return [finding.message for finding in plan(text)[1] if finding.code == "A623"]


def jobs(*bodies: str) -> str:
    """A JIL file of jobs A, B, C ... with these attributes."""
    names = "ABCDEFGH"
    return "\n\n".join(f"insert_job: {names[n]}\n{body}" for n, body in enumerate(bodies))


@pytest.mark.parametrize(
    ("bodies", "who"),
    [
        (
            ("command: a\nstd_out_file: > /d/x", "command: b\nstd_in_file: /d/x"),
            "A writes it, B uses it",
        ),
        (("command: a > /d/x", "command: b < /d/x"), "A writes it, B uses it"),
        (("command: a\nstd_err_file: > /d/x", "command: load /d/x"), "A writes it, B uses it"),
        (("command: make --out=/d/x", "command: cat '/d/x' | wc"), "A writes it, B uses it"),
        (("job_type: FW\nwatch_file: /d/x", "command: touch /d/x"), "B writes it, A uses it"),
        (("job_type: FW\nwatch_file: $$W/x", "command: cp /e/y $${W}/x"), "B writes it, A uses it"),
        (("command: cd /d && make > x", "command: cd /d; load x"), "A writes it, B uses it"),
        (("command: cd /d && make > x", "command: load /d/./x"), "A writes it, B uses it"),
        (("command: sh -c 'make > /d/x'", "command: load /d/x"), "A writes it, B uses it"),
        (("command: make /d/x", "command: load /d/x"), "A and B name it"),
        (("command: a >> /d/log", "command: b >> /d/log"), "A and B write it"),
        (
            ("command: a > /d/$(date +%F)", "command: b < /d/`date '+%F'`"),
            "A writes it, B uses it",
        ),
        (("command: a > /d/x_1.csv", "command: cat /d/x_*.csv"), "A writes it, B uses it"),
        (
            ("command: for i in 1 2; do a > /d/x$i; done", "job_type: FW\nwatch_file: /d/x2"),
            "A writes it, B uses it",
        ),
        (
            ("command: for i in 1; do a > /d/x$i; done", "command: b /d/x*"),
            "A writes it, B uses it",
        ),
        (
            ("command: a > /d/x", "command: b > /d/x", "command: c /d/x"),
            "A and B write it, C uses it",
        ),
        (("command: a > /d/x", *["command: c /d/x"] * 5), "A writes it, B, C, D and 2 more use it"),
    ],
)
def test_a_file_that_jobs_share_is_reported_once(bodies: tuple[str, ...], who: str) -> None:
    (message,) = found(jobs(*bodies))
    assert message.endswith(f": {who}; tasks share no disk")
    assert message.startswith(("jobs share /d/", "jobs share ${W}/x"))


@pytest.mark.parametrize(
    "bodies",
    [
        ("command: a > /dev/null", "command: b < /dev/null"),
        ("command: a > /tmp/x && cat /tmp/x", "command: true"),
        ("command: /opt/bin/x.sh 1", "command: /opt/bin/x.sh 2"),
        ("command: sh /home/b/x.sh 1", "command: sh /home/b/x.sh 2"),
        ("command: run --conf /home/b/run.conf 1", "command: run --conf /home/b/run.conf 2"),
        ("command: a < /d/x", "command: cat /d/x", "job_type: FW\nwatch_file: /d/x"),
        ("command: a > /d/x", "command: b > /d/x"),
        ("command: a > x.$$", "command: b < x.$$"),
        ("command: a > /d/$(date +%s).csv", "command: b /d/$(date +%s).csv"),
        ("command: a > /d/$(date +%F).csv", "command: b /d/$(date +%F -d yesterday).csv"),
        ("command: X=/d; a > $X/y", "command: X=/e; b $X/z"),
        ("command: java -cp lib/* A", "command: java -cp lib/* B"),
        ("command: echo see /d/x", "command: echo see /d/x"),
        ("command: curl https://h/x", "command: wget -q https://h/x"),
        ("command: sed -e s/a/b/ f", "command: sed -e s/a/b/ f"),
        ("command: purge /d/x", "command: purge /d/x"),
        ("command: a > /d/x\nstatus: on_ice", "command: b /d/x"),
    ],
)
def test_what_jobs_do_not_hand_over_is_not_reported(bodies: tuple[str, ...]) -> None:
    assert found(jobs(*bodies)) == []


def test_transfers_of_htcondor_count(tmp_path: Path) -> None:
    (tmp_path / "a.sub").write_text("executable=/bin/a\ntransfer_output_files = out/x\nqueue\n")
    (tmp_path / "b.sub").write_text("executable=/bin/b\ntransfer_input_files = y, x\nqueue\n")
    (tmp_path / "n.dag").write_text("JOB A a.sub\nJOB B b.sub\nPARENT A CHILD B\n")
    messages = [d.message for d in read_estate([str(tmp_path)]).diagnostics if d.code == "A623"]
    assert messages == ["jobs share x: A writes it, B uses it; tasks share no disk"]


def test_a_relative_path_of_another_network_is_another_file(tmp_path: Path) -> None:
    for name, line in (("a", "output = x"), ("b", "input = x")):
        (tmp_path / f"{name}.dag").write_text(f"JOB J {name}.sub\n")
        (tmp_path / f"{name}.sub").write_text(f"executable=/bin/{name}\n{line}\nqueue\n")
    assert not any(d.code == "A623" for d in read_estate([str(tmp_path)]).diagnostics)


SHARED = "insert_job: A\ncommand: a > /d/x\n\ninsert_job: B\ncommand: b < /d/x\ncondition: s(A)\n"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", []),
        ('[platform]\npod_template = "disk"\n', ["disk", "disk"]),
        (
            '[platform]\npod_template = "disk"\n\n[[map]]\njob = "B"\npod_template = "spot"\n',
            ["disk", "spot"],
        ),
    ],
)
def test_one_setting_gives_all_tasks_the_volume(
    tmp_path: Path, settings: str, expected: list[str]
) -> None:
    (tmp_path / "a.jil").write_text(SHARED)
    (tmp_path / "transpile.toml").write_text(settings)
    estate = read_estate([str(tmp_path)], None, read_settings(find_settings([str(tmp_path)])))
    assert any(d.code == "A623" for d in estate.diagnostics) is not bool(settings)
    (module,) = estate.modules
    tasks = [dict(task.settings) for task in module.main.tasks]
    assert [s["pod_template_name"] for s in tasks if "pod_template_name" in s] == expected


def test_a_pod_template_of_one_of_them_settles_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(SHARED)
    (tmp_path / "transpile.toml").write_text('[[map]]\njob = "B"\npod_template = "disk"\n')
    assert "A623" in cli("check", tmp_path, "--format", "lines").output


def test_tasks_with_a_pod_template_run(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text(SHARED.replace("/d/x", str(tmp_path / "x")))
    (tmp_path / "transpile.toml").write_text('[platform]\npod_template = "disk"\n')
    assert cli("convert", tmp_path / "a.jil", "-o", tmp_path / "out").exit_code == 0
    assert cli("dry-run", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize("script", ['"' * 90_001, "'\"" * 50_000, "$(" * 50_000, "a=" * 50_000])
def test_no_command_takes_long(script: str) -> None:
    begun = time.perf_counter()
    list(files_of(script))
    assert time.perf_counter() - begun < 2


def test_uses_in_a_command() -> None:
    script = "PYTHONPATH=/p nohup join /a b --out /c 2>>/log && tee /t < /in"
    uses = [(found.path, found.use) for found in files_of(script)]
    assert uses == [
        ("/log", Use.APPEND),
        ("/a", Use.NAMED),
        ("b", Use.WORD),
        ("/c", Use.WRITE),
        ("/in", Use.READ),
        ("/t", Use.WRITE),
    ]
