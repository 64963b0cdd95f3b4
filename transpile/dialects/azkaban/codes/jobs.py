"""Jobs: types, commands and values."""

from transpile.dialects.azkaban.codes.examples import JOB_A
from transpile.findings.finding import Finding, Level


class NoType(Finding, code="A803", level=Level.ERROR, of_action=True):
    """Job without a type.

    Neither the job nor the properties of its folder set a type.
    """

    message = "job {name} has no type"
    help = "add type=command, or the right type"
    name: str


class EndlessValue(Finding, code="A808", level=Level.ERROR, of_action=True):
    """Value that cannot be resolved.

    Properties refer to one another by ${name}. In Azkaban the job fails too.
    """

    message = "the value cannot be resolved: {reason}"
    help = "set one of the properties to a fixed value; the job's node fails until then"
    example = "type=command\na=${b}\nb=${a}\ncommand=echo ${a}\n"
    reason: str


class UntranslatedExpression(Finding, code="A809", level=Level.ERROR, of_action=True):
    """Expression without a translation.

    $(...) in a property is a JEXL expression, which Azkaban evaluates before the job starts. It
    is not a command substitution of a shell.
    """

    message = "the value cannot be resolved: {reason}"
    help = "write out the value, or let the command compute it; the job's node fails until then"
    example = "type=command\ncommand=echo $(1 + 1)\n"
    reason: str


class NoCommand(Finding, code="A810", level=Level.ERROR, of_action=True):
    """Job without a command.

    Azkaban fails such a job.
    """

    message = "job {name} has nothing to run: {reason}"
    help = "give it a command; its node fails until then"
    example = "type=command\nretries=1\n"
    name: str
    reason: str


class InvalidNumber(Finding, code="A812", level=Level.ERROR, of_action=True):
    """Invalid number.

    In Azkaban the flow fails.
    """

    message = "{key} is not a number: {value}"
    help = "write digits; the job's node fails until then"
    example = "type=command\ncommand=true\nretries=some\n"
    key: str
    value: str


class UntranslatedJobType(Finding, code="A813", level=Level.ERROR, of_action=True):
    """Job type without a translation.

    The types command, javaprocess and noop are part of Azkaban itself. Most others are plug-ins,
    which are configured elsewhere.
    """

    message = "job type {type} of {name} has no translation: its node fails"
    help = "replace the body of its task; its docstring has the properties"
    example = "type=voldemort\ndependencies=\n"
    type: str
    name: str


class PropertyIgnored(Finding, code="A814", level=Level.WARNING):
    """Property ignored.

    Flyte's own configuration sets the wait between retries, and Flyte calls no URLs.
    """

    message = "{key} is ignored: {value}"
    help = "check whether the job relies on it"
    example = "type=command\ncommand=true\nretries=1\nretry.backoff=60000\n"
    key: str
    value: str


class PropertyFile(Finding, code="A832", level=Level.WARNING):
    """Property file.

    Azkaban writes all properties of a job into this file.
    """

    message = "{name} reads JOB_PROP_FILE, which does not exist on Flyte"
    help = "pass the properties to the command itself"
    example = "type=command\ncommand=cat-props JOB_PROP_FILE\n"
    name: str


class ValueFromJob(Finding, code="A835", level=Level.NOTE):
    """Value from another job.

    A value that a job writes into JOB_OUTPUT_PROP_FILE is a property of the jobs that depend on it.
    Without one, the workflow input counts; without either, the command refuses to run.
    """

    message = "{key}, used by {name}, is not defined: {others} may pass it, else it is an input"
    help = "nothing to do, if an upstream job writes it into JOB_OUTPUT_PROP_FILE"
    example = (
        JOB_A + "  - {name: B, type: command, dependsOn: [A], config: {command: 'echo ${x}'}}\n"
    )
    key: str
    name: str
    others: str


class ValueAcrossFlows(Finding, code="A836", level=Level.WARNING):
    """Value across flows.

    A flow passes on the output of its last jobs, and of the jobs before them; tasks can pass
    values only inside one workflow.
    """

    message = (
        "{key}, used by {name}, is not defined: if {others} passes it, the value does not arrive"
    )
    help = "pass it as an input of the workflow, or through a file"
    example = (
        "nodes:\n  - name: A\n    type: flow\n    nodes:\n"
        "      - {name: a, type: command, config: {command: ./a.sh}}\n"
        "  - {name: B, type: command, dependsOn: [A], config: {command: 'echo ${x}'}}\n"
    )
    key: str
    name: str
    others: str


class NoShell(Finding, code="A837", level=Level.NOTE):
    """No shell.

    Blanks separate the words of a command and quotes group them; there are no redirections,
    pipes, variables or patterns.
    """

    message = (
        "Azkaban starts the command of {name} without a shell: shell syntax is passed to the "
        "program literally, in the workflow too"
    )
    help = "nothing to do if the job works; otherwise write bash -c '...'"
    example = "type=command\ncommand=ls > list.txt\n"
    name: str


class PluginJob(Finding, code="A838", level=Level.WARNING):
    """Job of a plug-in.

    A plug-in of Azkaban starts its own Java program, with the class path, tokens and defaults of
    its installation. The command line does the same work with the settings of the job.
    """

    message = "{name} runs the command line of {type}: {text}; the plug-in of Azkaban adds settings"
    help = "compare the command with the job's log in Azkaban"
    example = "type=hive\nhive.script=daily.hql\n"
    name: str
    type: str
    text: str


class ServerTimeZone(Finding, code="A840", level=Level.WARNING):
    """Time zone of the start time.

    The project does not name the time zone of its server. The setting applies to schedules too.
    """

    message = "{name} uses {key}: Azkaban uses the time zone of its server, the workflow UTC"
    help = "set the server's zone in transpile.toml: default under [timezones]"
    example = "type=command\ncommand=./load.sh ${azkaban.flow.start.day}\n"
    name: str
    key: str


class ProjectName(Finding, code="A841", level=Level.WARNING):
    """Name of the project.

    A project is named when it is created in Azkaban; its files do not hold the name.
    """

    message = (
        "{name} uses {key}: by default this input of the workflow is the name of the folder, "
        "{project}"
    )
    help = "pass the input if the project has another name in Azkaban"
    name: str
    key: str
    project: str
