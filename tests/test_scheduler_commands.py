"""Commands that drive or ask a scheduler: what is found in shell text, and what is reported."""

import time

import pytest

from tests.support import codes, read
from transpile.analysis.invoked import programs
from transpile.analysis.shell import simple_commands
from transpile.dialects import SCHEDULERS
from transpile.findings.finding import CODES
from transpile.model.programs import SchedulerCall

START = "sendevent -E STARTJOB -J X"


def found(text: str) -> list[SchedulerCall]:
    """What a shell text has schedulers do."""
    assert SCHEDULERS.mentioned(text)
    return [call for program in programs(text) for call in SCHEDULERS.calls(program)]


@pytest.mark.parametrize(
    "text",
    [
        START,
        "/opt/CA/bin/sendevent -e STARTJOB -j X",
        "sendevent -ESTARTJOB -J=X",
        "sendevent -J X -E STARTJOB -T 10:00 >/dev/null 2>&1",
        "$AUTOUSER/bin/sendevent -E STARTJOB -J X",
        "${SENDEVENT} -E STARTJOB -J X",
        "S=/opt/bin/sendevent J=X; $S -E STARTJOB -J $J",
        f'C="{START}"; $C',
        '"/opt/my ca/sendevent" -E STARTJOB -J X',
        r"C:\CA\bin\SENDEVENT.EXE -E STARTJOB -J X",
        r"cmd /c sendevent -E STARTJOB -J X",
        f"load.sh && {START}",
        f"load.sh;{START}&",
        f"load.sh | tee log || {START}",
        f"({START})",
        f"f() {{ {START}; }}",
        f"if {START}; then true; fi",
        f"while ! {START}; do sleep 1; done",
        f"case $x in a) {START};; esac",
        f"A=$({START})",
        f"A=`{START}`",
        f'echo "done: $({START})"',
        f"cat <({START})",
        f"sh -c '. /etc/profile; {START}'",
        f'ksh -lc "{START}"',
        f'eval "{START}"',
        f"su - autosys -c '{START}'",
        f"sudo -u autosys env A=1 B=2 nohup nice -n 5 {START}",
        f"timeout -k 5 30 {START}",
        f"ssh -o A=b user@host {START}",
        f"ssh -v host {START}",
        f"ssh host 'cd /tmp; {START}'",
        f"sshpass -p $PW ssh host <<'END' >> log\n{START}\nEND\ntrue",
        f"bash <<END\n{START}\nEND",
        f"echo '{START}' | at now",
        "find . -name done -exec sendevent -E STARTJOB -J X \\;",
        f"trap '{START}' EXIT",
        f"""python3 -c 'import os; os.system("{START}")'""",
        "sendevent -E STARTJOB \\\n  -J X",
    ],
)
def test_a_call_is_found_wherever_it_stands(text: str) -> None:
    assert found(text) == [SchedulerCall("sendevent", "STARTJOB", ("X",))]


@pytest.mark.parametrize(
    ("text", "event", "targets"),
    [
        ("sendevent -E FORCE_STARTJOB -J A,B", "FORCE_STARTJOB", ("A", "B")),
        ('sendevent -G "X=1"', "SET_GLOBAL", ("global X=1",)),
        ("sendevent -E CHANGE_STATUS -s SUCCESS -J A", "CHANGE_STATUS SUCCESS", ("A",)),
        ("jil < new.jil", "definitions", ("file new.jil",)),
        ("jil <<E\nupdate_job: A\nstatus: x\nE", "update_job", ("A",)),
        ("echo 'delete_job: A' | jil", "delete_job", ("A",)),
        ('conman "sbs W#S;noask"', "sbs", ("W#S",)),
        ("conman 'sbs = W#S;noask'", "sbs", ("W#S",)),
        ("conman submit sched=W#S", "submit", ("W#S",)),
        ("echo 'sbj W#J' | conman", "sbj", ("W#J",)),
        ("composer replace sched.def", "replace", ("sched.def",)),
        ("condor_submit -name n X=1 a.sub", "submit", ("a.sub",)),
        ("condor_submit_dag -maxjobs 5 x.dag", "submit", ("x.dag",)),
        ("condor_rm 12.0", "rm", ("12.0",)),
        ("ctmorder -FOLDER F -NAME J -ODATE ODAT", "order", ("F", "J")),
        ("ctmcontb -ADD COND ODAT", "condition", ("COND",)),
        ("ctmvar -ACTION SET -VAR %%X -VAREXPR 1", "variable", ("%%X",)),
        ("ctmcreate -TASKTYPE COMMAND -JOBNAME J", "create", ("J",)),
        ("ctm run order SERVER FOLDER", "run order", ("SERVER", "FOLDER")),
        (
            'curl "https://az:8443/executor?ajax=executeFlow&project=p&flow=F"',
            "executeFlow",
            ("F",),
        ),
        ("curl -d ajax=executeFlow -d flow=F http://az/executor", "executeFlow", ("F",)),
        ("curl -X POST http://o:11000/oozie/v2/jobs?action=start", "start", ()),
        ("oozie job -config job.properties -run", "run", ("file job.properties",)),
        ("oozie job -kill 01-W", "kill", ("01-W",)),
        ("azkaban run -p P F", "run", ("F",)),
    ],
)
def test_what_drives_a_scheduler(text: str, event: str, targets: tuple[str, ...]) -> None:
    (call,) = found(text)
    assert (call.event, call.targets, call.drives) == (event, targets, True)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("autorep -J A -q", ("A",)),
        ("autostatus -G X", ("global X",)),
        ("job_depends -c -J A", ("A",)),
        ('conman "ss W#S"', ("W#S",)),
        ("condor_q -constraint x", ()),
        ("wget 'http://az/executor?ajax=fetchexecflow&execid=3'", ("3",)),
        ("oozie job -info 01-W", ("01-W",)),
        ("curl http://o:11000/oozie/v1/job/01-W?show=info", ("01-W",)),
    ],
)
def test_what_asks_a_scheduler(text: str, targets: tuple[str, ...]) -> None:
    (call,) = found(text)
    assert (call.targets, call.drives) == (targets, False)


