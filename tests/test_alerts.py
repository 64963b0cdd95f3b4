"""Alarms and notifications: what the source asks for, what is emitted, and who hears what."""

import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from flytekit import LaunchPlan
from flytekit.models.core.execution import WorkflowExecutionPhase as Phase
from flytekit.tools.translator import get_serializable
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import Phase as P

from tests import flyte_model
from tests.amounts import share_of
from tests.jil_networks import networks
from tests.support import KNOWN_TO_DIFFER, cli, codes, emit, plan, plan_modules, python, read
from tests.test_verify import SCENARIOS
from transpile.cli.subjects import Written, roles_of, write_modules
from transpile.model import Alert, End, Facts, InitialStatus
from transpile.model.outcome import State
from transpile.proof.rehearse import Rehearsal
from transpile.proof.scenarios import Scenarios
from transpile.proof.verify import Verifier
from transpile.targets.flyte.model import ModulePlan
from transpile.targets.printing import render_runtime

NIGHT = """\
insert_job: NIGHT   job_type: b
alarm_if_fail: 1
send_notification: f
notification_emailaddress: ops@example.com
notification_msg: "the night"

insert_job: LOAD
box_name: NIGHT
command: exit $$CODE
alarm_if_fail: 1
alarm_if_terminated: 1
term_run_time: 1

insert_job: MEND
box_name: NIGHT
command: echo mended
condition: s(LOAD)
"""
FAILED, TIMED_OUT, ABORTED, SUCCEEDED = (
    *(Phase.FAILED, Phase.TIMED_OUT, Phase.ABORTED),
    Phase.SUCCEEDED,
)


def alerts(lines: str) -> tuple[Alert, ...]:
    return read(f"insert_job: A\ncommand: true\n{lines}")[0].jobs["A"].alerts


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", ()),
        ("alarm_if_fail: 0\nalarm_if_terminated: n\nsend_notification: n\n", ()),
        ("alarm_if_fail: y\n", (Alert(End.FAILURE, "JOBFAILURE"),)),
        ("alarm_if_terminated: 1\n", (Alert(End.TERMINATED, "JOBTERMINATED"),)),
        ("notification_emailaddress: a@example.com\n", ()),
        ("send_notification: 1\n", tuple(map(Alert, End))),
        (
            "send_notification: F\nnotification_emailaddress: a@b, c@d\nnotification_msg: oh no\n",
            tuple(Alert(e, "", ("a@b", "c@d"), "oh no") for e in (End.FAILURE, End.TERMINATED)),
        ),
        (
            "send_notification: f\nnotification_emailaddress: a@b\n"
            "notification_emailaddress_on_failure: c@d\n",
            (Alert(End.FAILURE, "", ("c@d",)), Alert(End.TERMINATED, "", ("a@b",))),
        ),
    ],
)
def test_what_jil_asks_for(lines: str, expected: tuple[Alert, ...]) -> None:
    assert alerts(lines) == expected


def test_what_cannot_be_understood_is_reported() -> None:
    text = "insert_job: A\ncommand: true\nalarm_if_fail: often\nsend_notification: perhaps\n"
    assert [found.code for found in plan(text)[1]] == ["A115", "A115"]


@pytest.mark.parametrize(
    ("said", "ends"),
    [("", ()), ("never", ()), ("Error", (End.FAILURE, End.TERMINATED)), ("complete", tuple(End))],
)
def test_what_a_submit_description_asks_for(said: str, ends: tuple[End, ...]) -> None:
    lines = f"    notification = {said}\n    notify_user = me@example.com\n" if said else ""
    text = f"JOB A {{\n    executable = /bin/true\n{lines}}}\n"
    network = read(text)[0]
    assert network.jobs["A"].alerts == tuple(Alert(e, "", ("me@example.com",)) for e in ends)
    assert network.jobs["A"].notes == ()


