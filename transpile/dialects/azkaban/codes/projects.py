"""Files and settings of projects."""

from transpile.dialects.azkaban.codes.examples import JOB_A
from transpile.findings.finding import Finding, Level


class PropertiesRefused(Finding, code="A801", level=Level.ERROR):
    """Unreadable properties.

    `\\u` begins a character by its hexadecimal number.
    """

    message = "Java refuses these properties: {reason}"
    help = "write \\u with four hexadecimal digits, or a doubled backslash"
    example = "type=command\ncommand=echo \\u12\n"
    reason: str


class AmbiguousJob(Finding, code="A802", level=Level.ERROR):
    """Job defined twice.

    Job names are unique in the whole project. If these are two projects, pass their folders
    separately.
    """

    message = "job {name} is also defined at {first}: Azkaban loads neither"
    help = "rename one of them: a job is named after its file, in whatever folder"
    name: str
    first: str


class RepeatedProperty(Finding, code="A811", level=Level.WARNING):
    """Repeated property.

    Java keeps the last value of a property.
    """

    message = "{key} is set twice: the last one counts"
    help = "delete one of them"
    example = "type=command\ncommand=false\ncommand=true\n"
    key: str


class NonAscii(Finding, code="A815", level=Level.WARNING):
    """Characters beyond ASCII.

    Azkaban reads a UTF-8 file as Latin-1: each of these characters becomes two or three others.
    """

    message = "the value is kept as written; Azkaban reads property files as Latin-1"
    help = "write \\u escapes if Azkaban's reading is meant"
    example = "type=command\ncommand=echo \u00e9\n"


class FileRefused(Finding, code="A817", level=Level.ERROR):
    """Unreadable flow file.

    The file is not YAML, or does not have the structure that Azkaban's loader accepts.
    """

    message = "Azkaban refuses the file: {reason}"
    help = "correct it; nothing in the file was converted"
    example = "nodes:\n  - name: A\n    type: noop\n    dependson: [B]\n"
    reason: str


class FlowRefused(Finding, code="A818", level=Level.ERROR):
    """Flow that Azkaban refuses.

    The file can be read, but its nodes are inconsistent.
    """

    message = "Azkaban refuses the flow: {reason}"
    help = "correct it; the flow was left out"
    example = "nodes:\n  - name: A\n    type: noop\n    dependsOn: [B]\n"
    reason: str


class ProjectRefused(Finding, code="A819", level=Level.ERROR):
    """Project that Azkaban refuses.

    A .project file makes a folder a project of flow files.
    """

    message = "Azkaban refuses the project: {reason}"
    help = "keep one .project file in the folder, with azkaban-flow-version: 2.0"
    example = "azkaban-flow-version: 3.0\n"
    reason: str


class NoProject(Finding, code="A820", level=Level.WARNING):
    """Flow file without a project.

    Azkaban reads flow files only in a project with azkaban-flow-version: 2.0.
    """

    message = "no folder around this flow has a .project file: Azkaban would ignore it"
    help = "pass the folder of the whole project"
    example = "nodes:\n  - name: A\n    type: noop\n"


class JobFileIgnored(Finding, code="A821", level=Level.WARNING):
    """Job file in a project of flow files.

    A project has either flow files or job files.
    """

    message = "job {name} was left out: Azkaban ignores job files here"
    help = "delete it, or remove the .project file"
    name: str


class FailureActionNotProven(Finding, code="A826", level=Level.WARNING):
    """Failure action.

    The effect of finish_currently_running depends on which jobs have started by then. The
    workflow behaves as if all jobs that need not wait had started. With finish_all_possible both
    behave the same.
    """

    message = (
        "when a job of {flow} fails, by default Azkaban starts no more jobs; the workflow "
        "continues with jobs that do not wait for the failed one"
    )
    help = "nothing to do, unless no more jobs must start; the flow ends the same way"
    example = JOB_A + "  - {name: B, type: noop}\n"
    flow: str


class JobsNotKilled(Finding, code="A827", level=Level.WARNING):
    """Running jobs that are not killed.

    The effect of cancel_all depends on which jobs run by then. The workflow fails too.
    """

    message = "when a job of {flow} fails, Azkaban kills the other running jobs; Flyte does not"
    help = "check whether these jobs may run to their end"
    example = "config: {failure.action: cancel_all}\n" + JOB_A
    flow: str


class DataTrigger(Finding, code="A828", level=Level.ERROR):
    """Trigger that waits for data.

    Flyte's schedules depend on the clock only.
    """

    message = "the trigger of {flow} waits for {names}: no launch plan was made"
    help = "start the workflow from the system that knows when the data is there"
    example = (
        "trigger:\n  schedule: {type: cron, value: '0 0 8 * * ?'}\n  triggerDependencies:\n"
        "    - {name: data, type: kafka}\nnodes:\n  - name: A\n    type: noop\n"
    )
    flow: str
    names: str


class UntranslatedCron(Finding, code="A829", level=Level.ERROR):
    """Cron expression without a translation.

    Quartz has seconds, years, last days and nth weekdays; Flyte's five fields do not.
    """

    message = "{cron} has no equivalent on Flyte: {reason}; no launch plan was made"
    help = "make a launch plan by hand"
    example = (
        "trigger:\n  schedule: {type: cron, value: '0 0 8 L * ?'}\n"
        "nodes:\n  - name: A\n    type: noop\n"
    )
    cron: str
    reason: str


class SecondsIgnored(Finding, code="A830", level=Level.WARNING):
    """Start within a minute.

    Flyte's schedules have no seconds.
    """

    message = "{cron} starts {second} seconds after the minute, the launch plan at the minute"
    help = "check that it may start earlier"
    example = (
        "trigger:\n  schedule: {type: cron, value: '30 0 8 * * ?'}\n"
        "nodes:\n  - name: A\n    type: noop\n"
    )
    cron: str
    second: int


class InnerNotificationIgnored(Finding, code="A833", level=Level.NOTE):
    """Notification of an embedded flow.

    Azkaban mails the recipients of the outermost flow, at its end.
    """

    message = "{key} of {name} is ignored, because this flow is inside another one: {text}"
    help = "nothing to do; to mail these people, name them in the outermost flow"
    example = (
        "nodes:\n  - name: A\n    type: flow\n    config: {failure.emails: a@example.com}\n"
        "    nodes: [{name: a, type: noop}]\n"
    )
    key: str
    name: str
    text: str


class OverriddenProperty(Finding, code="A839", level=Level.WARNING):
    """Property that a job may override.

    In Azkaban the output of a job overrides flow files and .properties files in the jobs that
    depend on it. Only a command that names JOB_OUTPUT_PROP_FILE shows that its program writes it.
    """

    message = (
        "flow {flow} takes {keys} from the files: a value that a job writes into "
        "JOB_OUTPUT_PROP_FILE is ignored"
    )
    help = "check that no job writes one; if one does, name JOB_OUTPUT_PROP_FILE in its command"
    example = (
        JOB_A + "  - name: B\n    type: command\n    dependsOn: [A]\n"
        "    config: {command: 'echo ${x}'}\nconfig: {x: 1}\n"
    )
    flow: str
    keys: str
