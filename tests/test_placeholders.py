"""`~{$NAME}~` placeholders, texts that no system takes, and commands for Windows."""

import pytest

from tests.support import codes, read
from transpile.analysis import analyse
from transpile.dialects import DIALECTS, SCHEDULERS, recognise
from transpile.dialects.kit.windows import needs_windows
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Level
from transpile.model import Command, Facts, Rules, Site, plain
from transpile.sources.text import Source


def read_with(text: str, **values: str) -> tuple[Facts, Diagnostics]:
    """The network of a JIL text for a site with these values."""
    diagnostics = Diagnostics()
    site = Site(templates=tuple(values.items()))
    (network,) = DIALECTS["autosys"].read([Source("a.jil", text)], diagnostics, site)
    return analyse(network, Rules(), SCHEDULERS, diagnostics), diagnostics


def command_of(network: Facts, name: str) -> str:
    """The text of a job's command."""
    action = network.jobs[name].action
    assert isinstance(action, Command)
    return plain(action.text)


def test_values_stand_in_names_boxes_conditions_and_commands() -> None:
    network, diagnostics = read_with(
        "insert_job: ~{$E}~_BOX\njob_type: b\n\n"
        "insert_job: ~{$E}~_A\nbox_name: ~{$E}~_BOX\ncommand: ~{$E}~~{$E}~ ~{$CMD}~\n\n"
        "insert_job: B\nbox_name: ~{$E}~_BOX\ncondition: ~{$COND}~\ncommand: true\n",
        E="UAT",
        CMD="echo $$DAY",
        COND="s(UAT_A)",
    )
    assert list(network.jobs) == ["UAT_BOX", "UAT_A", "B"]
    assert command_of(network, "UAT_A") == "UATUAT echo $$DAY"
    assert [(d.upstream, d.downstream) for d in network.dependencies] == [("UAT_A", "B")]
    assert len(diagnostics) == 0


@pytest.mark.parametrize("name", ["a b", "x: y machine: z", '"', "/* a */", "#", "$$G", "\\:", ""])
def test_a_name_may_be_any_text(name: str) -> None:
    text = f"insert_job: A\ncommand: echo [~{{${name}}}~] end\nmachine: m\n"
    network, diagnostics = read_with(text, **{name: "VALUE"})
    assert command_of(network, "A") == "echo [VALUE] end"
    assert len(diagnostics) == 0


def test_a_value_is_no_statement_and_no_attribute() -> None:
    text = "insert_job: A\ncommand: echo ~{$X}~\n"
    network, _ = read_with(text, X="a machine: m insert_job: B")
    assert command_of(network, "A") == "echo a machine: m insert_job: B"
    for value in ("a\ninsert_job: B", "a\0"):
        network, diagnostics = read_with(text, X=value)
        assert list(network.jobs) == ["A"]
        assert network.jobs["A"].held_up
        assert codes(diagnostics) == {"A862"}


def test_places_are_those_of_the_source() -> None:
    text = (
        "insert_job: A\ncommand: true\n\n"
        'insert_job: B\ncondition: "s(~{$LONGER_THAN_ITS_VALUE}~) & s(NO) & s(~{$GONE}~)"\n'
        "command: true\n\n"
        "insert_job: C\ncondition: s(~{$LONGER_THAN_ITS_VALUE}~) & s(NO)\ncommand: true\n\n"
        "insert_job: D\ncommand: true\ncondition: s(~{$LONGER_THAN_ITS_VALUE}~) & x(\n"
    )
    _, diagnostics = read_with(text, LONGER_THAN_ITS_VALUE="A")
    lines = text.split("\n")
    shown = {d.code: lines[d.span.line - 1][d.span.column - 1 :] for d in diagnostics}
    assert shown["A127"].startswith("~{$GONE}~")
    assert shown["A303"].startswith("s(NO)")
    assert shown["A302"].startswith("x(")


def test_without_a_value_what_acts_on_it_fails() -> None:
    network, diagnostics = read_with(
        "insert_job: A\ncommand: load ~{$X}~\n\n"
        "insert_job: B\ncommand: true\nmachine: ~{$X}~\n\n"
        "insert_job: C\ncommand: true\ncondition: s(~{$X}~_A)\n\n"
        "insert_global: G\nvalue: ~{$X}~\n"
    )
    blocked = {name: bool(job.held_up) for name, job in network.jobs.items()}
    assert blocked == {"A": True, "B": False, "C": True}
    assert network.said.variables["G"].value is None
    found = [d for d in diagnostics if d.code == "A127"]
    assert [d.span.line for d in found] == [2, 6, 10, 13]
    assert {d.level for d in found} == {Level.ERROR}


def test_a_placeholder_of_another_format_is_reported() -> None:
    for text in (
        'SCHEDULE W#S\nON REQUEST\n:\nA\n DOCOMMAND "load ~{$X}~"\nEND\n',
        "JOB A {\n executable = /bin/load\n arguments = ~{$X}~\n}\n",
        "type=command\ncommand=load ~{$X}~\n",
    ):
        network, diagnostics = read(text)
        assert "A127" in codes(diagnostics)
        assert any(job.held_up for job in network.jobs.values())


