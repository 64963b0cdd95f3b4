"""Rules of placement: what is wrong with them, and what explain-map says about a placement."""

from pathlib import Path

from tests.support import cli


def test_explain_map_shows_the_workflow(tmp_path: Path) -> None:
    clock = 'date_conditions: 1  days_of_week: all  start_times: "0{}:00"'
    (tmp_path / "a.jil").write_text(
        f"insert_job: A  {clock.format(8)}  command: x\n"
        f"insert_job: X  job_type: b  {clock.format(9)}\n"
        "insert_job: B  box_name: X  condition: f(A)  command: x\n"
        "insert_job: C  condition: s(A) & s(B)  command: x\n",
        encoding="utf-8",
    )
    shown = {name: cli("explain-map", name, tmp_path).output for name in "ABC"}
    assert "workflow X, module x\nX: it has start times: " in shown["B"]
    assert "B waits until A failed\nC is started by B: A succeeded and B succeeded" in shown["B"]
    assert "C is started when A succeeded and B succeeded" in shown["C"]
    assert "C: its condition leads into several workflows: it is started by A, X" in shown["C"]
    assert "B waits for A: A failed\nC is started by A: " in shown["A"]


def test_a_rule_of_placement_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "a.jil").write_text("insert_job: A\ncommand: x\n", encoding="utf-8")
    (tmp_path / "d.dag").write_text("JOB D d.sub\n", encoding="utf-8")
    (tmp_path / "e.dag").write_text("JOB E d.sub\n", encoding="utf-8")
    stream = 'SCHEDULE W#S ON MO\n:\nS1 DOCOMMAND "x"\nEND\n'
    (tmp_path / "s.txt").write_text(stream, encoding="utf-8")
    (tmp_path / "transpile.toml").write_text(
        '[[workflow]]\njobs = ["NO", "NONE"]\nname = "n"\n[[cut]]\nbetween = ["A", "D"]\n'
        '[[cut]]\njobs = ["*"]\n[[workflow]]\njobs = ["A", "W#S"]\n',
        encoding="utf-8",
    )
    output = cli("check", tmp_path).output
    assert "transpile.toml:1:1: error[A958]: [[workflow]] jobs = [NO, NONE]: no job" in output
    assert "transpile.toml:4:1: error[A958]: [[cut]] between = [A, D]: d is one workf" in output
    assert "jobs = [A, W#S]: the jobs are of different formats" in output
    assert output.count("A958") == 4
    assert "A953" not in output
