"""Jobs to task functions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from transpile.model import (
    Action,
    Approval,
    Command,
    ExitRule,
    FileState,
    FileWatch,
    GlobalValue,
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
    atoms,
    plain,
)
from transpile.targets.flyte.alerts import lines
from transpile.targets.flyte.model import TaskPlan
from transpile.targets.flyte.shell import environment_names, needs_values_in_place, shell_text
from transpile.targets.flyte.statuses import SKIPPED, SUCCESS
from transpile.targets.flyte.values import Call, Codes, Joined, Minutes, Name, Value

Values: TypeAlias = Mapping[str, Name | Call]
"""For each reference, by its key, its value."""

SHORT = 76
QUEUE = "kueue.x-k8s.io/queue-name"
_REPORTING = {
    "approved": "approved_status",
    "run": "run_status",
    "run_node": "run_node_status",
    "wait_for_file": "wait_status",
    "wait_for_run": "wait_run_status",
}
"""What reports a status in the place of what raises."""


def variables_of(job: SettledJob) -> list[str]:
    """The globals that the job's task is handed, in the order in which the source names them."""
    return list(dict.fromkeys(ref.name for ref in references(job)))


def references(job: SettledJob) -> list[VariableRef]:
    """The places in what the job does where a value is put in."""
    if job.held_up or job.call or job.status is not InitialStatus.ACTIVE:
        return []
    texts: tuple[Text, ...] = ()
    if isinstance(job.action, Command | FileWatch | Steps):
        texts = job.action.texts
    return [part for text in texts for part in text if isinstance(part, VariableRef)]


def globals_of(job: SettledJob) -> list[str]:
    """The globals that the job, or its start or end if it is a box, may look at."""
    rules = (job.box_rule.success, job.box_rule.failure) if job.box_rule else ()
    asked = (atom for condition in (job.condition, *rules) for atom in atoms(condition))
    names = [atom.name for atom in asked if isinstance(atom, GlobalValue)]
    on_ice = job.status is InitialStatus.ON_ICE
    return list(dict.fromkeys((*variables_of(job), *(() if on_ice else names))))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the task of a job has to do with others.

    Unless its `gate` is true it does not run. One that `reports` returns a status whatever happens;
    one that `gives` also returns what it has for others. `told` has the statuses of all other jobs
    for the one that runs last, `outputs` the parameters that hand over what jobs have for it.
    """

    gate: Value | None = None
    reports: bool = False
    gives: bool = False
    told: dict[str, Value] | None = None
    outputs: dict[str, str] = field(default_factory=dict)


def plan_task(
    job: SettledJob,
    function: str,
    inputs: dict[str, str],
    todos: tuple[str, ...],
    around: Surroundings,
) -> TaskPlan:
    """The task of a job; `inputs` maps globals to names of workflow inputs."""
    variables = variables_of(job)
    values = _handed_values(job, inputs, around.outputs)
    gate, reports = around.gate, around.reports
    retries, limit = _retries(job), _limit(job)
    blocked = job.held_up or job.never_ends
    on_ice = job.status is InitialStatus.ON_ICE
    reports = reports or gate is not None or on_ice
    settings: tuple[tuple[str, Value], ...] = ()
    alerts: tuple[tuple[str, Value], ...] = ()
    result: Value
    if gate is False:
        gate, result = None, SKIPPED
    elif blocked:
        # A box without members is a task: its start and its end are one.
        result = Call("blocked", (blocked.code, blocked.reason))
    elif on_ice:
        result = SKIPPED
    elif job.status is not InitialStatus.ACTIVE or job.action is None:
        result = SUCCESS if reports else 0
    elif reports:
        call = _call(_with_output_file(job, around), values, around.told)
        keywords = (*call.keywords, *retries, *limit)
        result = Call(_REPORTING[call.function], call.arguments, keywords)
    else:
        call = _call(_with_output_file(job, around), values, around.told)
        # Flyte's own timeout counts the time in the queue and retries what it has ended.
        settings = retries
        result = Call(call.function, call.arguments, (*call.keywords, *limit))
    if isinstance(result, Call) and result.function != "blocked":
        settings = (*settings, *_surroundings(job), *_wanted(job))
        alerts = lines(job.alerts, "job", job.name)
        if around.gives and job.output_file:
            told = ("output_file", job.output_file)
            words = (Name(result.function), *result.arguments)
            result = Call("with_outputs", words, (*result.keywords, told))
    return TaskPlan(
        function=function,
        job=job.name,
        documentation=documentation(job),
        todos=todos,
        settings=settings,
        parameters=tuple(inputs[name] for name in variables),
        result=result,
        gate=gate,
        reports=reports,
        gives=around.gives,
        alerts=alerts,
    )


def _handed_values(
    job: SettledJob, inputs: dict[str, str], outputs: dict[str, str]
) -> dict[str, Name | Call]:
    """The values of a job's references: workflow inputs, parts of them, or what jobs hand over."""
    found: dict[str, Name | Call] = {}
    for ref in references(job):
        value = Name(inputs[ref.name])
        given = tuple(Name(outputs[name]) for name in ref.jobs if name in outputs)
        if given:
            found[ref.key] = Call("output_or", (value, ref.output or ref.name, *given))
        elif ref.part:
            zone = (ref.zone,) if ref.zone else ()
            found[ref.key] = Call("start_time", (value, ref.part, *zone))
        else:
            found[ref.key] = value
    return found


