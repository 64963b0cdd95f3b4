"""The tasks of jobs: what they run, with which settings, and their docstrings."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from transpile.lowering.structure import Node
from transpile.lowering.values import references
from transpile.model import (
    Action,
    Approval,
    Command,
    ExitRule,
    FileState,
    FileWatch,
    InitialStatus,
    Job,
    Listing,
    PlatformRun,
    Redirect,
    SettledJob,
    Steps,
    Table,
    Text,
    VariableRef,
    plain,
)
from transpile.targets.flyte.alerts import lines
from transpile.targets.flyte.model import TaskPlan
from transpile.targets.flyte.shell import environment_names, needs_values_in_place, shell_text
from transpile.targets.flyte.values import Call, Codes, Joined, Minutes, Name, Value

Values: TypeAlias = Mapping[str, Name | Call]
"""The value of each reference, by its key."""

SHORT = 76
QUEUE = "kueue.x-k8s.io/queue-name"
_REPORTING = {
    "approved": "approved_status",
    "run": "run_status",
    "run_judged": "run_judged_status",
    "run_node": "run_node_status",
    "wait_for_file": "wait_status",
    "wait_for_run": "wait_run_status",
}
"""The helper that reports a status, for each helper that raises."""


def run_task(
    node: Node,
    task: TaskPlan,
    inputs: Mapping[str, str],
    outputs: Mapping[str, str],
    statuses: dict[str, Value] | None,
) -> TaskPlan:
    """The task of a job, with the action of the job in it.

    `inputs` has the workflow input of each global, `outputs` for each upstream job the parameter
    with the values that it hands over. A job that runs last gets the `statuses` of all other jobs.
    """
    job = node.job
    assert job is not None
    call = _call(_action(node, job), _values(job, inputs, outputs), statuses)
    settings = _retries(job)
    if node.reports:
        keywords = (*call.keywords, *settings, *_limit(job))
        call, settings = Call(_REPORTING[call.function], call.arguments, keywords), ()
    else:
        # Flyte's own timeout includes the time in the queue and retries the tasks that it ends.
        call = Call(call.function, call.arguments, (*call.keywords, *_limit(job)))
    if node.gives and job.output_file:
        words = (Name(call.function), *call.arguments)
        call = Call("with_outputs", words, (*call.keywords, ("output_file", job.output_file)))
    wanted = dict((*task.settings, *settings, *_surroundings(job), *_wanted(job)))
    return replace(task, result=call, settings=tuple(wanted.items()))


def _values(
    job: SettledJob, inputs: Mapping[str, str], outputs: Mapping[str, str]
) -> dict[str, Name | Call]:
    """The values of a job's references: workflow inputs, parts of them, or values of other jobs."""
    found: dict[str, Name | Call] = {}
    for ref in references(job):
        value = Name(inputs[ref.name])
        handed = tuple(Name(outputs[name]) for name in ref.jobs if name in outputs)
        if handed:
            found[ref.key] = Call("output_or", (value, ref.output or ref.name, *handed))
        elif ref.part:
            zone = (ref.zone,) if ref.zone else ()
            found[ref.key] = Call("start_time", (value, ref.part, *zone))
        else:
            found[ref.key] = value
    return found


def _action(node: Node, job: Job) -> Action:
    """The job's action; if the node gives no values, the file for them is /dev/null."""
    action = job.action
    assert action is not None
    if node.gives or job.output_file is None or not isinstance(action, Command | Steps):
        return action
    nowhere = (job.output_file, ("/dev/null",))
    if isinstance(action, Command):
        return replace(action, environment=(nowhere, *action.environment))
    parts = (replace(part, environment=(nowhere, *part.environment)) for part in action.commands)
    return replace(action, commands=tuple(parts))


def _surroundings(job: Job) -> tuple[tuple[str, Value], ...]:
    """Settings of the task's pod: resources and image."""
    asked = Call("Resources", (), job.resources) if job.resources else None
    requests: tuple[tuple[str, Value], ...] = (("requests", asked),) if asked else ()
    return (*requests, ("container_image", job.image)) if job.image else requests