@pytest.mark.parametrize(
    "text",
    [
        f"echo {START}",
        f"echo '{START}'",
        f"# {START}",
        f"true # {START}",
        f"cat <<END\n{START}\nEND",
        f"load {START}",
        "grep jil file",
        "/data/jil/run.sh",
        "cat job_depends.txt",
        "mysendevent -E STARTJOB -J X",
        "sendevent.sh -E STARTJOB -J X",
        "which sendevent; command -v autorep; man conman; [ -x /opt/bin/jil ]",
        "python jil.py; java -jar azkaban.jar",
        "composer install --no-dev; composer update; composer require a/b",
        "curl https://azkaban/index",
        "cp jil /opt/conman; rm -f condor_q; cd $JIL",
        "run --cmd=sendevent",
        "awk '/sendevent/' log",
    ],
)
def test_a_mere_mention_is_no_call(text: str) -> None:
    assert [call for program in programs(text) for call in SCHEDULERS.calls(program)] == []


@pytest.mark.parametrize("piece", ["$(", "`", "'", '"', "(", ")", "<<E ", "\\", "${", '"$("', "a "])
def test_any_text_is_scanned_in_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        begun = time.process_time()
        list(simple_commands(piece * count + " sendevent"))
        return time.process_time() - begun

    assert seconds(80_000) < 20 * seconds(10_000) + 0.5


@pytest.mark.parametrize("name", sorted(SCHEDULERS.programs))
def test_no_arguments_and_odd_ones_are_read(name: str) -> None:
    for rest in ("", " -", " --", " -E", " -J", " ''", " = ;", " job", " ajax=", " run"):
        for program in programs(f"{name}{rest}"):
            list(SCHEDULERS.calls(program))


def test_the_target_is_named_with_its_place() -> None:
    _, diagnostics = read(
        "insert_job: BOX\njob_type: b\n\ninsert_job: IN\nbox_name: BOX\ncommand: true\n\n"
        "insert_job: ALONE\ncommand: true\n\n"
        "insert_job: A\ncommand: x; sendevent -E STARTJOB -J IN; sendevent -E KILLJOB -J A;"
        " sendevent -E STARTJOB -J ALONE\n\n"
        "insert_job: B\ncondition: s(A)\ncommand: autorep -J A\n"
    )
    shown = [(d.code, d.span.line, d.span.column, d.message) for d in diagnostics]
    assert [entry for entry in shown if entry[0] in ("A220", "A221")] == [
        ("A220", 12, 10, f"{DRIVES} KILLJOB of A (this job itself)"),
        ("A220", 12, 10, f"{DRIVES} STARTJOB of ALONE (it heads a workflow of this estate)"),
        ("A220", 12, 10, f"{DRIVES} STARTJOB of IN (a job of the workflow of BOX)"),
        ("A221", 16, 10, f"{ASKS} status of A (a job of the same workflow)"),
    ]


DRIVES = "the command drives a scheduler: sendevent"
ASKS = "the command queries a scheduler: autorep"


def test_what_does_not_run_is_not_reported() -> None:
    text = "insert_job: A\nstatus: on_ice\ncommand: sendevent -E STARTJOB -J B\n"
    assert "A220" not in codes(read(text)[1])


def test_steps_and_scripts_of_every_format_are_looked_at() -> None:
    texts = (
        'SCHEDULE W#S\nON REQUEST\n:\nA\n DOCOMMAND "conman sbs T"\nEND\n',
        "JOB A {\n executable = /bin/condor_rm\n arguments = 12\n}\nSCRIPT POST A condor_q\n",
        "type=command\ncommand=true\ncommand.1=sh -c 'condor_submit x'\n",
    )
    expected = ({"A220"}, {"A220", "A221"}, {"A220"})
    for text, wanted in zip(texts, expected, strict=True):
        assert codes(read(text)[1]) & {"A220", "A221"} == wanted
    assert CODES["A220"].level is CODES["A221"].level