def test_a_flow_mails_whom_its_own_settings_name() -> None:
    text = (
        "config:\n  failure.emails: A@example.com, b@example.com\n  notify.emails: a@example.com\n"
        "nodes:\n  - name: J\n    type: noop\n"
    )
    network = read(text)[0]
    both = ("a@example.com", "b@example.com")
    assert set(network.said.alerts) == {
        Alert(End.FAILURE, "", both),
        Alert(End.TERMINATED, "", both),
        Alert(End.SUCCESS, "", both[:1]),
    }
    (found,) = emit(text).values()
    assert "NOTIFICATION workflow=0 to=a@example.com,b@example.com" in found
    assert "recipients_email=" in found


def test_the_last_job_speaks_for_a_flow_of_job_files(tmp_path: Path) -> None:
    (tmp_path / "first.job").write_text("type=noop\nfailure.emails=no@example.com\n")
    last = "type=noop\ndependencies=first\nsuccess.emails=yes@example.com\n"
    (tmp_path / "last.job").write_text(last)
    assert cli("convert", tmp_path, "-o", tmp_path / "out").exit_code == 0
    text = (tmp_path / "out" / "last.py").read_text()
    assert 'recipients_email=["yes@example.com"]' in text
    assert "failure_node" not in text
    assert "on_failure" not in text


# -------------------------------------------------------------------- emitted


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("alerts")
    (place / "in.jil").write_text(NIGHT)
    for style in ("imperative", "declarative"):
        arguments = ("convert", place / "in.jil", "-o", place / style, "--style", style)
        assert cli(*arguments).exit_code == 0
    return place


@pytest.mark.parametrize("style", ["imperative", "declarative"])
@pytest.mark.parametrize("code", [0, 3])
def test_a_local_run_raises_alarms(folder: Path, style: str, code: int) -> None:
    run = f"import night; night.night(code='{code}')"
    result = python("-c", run, cwd=folder / style, env={"PYTHONPATH": "."})
    said = [line for line in result.stdout.splitlines() if line.startswith("ALARM")]
    assert result.returncode == (1 if code else 0)
    assert ("mended" in result.stdout) is (code == 0)
    if code:
        assert "Failure: " in result.stderr
        job, box = said
        assert job == f'ALARM JOBFAILURE job=LOAD error="exit code {code}: exit $CODE"'
        assert box.startswith(
            'ALARM JOBFAILURE job=NIGHT to=ops@example.com message="the night" error='
        )
    else:
        assert said == []


def test_run_as_a_script_the_failure_is_the_exit_status(folder: Path) -> None:
    result = python("night.py", cwd=folder / "imperative")
    assert result.returncode == 1
    assert "ALARM JOBFAILURE job=NIGHT" in result.stdout


def test_a_job_that_is_killed_raises_the_other_alarm() -> None:
    text = emit(NIGHT.replace("exit $$CODE", "true"))["night"]
    # Flyte would kill the task with the job, and nobody would hear of it.
    assert 'return run("true", time_limit=timedelta(minutes=1))' in text
    lines = 'failure="ALARM JOBFAILURE job=LOAD", terminated="ALARM JOBTERMINATED job=LOAD"'
    assert f"@with_alerts(\n    {lines}\n)\n" in text


@pytest.mark.parametrize("style", ["imperative", "declarative"])
def test_the_failure_node_as_flyte_gets_it(folder: Path, style: str) -> None:
    module = flyte_model.load(folder / style, "night")
    template = get_serializable(OrderedDict(), flyte_model._SETTINGS, module.night).template
    node = template.failure_node
    assert (node.id, node.metadata.name) == ("night-failed", "NIGHT (failure)")
    assert node.task_node.reference_id.name.endswith("night.night_failed")
    assert {b.var: b.binding.promise is not None for b in node.inputs} == {
        "code": True,
        "err": False,
    }