def _wanted(job: Job) -> Iterator[tuple[str, Value]]:
    """Settings that the team wants for the task."""
    for key, value in job.settings:
        if key == "environment" and isinstance(value, Table):
            yield key, {name: str(text) for name, text in value.items}
        elif key == "secrets" and isinstance(value, Listing):
            tables = (item.items for item in value.items if isinstance(item, Table))
            pairs = (tuple((name, str(text)) for name, text in table) for table in tables)
            yield "secret_requests", tuple(Call("Secret", (), pair) for pair in pairs)
        elif key == "cache":
            yield key, Call("Cache", (), (("version", str(value)),))
        elif key == "pod_template":
            yield "pod_template_name", str(value)
    yield from _labelled(job)


def _labelled(job: Job) -> Iterator[tuple[str, Value]]:
    """The labels of the task's pod, one of them Kueue's queue."""
    settings = dict(job.settings)
    labels: dict[str, Value] = {}
    if "queue" in settings:
        labels[QUEUE] = str(settings["queue"])
    given = settings.get("labels")
    if isinstance(given, Table):
        labels |= {name: str(text) for name, text in given.items}
    if labels:
        yield "pod_template", Call("PodTemplate", (), (("labels", labels),))


def overrides(job: Job) -> tuple[tuple[str, Value], ...]:
    """The overrides of the node of an entity: retries and pod settings of the mapped job."""
    return (*_retries(job), *_surroundings(job), *_labelled(job))


def _retries(job: Job) -> tuple[tuple[str, Value], ...]:
    return (("retries", job.retries),) if job.retries else ()


def _limit(job: Job) -> tuple[tuple[str, Value], ...]:
    return (("time_limit", Minutes(job.time_limit)),) if job.time_limit else ()


def documentation(job: SettledJob) -> tuple[str, ...]:
    """The lines of a job's docstring: name and place, condition, description, notes."""
    head = f"{job.name} · {job.span.file}:{job.span.line}"
    lines: list[str] = []
    if job.condition_text and len(head) + len(job.condition_text) < SHORT - 14:
        head += f" · condition: {job.condition_text}"
    elif job.condition_text:
        lines.append(f"condition: {job.condition_text}")
    if job.status is not InitialStatus.ACTIVE:
        lines.append(f"status: {job.status.value}")
    paragraphs = [lines, [job.description] if job.description else [], _notes(job)]
    body = [line for paragraph in paragraphs if paragraph for line in ("", *paragraph)]
    return (head, *body)


def _notes(job: SettledJob) -> list[str]:
    notes = [f"{key}: {value}" for key, value in job.notes]
    if job.status is not InitialStatus.ACTIVE or job.held_up:
        notes = [*_action_notes(job), *notes]
    return notes


def _action_notes(job: Job) -> list[str]:
    """Notes about the action of a job that does not run."""
    action = job.action
    notes: list[str] = []
    if isinstance(action, Command):
        notes.append(f"command: {plain(action.text)}")
        notes += [f"stdin: {plain(action.stdin)}"] if action.stdin else []
        for name, redirect in (("stdout", action.stdout), ("stderr", action.stderr)):
            if redirect:
                notes.append(f"{name}: {'>>' if redirect.append else '>'} {plain(redirect.path)}")
        notes += [f"environment: {name}={plain(text)}" for name, text in action.environment]
        notes += [f"profile: {plain(action.profile)}"] if action.profile else []
        notes += [f"shell: {action.shell}"] if action.shell else []
        if action.success != ExitRule():
            rule = "fail_codes" if action.success.fails else "success_codes"
            codes = ", ".join(f"{a}-{b}" for a, b in action.success.ranges)
            notes.append(f"{rule}: {codes or 'none'}")
    elif isinstance(action, Steps):
        notes += [f"command: {plain(part.text)}" for part in action.parts]
    elif isinstance(action, FileWatch):
        notes.append(f"waits for: {plain(action.path)} ({action.state.value})")
        how = "once" if action.once else f"every {action.interval} s"
        notes.append(f"{how}, at least {action.min_size} bytes")
        notes += [f"profile: {plain(action.profile)}"] if action.profile else []
    notes += [f"{end}: {line}" for end, line in lines(job.alerts, "job", job.name)]
    notes += [f"retries: {job.retries}"] if job.retries else []
    notes += [f"time limit: {job.time_limit} minutes"] if job.time_limit else []
    return notes