NUL = {
    "azkaban": "type=command\ncommand=echo a\0b\n",
    "azkaban, another property": "type=command\nx=q\\u00005\\u0000\ncommand=echo ${x}\n",
    "azkaban, environment": "type=command\ncommand=echo\nenv.A\\u0000B=k\n",
    "azkaban, folder": "type=command\ncommand=echo\nworking.dir=/t\\u0000\n",
    "azkaban, retries": "type=command\ncommand=echo\nretries=1\\u0000\n",
    "dagman": "JOB A {\n executable = /bin/e\0cho\n}\n",
    "dagman, output": "JOB A {\n executable = /bin/echo\n output = o\0\n}\n",
    "dagman, script": "JOB A {\n executable = /bin/echo\n}\nSCRIPT PRE A pre.sh \0\n",
    "tws": 'SCHEDULE W#S\nON REQUEST\n:\nA\n DOCOMMAND "echo \0"\nEND\n',
    "jil": "insert_job: A\ncommand: echo \0\n",
    "jil, file": "insert_job: A\njob_type: fw\nwatch_file: /a\0\n",
}


@pytest.mark.parametrize("text", NUL.values(), ids=NUL)
def test_a_nul_is_reported_and_never_run(text: str) -> None:
    diagnostics = Diagnostics()
    dialect = recognise("", text) or DIALECTS["dagman"]
    network, *_ = dialect.read([Source(f"a{dialect.suffixes[0]}", text)], diagnostics, Site())
    network = analyse(network, Rules(), SCHEDULERS, diagnostics)
    assert codes(diagnostics) & {"A126", "A751", "A812"}
    run = (job for job in network.jobs.values() if not network.said.refused)
    assert not any(job.action and not job.held_up for job in run)


@pytest.mark.parametrize(
    "command",
    [
        r"C:\jobs\run.bat",
        "C:/jobs/run.bat",
        r'"D:\my jobs\run.exe" x',
        r"\\server\share\run",
        "run.cmd",
        "run.ps1 -x",
        r"%SCRIPTS%\run x",
        "%SCRIPTS% x",
        "cmd /c dir",
        "powershell -Command x",
        r"copy a %TEMP%\b",
        "echo %USERNAME%",
    ],
)
def test_a_command_for_windows(command: str) -> None:
    assert needs_windows(command)


@pytest.mark.parametrize(
    "command",
    [
        "date +%Y%m%d",
        "load --date=`date +%Y_%m_%d`",
        "load `date '+%d-%b-%YT%H%M%S'`",
        "printf '%s_%d' a 1",
        "sqlplus x \"like '%ABC%'\"",
        "awk '{printf \"%s%s\", $1, $2}' f",
        "/opt/jobs/run.cmd x",
        "./run.exe",
        "grep -c '%TODO%' f",
        "load a.bat",
        "http://h:80/x",
    ],
)
def test_a_percent_sign_is_no_variable(command: str) -> None:
    assert not needs_windows(command)


def test_a_profile_belongs_to_a_file_watcher() -> None:
    watcher = "insert_job: A\njob_type: {}\nprofile: /opt/p\nwatch_file: {}\n"
    for kind, path in (("fw", "/tmp/a"), ("f", "$DIR/a"), ("FW", "$$G/a")):
        assert "A867" not in codes(read(watcher.format(kind, path))[1])
    assert "A867" in codes(read(watcher.format("ft", "/tmp/a"))[1])
    assert "A867" in codes(read("insert_job: A\njob_type: b\nprofile: /opt/p\n")[1])


@pytest.mark.parametrize(
    ("attribute", "line"),
    [
        *((f"watch_file_type: {word}", 4) for word in "CREATE DELETE EXPAND SHRINK UPDATE".split()),
        ("continuous: y", 4),
        ("watch_file_recursive: 1", 4),
        ("watch_file_owner: me", 4),
        ("watch_file_groupname: us", 4),
    ],
)
def test_a_trigger_without_a_translation_is_an_error_on_its_line(attribute: str, line: int) -> None:
    text = f"insert_job: A\njob_type: FT\nwatch_file: /tmp/a\n{attribute}\n"
    network, diagnostics = read(text)
    assert [(d.code, d.level, d.span.line) for d in diagnostics] == [("A863", Level.ERROR, line)]
    assert network.jobs["A"].held_up


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("type=command\ncommand=\n", "A810", (2, 1)),
        ("type=command\ncommand=true\nenv.C\\=D=k\n", "A809", (3, 10)),
    ],
)
def test_what_blocks_an_azkaban_command_is_reported(
    text: str, code: str, place: tuple[int, int]
) -> None:
    network, diagnostics = read(text)
    assert [(d.code, (d.span.line, d.span.column)) for d in diagnostics] == [(code, place)]
    assert network.jobs["0"].held_up
