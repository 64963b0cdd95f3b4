"""commands, converted by transpile from commands.units."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    ONE_AT_A_TIME,
    blocked,
    command,
    cron,
    run,
    run_node,
)


@task
def fatal() -> int:
    """fatal · commands.units:13

    Type: oneshot
    ExecStart: bin/load
    Environment: SECRET=1
    """
    # TODO[A088] systemd does not start fatal.service: bin/load is neither an absolute path nor a name
    return blocked("A088", "bin/load is neither an absolute path nor a name")


@task
def machine() -> int:
    """machine · commands.units:19

    Type: oneshot
    ExecStart: /usr/bin/load %m
    """
    # TODO[A092] this command line of machine.service has no translation: %m is a value of the machine (the machine)
    return blocked("A092", "%m is a value of the machine (the machine)")


@task
def bytes_job() -> int:
    """bytes · commands.units:24

    Type: oneshot
    ExecStart: /usr/bin/load \\xff
    """
    # TODO[A092] this command line of bytes.service has no translation: it has bytes that are no UTF-8
    return blocked("A092", "it has bytes that are no UTF-8")


@task
def empty() -> int:
    """empty · commands.units:29

    Type: oneshot
    ExecStartPre: /usr/bin/true
    """
    # TODO[A088] systemd does not start empty.service: it has no ExecStart
    return blocked("A088", "it has no ExecStart")


@task
def many() -> int:
    """many · commands.units:34

    ExecStart: /usr/bin/one
    ExecStart: /usr/bin/two
    """
    # TODO[A088] systemd does not start many.service: only a oneshot service has several commands in ExecStart
    return blocked("A088", "only a oneshot service has several commands in ExecStart")


@task
def broken() -> int:
    """broken · commands.units:39"""
    # TODO[A088] systemd does not start broken.service: [Service is no section header
    return blocked("A088", "[Service is no section header")


@task
def words() -> int:
    """words · commands.units:43

    ExecStart: +/usr/bin/words \\q ; :/usr/bin/words ${A} $B
    User: etl
    """
    # TODO[A089] systemd ignores this: a quote ' is open at its end
    # TODO[A091] ExecStart of words.service: the program is not told that it is other
    # TODO[A089] systemd ignores this: a quote ' is open at its end
    # TODO[A090] Environment of words.service is not kept: %H is a value of the machine (the machine)
    # TODO[A091] UnsetEnvironment of words.service: A=2 is not removed
    # TODO[A091] EnvironmentFile of words.service: a shell reads the file when the job runs: it expands $ and splits values without quotes, systemd does neither
    # TODO[A090] EnvironmentFile of words.service is not kept: it is a pattern of files
    # TODO[A089] systemd ignores this: relative is no absolute path
    # TODO[A091] $HOME of words.service: its value is that of the container
    # TODO[A210] INVOCATION_ID is set by the old agent, and not on Flyte
    # TODO[A091] %l of words.service: its value is that of the pod
    # TODO[A091] $B of words.service: the shell splits its value without regard to quotes
    # TODO[A091] PassEnvironment of words.service: the container has to provide what it names
    return run_node(
        command(
            'set -f && set -a && . /etc/words && set +a && unset B && /usr/bin/words "${A}" $B "${TOKEN}" \'$C\' "$(uname -n | cut -d. -f1)" "${HOME}" $INVOCATION_ID || true'
        ),
        command(
            "set -f && set -a && . /etc/words && set +a && unset B && /usr/bin/words name"
        ),
        command(
            "set -f && set -a && . /etc/words && set +a && unset B && /usr/bin/words '\\q'"
        ),
        command(
            "set -f && set -a && . /etc/words && set +a && unset B && /usr/bin/words '${A}' '$B'"
        ),
        command(
            "set -f && set -a && . /etc/words && set +a && unset B && env test -e /tmp"
        ),
    )


@task
def streams() -> int:
    """streams · commands.units:60"""
    # TODO[A090] SuccessExitStatus of streams.service is not kept: the end by SIGTERM is a failure
    # TODO[A089] systemd ignores this: WRONG is no exit code
    # TODO[A091] WorkingDirectory of streams.service: the home directory is that of the container's user
    # TODO[A089] systemd ignores this: 0999 is no mask
    # TODO[A090] StandardInput of streams.service is not kept: the commands read an empty input
    # TODO[A089] systemd ignores this: relative is no absolute path
    return run(
        "cd || exit\n{ timeout -k 90 45 /usr/bin/one 1<> '/var/log/a $b.log' || case $? in 1) ;; *) exit $? ;; esac; } &&\n{ timeout -k 90 45 /usr/bin/two 1<> '/var/log/a $b.log' || [ $? -ne 124 ]; }"
    )


@task
def checks() -> int:
    """checks · commands.units:74"""
    # TODO[A090] ConditionACPower of checks.service is not kept: it asks about the machine: the job runs without this check
    # TODO[A089] systemd ignores this: relative is no absolute path
    # TODO[A090] AssertPathExistsGlob of checks.service is not kept: no shell pattern is the same as /srv/{a,b}
    # TODO[A090] AssertFileNotEmpty of checks.service is not kept: %m is a value of the machine (the machine)
    # TODO[A210] SERVICE_RESULT is set by the old agent, and not on Flyte
    return run(
        '[ -d /srv ] || exit 0\n! [ -L /srv/link ] || exit 0\n[ -f /usr/bin/checks ] && [ -x /usr/bin/checks ] || exit 0\n! [ -e /srv/stop ] || exit 1\n[ -f /usr/bin/checks ] && [ -x /usr/bin/checks ] || exit 1\n[ -d /srv ] || [ -L /srv ] || exit 1\n(/usr/bin/checks)\ncode=$?\n(set -f && /usr/bin/say $SERVICE_RESULT)\nlast=$?\n[ "$code" != 0 ] || code=$last\nexit "$code"'
    )


@task
def settings() -> int:
    """settings · commands.units:92

    PrivateNetwork: no
    """
    # TODO[A090] RemainAfterExit of settings.service is not kept: systemd does not start it again until somebody stops it; the workflow does
    # TODO[A089] systemd ignores this: soon: it is no time span such as 1h 30min
    # TODO[A090] Restart of settings.service is not kept: systemd starts the service again after a signal only, Flyte does not then
    # TODO[A091] CPUQuota of settings.service: much is no request
    # TODO[A091] MemoryMax of settings.service: 50% is no request
    # TODO[A090] FailureAction of settings.service is not kept: nothing does the same for a task
    # TODO[A091] StateDirectory of settings.service: the container has to provide what it names
    # TODO[A090] WatchdogSec of settings.service is not kept: nothing does the same for a task
    return run("/usr/bin/settings")


@task(retries=4)
def simple() -> int:
    """simple · commands.units:120"""
    # TODO[A090] ExecStartPost of simple.service is not kept: it runs beside the main process, as soon as that has started
    # TODO[A090] RestartPreventExitStatus of simple.service is not kept: only 1 is not tried again
    # TODO[A090] Restart of simple.service is not kept: systemd tries again without end, the task 4 times
    return run_node(
        command("timeout -k 90 90 /usr/bin/simple < '/etc/$x'"), unless_exit=1
    )


commands = Workflow(name="commands", failure_policy=KEEP_GOING)

fatal_node = commands.add_entity(fatal).with_overrides(node_name="fatal", name="fatal")
machine_node = commands.add_entity(machine).with_overrides(
    node_name="machine", name="machine"
)
bytes_job_node = commands.add_entity(bytes_job).with_overrides(
    node_name="bytes-job", name="bytes"
)
empty_node = commands.add_entity(empty).with_overrides(node_name="empty", name="empty")
many_node = commands.add_entity(many).with_overrides(node_name="many", name="many")
broken_node = commands.add_entity(broken).with_overrides(
    node_name="broken", name="broken"
)
words_node = commands.add_entity(words).with_overrides(node_name="words", name="words")
streams_node = commands.add_entity(streams).with_overrides(
    node_name="streams", name="streams"
)
checks_node = commands.add_entity(checks).with_overrides(
    node_name="checks", name="checks"
)
settings_node = commands.add_entity(settings).with_overrides(
    node_name="settings", name="settings"
)
simple_node = commands.add_entity(simple).with_overrides(
    node_name="simple", name="simple"
)

commands.add_workflow_output("fatal", fatal_node.o0)
commands.add_workflow_output("machine", machine_node.o0)
commands.add_workflow_output("bytes_job", bytes_job_node.o0)
commands.add_workflow_output("empty", empty_node.o0)
commands.add_workflow_output("many", many_node.o0)
commands.add_workflow_output("broken", broken_node.o0)
commands.add_workflow_output("words", words_node.o0)
commands.add_workflow_output("streams", streams_node.o0)
commands.add_workflow_output("checks", checks_node.o0)
commands.add_workflow_output("settings", settings_node.o0)
commands.add_workflow_output("simple", simple_node.o0)


commands_schedule = LaunchPlan.get_or_create(
    commands,
    name="commands.schedule",
    schedule=cron("0 5 * * *", timezone="UTC"),
    concurrency=ONE_AT_A_TIME,
)


if __name__ == "__main__":
    print(f"Running commands() {commands()}")
