"""Services: the shell text that runs their commands, and what it does."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.systemd_units import build, found, found_codes, service, texts
from transpile.model import Command, ExitRule, Redirect, Steps


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("ExecStart=/bin/a", ["/bin/a"]),
        ("ExecStart=-/bin/a", ["/bin/a || true"]),
        ("ExecStart=/bin/a\nExecStart=-/bin/b", ["/bin/a", "/bin/b || true"]),
        ("ExecStart=/bin/a\nExecStart=\nExecStart=/bin/b", ["/bin/b"]),
        (
            "ExecStartPre=/bin/p\nExecStart=/bin/a\nExecStartPost=/bin/q\nExecStop=/bin/s",
            ["/bin/p", "/bin/a", "/bin/q", "/bin/s"],
        ),
        ("ExecStart=/bin/a\nWorkingDirectory=/srv/a b", ["cd '/srv/a b' && /bin/a"]),
        ("ExecStart=-/bin/a\nWorkingDirectory=-/srv", ["{ cd /srv || true; } && /bin/a || true"]),
        ("ExecStart=/bin/a\nUMask=0027", ["umask 0027 && /bin/a"]),
        ("Environment=A=1 'B=2 3' A=4\nExecStart=/bin/a ${A} $B", ["/bin/a 4 2 3"]),
        (
            "Environment=A=1\nUnsetEnvironment=A C\nExecStart=/bin/a ${A}",
            ["unset A C && /bin/a ''"],
        ),
        (
            "EnvironmentFile=/etc/x\nExecStart=/bin/a ${A}",
            ['set -a && . /etc/x && set +a && /bin/a "${A}"'],
        ),
        ("EnvironmentFile=/etc/x\nEnvironmentFile=\nExecStart=/bin/a ${A}", ["/bin/a ''"]),
        ("PassEnvironment=A\nExecStart=/bin/a ${A} $A ${B}", ["set -f && /bin/a \"${A}\" $A ''"]),
        (
            "ExecStart=/bin/a\nExecStart=/bin/b\nTimeoutStartSec=90s",
            ["timeout -k 90 90 /bin/a &&\ntimeout -k 90 90 /bin/b"],
        ),
        ("ExecStart=/bin/a\nStandardOutput=file:/a$b", ["/bin/a 1<> '/a$b' 2>&1"]),
        (
            "ExecStart=/bin/a\nStandardInputText=x\nStandardInputText=y z",
            ["printf '%s\\n' x 'y z' | /bin/a"],
        ),
        ("ExecStart=/bin/a\nStandardInputData=YQ==", ["printf %s YQ== | base64 -d | /bin/a"]),
        (
            "ExecStart=/bin/a\nExecStart=/bin/b\nStandardInput=file:/x",
            ["/bin/a < /x", "/bin/b < /x"],
        ),
    ],
)
def test_what_a_service_runs(body: str, expected: list[str]) -> None:
    assert texts(service(body)[0]) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (
            "ConditionPathExists=/a\nConditionPathExists=!/b c",
            "[ -e /a ] || exit 0\n! [ -e '/b c' ] || exit 0\n/bin/a",
        ),
        (
            "ConditionPathExists=|/a\nConditionFileNotEmpty=|!/b",
            "[ -e /a ] || ! { [ -f /b ] && [ -s /b ]; } || exit 0\n/bin/a",
        ),
        (
            "ConditionPathExists=/a\nConditionPathIsDirectory=\nAssertPathIsSymbolicLink=/c",
            "[ -L /c ] || exit 1\n/bin/a",
        ),
        (
            "ConditionPathExistsGlob=/a $(b)*[c-d]/?",
            '(set -- \'/a $(b)\'*[c-d]/?; [ -e "$1" ] || [ -L "$1" ]) || exit 0\n/bin/a',
        ),
    ],
)
def test_checks_are_lines_before_the_command(unit: str, expected: str) -> None:
    assert texts(service("ExecStart=/bin/a", unit)[0]) == [expected]


def test_streams_and_exit_codes_of_one_command() -> None:
    job, diagnostics = service(
        "ExecStart=/bin/a\nStandardInput=file:/in\nStandardOutput=truncate:/out\n"
        "StandardError=append:/err\nSuccessExitStatus=TEMPFAIL 3 4\nTimeoutSec=120\n"
        "Environment=A=%n"
    )
    assert job.action == Command(
        ("/bin/a",),
        stdin=("/in",),
        stdout=Redirect(("/out",), append=False),
        stderr=Redirect(("/err",), append=True),
        environment=(("A", ("a.service",)),),
        success=ExitRule(((0, 0), (3, 4), (75, 75))),
    )
    assert (job.time_limit, found(diagnostics)) == (2, [])


def test_repetitions() -> None:
    job, diagnostics = service(
        "ExecStart=/bin/a\nRestart=on-failure\nTimeoutStartSec=1min\nRestartPreventExitStatus=9",
        "StartLimitBurst=3\nStartLimitIntervalSec=1h",
    )
    assert isinstance(job.action, Steps)
    assert (job.retries, job.action.unless, found(diagnostics)) == (2, 9, [])
    assert texts(job) == ["timeout -k 90 60 /bin/a"]
    for setting in ("", "StartLimitIntervalSec=0", "StartLimitBurst=0"):
        job, diagnostics = service("ExecStart=/bin/a\nRestart=on-failure", setting)
        assert (job.retries, found_codes(diagnostics)) == (4, {"A090"})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("ExecStart=bin/a", "A088"),
        ("Environment=A=1", "A088"),
        ("ExecStart=/bin/a\nRestart=always", "A088"),
        ("Type=simple\nExecStart=/bin/a\nExecStart=/bin/b", "A088"),
        ("Type=simple\nExecStop=/bin/a", "A088"),
        ("ExecStart=/bin/a %m", "A092"),
        ("ExecStart=/bin/a \\xff", "A092"),
        ("ExecStart=/bin/a\0", "A126"),
    ],
)
def test_services_without_a_translation_are_nodes_that_fail(body: str, code: str) -> None:
    job, diagnostics = service(body)
    assert job.action is None
    assert job.blocked is not None
    assert job.blocked.code == code
    assert code in found_codes(diagnostics)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("RemainAfterExit=yes", "A090"),
        ("RemainAfterExit=no", ""),
        ("RemainAfterExit=perhaps", "A089"),
        ("Type=notify", "A090"),
        ("Type=other", "A089"),
        ("SuccessExitStatus=SIGTERM", "A090"),
        ("SuccessExitStatus=300", "A089"),
        ("TimeoutStartSec=90", "A091"),
        ("TimeoutStartSec=infinity", ""),
        ("TimeoutStartSec=0", ""),
        ("CPUQuota=50%\nMemoryMax=1G", "A091"),
        ("MemoryMax=infinity\nPrivateNetwork=no\nWatchdogSec=0\nFailureAction=none", ""),
        ("StateDirectory=a", "A091"),
        ("StandardInput=tty", "A090"),
        ("StandardOutput=tty", "A090"),
        ("StandardOutput=journal\nStandardError=inherit\nStandardInput=null", ""),
        ("StandardOutput=append:x", "A089"),
        ("EnvironmentFile=x", "A089"),
        ("Environment=A 1=2", "A089"),
        ("Environment='A", "A089"),
        ("WorkingDirectory=x", "A090"),
        ("User=x\nNice=5\nProtectSystem=strict\nX-Own=1", ""),
    ],
)
def test_settings(body: str, code: str) -> None:
    _, diagnostics = service(f"ExecStart=/bin/a\n{body}")
    assert found_codes(diagnostics) == ({code} if code else set())


def test_keys_for_readers_are_notes_and_all_keys_are_counted() -> None:
    networks, _ = build(
        {
            "a.timer": "[Timer]\nOnCalendar=1:0 UTC\nAccuracySec=1\n[Install]\nWantedBy=t.target\n",
            "a.service": "[Unit]\nDescription=What %p does\nDocumentation=man:a\n[Service]\n"
            "Type=oneshot\nExecStart=+/bin/a\nUser=x\nStateDirectory=y\nWatchdogSec=1\n",
        }
    )
    network = networks["a"]
    job = network.jobs["a"]
    assert job.description == "What a does"
    assert job.notes == (
        ("AccuracySec", "1"),
        ("ExecStart", "+/bin/a"),
        ("Documentation", "man:a"),
        ("User", "x"),
    )
    tally = network.tally
    assert (tally.translated, tally.noted, tally.unsupported) == (5, 3, 2)


# -------------------------------------------------------------------- what the text does


def _run(
    body: str, folder: Path, programs: Mapping[str, int], unit: str = ""
) -> tuple[int, list[str]]:
    """The exit code of the emitted text, and the programs that ran; each exits with its code."""
    for name, code in programs.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\necho {name} >> {folder}/ran\nexit {code}\n")
        path.chmod(0o755)
    job, _ = service(body.replace("@", f"{folder}/"), unit.replace("@", f"{folder}/"))
    code = 0
    for text in texts(job):
        code = subprocess.run(["/bin/sh", "-c", text], check=False, env=os.environ).returncode
        if code:
            break
    ran = folder / "ran"
    return code, ran.read_text().split() if ran.exists() else []


ALL = "ExecCondition=@c\nExecStartPre=@p\nExecStart=@a\nExecStart=@b\nExecStopPost=@z"


@pytest.mark.parametrize(
    ("body", "codes", "code", "ran"),
    [
        (ALL, {}, 0, "c p a b z"),
        (ALL, {"c": 1}, 0, "c z"),
        (ALL, {"c": 255}, 255, "c z"),
        (ALL, {"p": 3}, 3, "c p z"),
        (ALL, {"a": 4, "z": 5}, 4, "c p a z"),
        (ALL, {"z": 5}, 5, "c p a b z"),
        (f"{ALL}\nSuccessExitStatus=4", {"a": 4}, 0, "c p a b z"),
        (f"{ALL}\nSuccessExitStatus=4", {"a": 5}, 5, "c p a z"),
        (f"{ALL}\nTimeoutStartSec=60", {"a": 4}, 4, "c p a z"),
        ("ExecStart=-@a\nExecStart=@b\nExecStart=@z", {"a": 1, "b": 2}, 2, "a b"),
        ("ExecStart=-@a\nExecStart=-@b\nTimeoutStartSec=9", {"a": 1, "b": 2}, 0, "a b"),
        ("ExecStart=@a\nWorkingDirectory=/nowhere", {}, 2, ""),
        ("ExecStart=-@a\nExecStart=@b\nWorkingDirectory=-/nowhere", {"a": 1}, 0, "a b"),
    ],
)
def test_failures_end_a_service_as_in_systemd(
    body: str, codes: dict[str, int], code: int, ran: str, tmp_path: Path
) -> None:
    programs = dict.fromkeys("cpabz", 0) | codes
    assert _run(body, tmp_path, programs) == (code, ran.split())


@pytest.mark.parametrize(
    ("unit", "code", "ran"),
    [
        ("ConditionPathExists=@a", 0, ["a"]),
        ("ConditionPathExists=@x", 0, []),
        ("AssertPathExists=@x", 1, []),
        ("AssertPathExists=!@x", 0, ["a"]),
        ("ConditionPathExists=|@x\nConditionFileIsExecutable=|@a", 0, ["a"]),
        ("ConditionPathExists=|@x\nConditionFileIsExecutable=|!@a", 0, []),
        ("ConditionPathExistsGlob=@[a-c]\nConditionDirectoryNotEmpty=@", 0, ["a"]),
        ("ConditionPathExistsGlob=!@[a-c]", 0, []),
        ("ConditionPathExists=@a\nAssertFileNotEmpty=!@a", 1, []),
        ("ConditionPathIsDirectory=@a\nAssertPathExists=@x", 0, []),
    ],
)
def test_checks_skip_or_fail(unit: str, code: int, ran: list[str], tmp_path: Path) -> None:
    assert _run("ExecStart=@a", tmp_path, {"a": 0}, unit) == (code, ran)


def test_a_limit_ends_each_command_and_no_prefix_hides_that(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("#!/bin/sh\nsleep 5\n")
    (tmp_path / "s").chmod(0o755)
    body = "ExecStart=-@s\nExecStart=@a\nTimeoutStartSec=200ms"
    assert _run(body, tmp_path, {"a": 0}) == (1, [])