def _call(action: Action, values: Values, statuses: dict[str, Value] | None) -> Call:
    if isinstance(action, PlatformRun):
        return _wait_for_run(action)
    if isinstance(action, Approval):
        return Call("approved", (action.question,), (("answer", Name("answer")),))
    if isinstance(action, Steps):
        return _run_node(action, values, statuses)
    return _wait(action, values) if isinstance(action, FileWatch) else _run(action, values)


def _run_node(steps: Steps, values: Values, statuses: dict[str, Value] | None) -> Call:
    def part(command: Command) -> Call:
        call = _run(command, values)
        return Call("command", call.arguments, call.keywords)

    abort = steps.abort
    options: dict[str, Value | None] = {
        "pre": part(steps.before) if steps.before else None,
        "post": part(steps.after) if steps.after else None,
        "pre_skip": steps.skip,
        "tolerance": steps.tolerance or None,
        "unless_exit": steps.unless,
        "abort_on": abort.code if abort else None,
        "abort_result": abort.result if abort and abort.result != abort.code else None,
        "nodes": statuses,
    }
    keywords = tuple((key, value) for key, value in options.items() if value is not None)
    return Call("run_node", tuple(part(command) for command in steps.commands), keywords)


def _run(command: Command, values: Values) -> Call:
    used = {p.key for text in command.texts for p in text if isinstance(p, VariableRef)}
    names = environment_names(command, [name for name in values if name in used])
    environment: dict[str, Value] = {}
    for variable, name in names.items():
        environment[name] = values[variable]
    for name, text in command.environment:
        environment[name] = _value(text, values)
    keywords: list[tuple[str, Value]] = []
    if environment:
        keywords.append(("env", environment))
    if command.stdin:
        keywords.append(("stdin", shell_text(command.stdin, names, quoted=True)))
    for key, redirect in (("stdout", command.stdout), ("stderr", command.stderr)):
        if redirect:
            # The same file opened twice for writing would lose lines.
            same = key == "stderr" and redirect == command.stdout and not redirect.append
            keywords.append((key, "> &1" if same else _redirect(redirect, names)))
    if command.profile:
        keywords.append(("profile", shell_text(command.profile, names, quoted=True)))
    if command.shell:
        keywords.append(("shell", command.shell))
    if command.success != ExitRule():
        key = "fail_codes" if command.success.fails else "success_codes"
        keywords.append((key, Codes(command.success.ranges)))
    keywords += [("output", dict(command.output))] if command.output else []
    in_place = needs_values_in_place(command.text)
    script = _value(command.text, values) if in_place else shell_text(command.text, names)
    return Call("run_judged" if command.output else "run", (script,), tuple(keywords))


def _redirect(redirect: Redirect, names: dict[str, str]) -> str:
    path = shell_text(redirect.path, names, quoted=True)
    return f"{'>>' if redirect.append else '>'} {path}"


def _wait(watch: FileWatch, values: Values) -> Call:
    keywords: list[tuple[str, Value]] = []
    if watch.state is FileState.ABSENT:
        keywords.append(("absent", True))
    if not watch.once:
        keywords.append(("interval", watch.interval))
    if watch.min_size:
        keywords.append(("min_size", watch.min_size))
    if watch.state is FileState.COMPLETE:
        keywords.append(("steady", watch.steady))
    if watch.once:
        keywords.append(("once", True))
    if watch.profile:
        keywords.append(("profile", _value(watch.profile, values)))
    return Call("wait_for_file", (_value(watch.path, values),), tuple(keywords))


def _wait_for_run(run: PlatformRun) -> Call:
    places = (("project", run.project), ("domain", run.domain))
    keywords = tuple((key, value) for key, value in places if value)
    return Call("wait_for_run", (run.workflow,), (("within", Minutes(run.within)), *keywords))


def _value(text: Text, values: Values) -> Value:
    parts = tuple(p if isinstance(p, str) else values[p.key] for p in text)
    if len(parts) == 1:
        return parts[0]
    # Values that helpers compute reach commands through the environment only.
    return Joined(tuple(p for p in parts if not isinstance(p, Call))) if parts else ""