def mails(text: str) -> dict[str, dict[str, set[int]]]:
    """For each launch plan whom it mails, and at the end of which phases."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "in.jil").write_text(text)
        cli("convert", Path(place) / "in.jil", "-o", Path(place) / "out")
        found: dict[str, dict[str, set[int]]] = {}
        for path in sorted((Path(place) / "out").glob("*.py")):
            module = flyte_model.load(path.parent, path.stem)
            for entity in vars(module).values():
                if isinstance(entity, LaunchPlan):
                    idl = get_serializable(OrderedDict(), flyte_model._SETTINGS, entity)
                    sent = idl.to_flyte_idl().spec.entity_metadata.notifications
                    found[entity.name] = {
                        who: set(mail.phases)
                        for mail in sent
                        for who in mail.email.recipients_email
                    }
    return found


SOLO = """\
insert_job: SOLO
command: true
send_notification: y
notification_emailaddress: a@b.example
"""
DAILY = 'date_conditions: 1\ndays_of_week: all\nstart_times: "1:00"\ntimezone: UTC\n'
BY_CALENDAR = DAILY.replace("days_of_week: all", "run_calendar: C")


def test_launch_plans_mail_at_the_end_of_the_whole() -> None:
    bad = {ABORTED, FAILED, TIMED_OUT}
    assert mails(NIGHT) == {"NIGHT.notified": {"ops@example.com": bad}}
    assert mails(SOLO) == {"SOLO.notified": {"a@b.example": {SUCCEEDED, *bad}}}
    assert mails(SOLO + DAILY) == {"SOLO.schedule": {"a@b.example": {SUCCEEDED, *bad}}}
    calendar = "calendar: C\n01/05/2027\n\n"
    assert mails(calendar + SOLO + BY_CALENDAR) == {"SOLO.schedule": {"a@b.example": bad}}


def test_what_nobody_hears_any_more_is_reported() -> None:
    behind = "insert_job: B\ncommand: true\ncondition: s(SOLO)\n"
    assert "A217" not in codes(plan(SOLO)[1])
    assert "A217" in codes(plan(SOLO + behind)[1])
    assert "A217" in codes(plan("insert_job: A\ncommand: true\nsend_notification: y\n")[1])
    calendar = "calendar: C\n01/05/2027\n\n"
    assert "A217" in codes(plan(calendar + SOLO + BY_CALENDAR)[1])
    assert "A218" not in codes(plan(NIGHT)[1])


def test_a_job_that_does_not_run_raises_nothing() -> None:
    held = "insert_job: A\ncommand: true\nalarm_if_fail: 1\nstatus: on_hold\n"
    text = emit(held)["a"]
    assert "@with_alerts" not in text
    assert "failure: ALARM JOBFAILURE job=A" in text
    box = "insert_job: Z\njob_type: b\nalarm_if_fail: 1\nstatus: on_hold\n"
    text = emit(f"{box}\ninsert_job: A\nbox_name: Z\ncommand: true\n")["z"]
    assert "on_failure" not in text
    assert "failure: ALARM JOBFAILURE job=Z" in text


def test_text_of_the_source_is_data() -> None:
    message = "\"; import os; '{x}' \\\\ \u00e9\""
    text = f"insert_job: A\ncommand: true\nsend_notification: f\nnotification_msg: {message}\n"
    compile(emit(text)["a"], "a.py", "exec")


def test_an_input_may_not_be_called_as_the_error_is() -> None:
    text = NIGHT.replace("$$CODE", "$$ERR")
    assert "def night_failed(err_value: str, err: FlyteError | None = None)" in emit(text)["night"]


# -------------------------------------------------------------------- behaviour


def with_alarms(text: str) -> str:
    """Each job asks for both alarms."""
    lines = [
        f"{line}\nalarm_if_fail: 1\nalarm_if_terminated: 1" if "insert_job:" in line else line
        for line in text.split("\n")
    ]
    return "\n".join(lines)


def raised(written: Written) -> Iterator[tuple[Any, set[str]]]:
    """For each scenario how the source's jobs end, and the alarms of the emitted workflow."""
    module, part = written.module, written.facts
    roles = roles_of(module)
    rehearsal = Rehearsal(written.path, render_runtime(), roles, beside=written.beside)
    said: list[str] = []
    vars(rehearsal.runtime)["print"] = lambda *words, **_: said.append(" ".join(map(str, words)))
    workflow = rehearsal.workflows[module.name]
    verifier = Verifier(rehearsal, workflow, part, module.inputs, written.elsewhere)
    for drawn in islice(Scenarios(part, 12, 0), share_of(SCENARIOS)):
        scenario = replace(drawn, far=dict(written.elsewhere.consistent(drawn.far)))
        said.clear()
        verifier._emitted(scenario)
        seconds = verifier.seconds_of(scenario)
        alarms = {" ".join(s.split()[1:3]) for s in said if s.startswith("ALARM")}
        run = part.said.engine(part).run(scenario.outcomes, scenario.values, seconds, scenario.far)
        yield run, alarms