def _with_output_file(job: Job, around: Surroundings) -> Action:
    """What the job does, writing what it has for others to nowhere if nobody asks for it."""
    action = job.action
    assert action is not None
    if around.gives or job.output_file is None or not isinstance(action, Command | Steps):
        return action
    nowhere = (job.output_file, ("/dev/null",))
    if isinstance(action, Command):
        return replace(action, environment=(nowhere, *action.environment))
    parts = (replace(part, environment=(nowhere, *part.environment)) for part in action.commands)
    return replace(action, commands=tuple(parts))


def _surroundings(job: Job) -> tuple[tuple[str, Value], ...]:
    """What the task asks Kubernetes for."""
    asked = Call("Resources", (), job.resources) if job.resources else None
    requests: tuple[tuple[str, Value], ...] = (("requests", asked),) if asked else ()
    return (*requests, ("container_image", job.image)) if job.image else requests


def _wanted(job: Job) -> Iterator[tuple[str, Value]]:
    """What a team wants of the task."""
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
    """The labels of the task's pod; Kueue finds the queue in one of them."""
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
    """What the node of an entity has of the job in whose place it stands."""
    return (*_retries(job), *_surroundings(job), *_labelled(job))


def _retries(job: Job) -> tuple[tuple[str, Value], ...]:
    return (("retries", job.retries),) if job.retries else ()


def _limit(job: Job) -> tuple[tuple[str, Value], ...]:
    return (("time_limit", Minutes(job.time_limit)),) if job.time_limit else ()


def documentation(job: SettledJob) -> tuple[str, ...]:
    """The lines of a docstring: name and place, condition, description, notes."""
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
    """What the task would do, where it does not."""
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


def _call(action: Action, values: Values, told: dict[str, Value] | None) -> Call:
    if isinstance(action, PlatformRun):
        return _wait_for_run(action)
    if isinstance(action, Approval):
        return Call("approved", (action.question,), (("answer", Name("answer")),))
    if isinstance(action, Steps):
        return _run_node(action, values, told)
    return _wait(action, values) if isinstance(action, FileWatch) else _run(action, values)


def _run_node(steps: Steps, values: Values, told: dict[str, Value] | None) -> Call:
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
        "nodes": told,
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
            # Two files that are opened anew would write over each other.
            same = key == "stderr" and redirect == command.stdout and not redirect.append
            keywords.append((key, "> &1" if same else _redirect(redirect, names)))
    if command.profile:
        keywords.append(("profile", shell_text(command.profile, names, quoted=True)))
    if command.shell:
        keywords.append(("shell", command.shell))
    if command.success != ExitRule():
        key = "fail_codes" if command.success.fails else "success_codes"
        keywords.append((key, Codes(command.success.ranges)))
    in_place = needs_values_in_place(command.text)
    script = _value(command.text, values) if in_place else shell_text(command.text, names)
    return Call("run", (script,), tuple(keywords))


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
    # What a helper computes reaches commands by way of the environment alone.
    return Joined(tuple(p for p in parts if not isinstance(p, Call))) if parts else ""