def handled(module: ModulePlan) -> set[str]:
    """The boxes that are workflows with a failure handler."""
    return {workflow.handler.title for workflow in module.workflows if workflow.handler}


def expected(name: str, ending: Any, module: ModulePlan, part: Facts) -> set[str]:
    """The alarms of a job that has ended so."""
    job = part.jobs[name]
    is_box = bool(part.members.get(name))
    failed = ending.state is State.FAILED
    if is_box and name in handled(module):
        # What never completes, or is terminated, has failed on Flyte.
        failed |= ending.state in (State.UNFINISHED, State.TERMINATED)
        return {f"JOBFAILURE job={name}"} if failed else set()
    # Each attempt that fails raises it.
    failed |= not is_box and ending.attempts > 1 and name not in module.watched
    if not is_box and (job.held_up or job.status is not InitialStatus.ACTIVE):
        return set()
    found = {f"JOBFAILURE job={name}"} if failed else set()
    return found | ({f"JOBTERMINATED job={name}"} if ending.state is State.TERMINATED else set())


@settings(
    deadline=None,
    max_examples=share_of(100),
    derandomize=True,
    phases=[P.generate],
    suppress_health_check=list(HealthCheck),
)
@given(networks(25))
def test_the_alarms_are_the_sources(text: str) -> None:
    network, diagnostics = read(with_alarms(text))
    assume(KNOWN_TO_DIFFER.isdisjoint(codes(diagnostics)))
    planned = plan_modules([network], diagnostics)
    lost = {str(found.job) for found in diagnostics if found.code == "A218"}
    with tempfile.TemporaryDirectory() as place:
        for written in write_modules(planned, Path(place)):
            module, part = written.module, written.facts
            for run, alarms in raised(written):
                told = (expected(n, e, module, part) for n, e in run.jobs.items() if n not in lost)
                known = {alarm for alarm in alarms if alarm.rpartition("=")[2] not in lost}
                for box in handled(module):
                    # Its end, if it is reached, tells the two apart.
                    if f"JOBTERMINATED job={box}" in known:
                        known.remove(f"JOBTERMINATED job={box}")
                        known.add(f"JOBFAILURE job={box}")
                assert known == set().union(*told)


def test_a_task_that_is_no_function_of_ours_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.jil").write_text("insert_job: A\ncommand: true\nalarm_if_fail: 1\n")
    (tmp_path / "transpile.toml").write_text('[[map]]\njob = "A"\nkind = "shell"\n')
    result = cli("convert", tmp_path / "in.jil", "-o", tmp_path / "out")
    assert "A218" in result.output
    assert "with_alerts" not in (tmp_path / "out" / "a.py").read_text()


def test_alarms_about_times_are_reported() -> None:
    keys = 'max_run_alarm: 0\nmin_run_alarm: 3\nmust_start_times: "+5"\nheartbeat_interval: 2\n'
    found = [d.message for d in read(f"insert_job: A\ncommand: true\n{keys}")[1]]
    assert [
        message.partition(" ")[0] for message in found if "nothing on Flyte raises" in message
    ] == [
        "min_run_alarm",
        "heartbeat_interval",
    ]
    timed = f'insert_job: A\ncommand: true\n{keys}date_conditions: 1\nstart_times: "08:00"\n'
    assert sum(d.code == "A873" for d in read(timed)[1]) == 3
    assert "A873" not in codes(read(f"insert_job: A\ncommand: true\nstatus: on_ice\n{keys}")[1])
