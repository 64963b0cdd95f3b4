"""Jobs to task functions."""

from transpile.flyte.model import Call, Codes, Joined, Minutes, Name, TaskPlan, Value
from transpile.flyte.shell import environment_names, shell_text
from transpile.ir import (
    Command,
    ExitRule,
    FileState,
    FileWatch,
    InitialStatus,
    Job,
    Redirect,
    Text,
    VariableRef,
)

SHORT = 76


def variables_of(job: Job) -> list[str]:
    """The globals that the job's task is handed, in the order in which the source names them."""
    if job.blocked or job.status is not InitialStatus.ACTIVE:
        return []
    texts: list[Text] = []
    if isinstance(job.action, FileWatch):
        texts = [job.action.path]
    elif isinstance(job.action, Command):
        command = job.action
        redirects = [r.path for r in (command.stdout, command.stderr) if r]
        texts = [command.text, command.stdin or (), *redirects, command.profile or ()]
        texts += [value for _, value in command.environment]
    refs = (part.name for text in texts for part in text if isinstance(part, VariableRef))
    return list(dict.fromkeys(refs))


def plan_task(job: Job, function: str, inputs: dict[str, str], todos: tuple[str, ...]) -> TaskPlan:
    """The task of a job; `inputs` maps globals to names of workflow inputs."""
    variables = variables_of(job)
    settings: list[tuple[str, Value]] = []
    call = _call(job, {name: inputs[name] for name in variables})
    if call is not None and call.function != "blocked":
        if job.retries:
            settings.append(("retries", job.retries))
        if job.time_limit:
            settings.append(("timeout", Minutes(job.time_limit)))
    return TaskPlan(
        function=function,
        job=job.name,
        documentation=documentation(job),
        todos=todos,
        settings=tuple(settings),
        parameters=tuple(inputs[name] for name in variables),
        call=call,
    )


def documentation(job: Job) -> tuple[str, ...]:
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


def _notes(job: Job) -> list[str]:
    notes = [f"{key}: {value}" for key, value in job.notes]
    if job.status is not InitialStatus.ACTIVE or job.blocked:
        notes = [*_action_notes(job), *notes]
    return notes


def _action_notes(job: Job) -> list[str]:
    """What the task would run, where it does not."""
    if isinstance(job.action, Command):
        return [f"command: {_source(job.action.text)}"]
    if isinstance(job.action, FileWatch):
        return [f"watch_file: {_source(job.action.path)}"]
    return []


def _source(text: Text) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in text)


def _call(job: Job, inputs: dict[str, str]) -> Call | None:
    if job.status in (InitialStatus.ON_ICE, InitialStatus.ON_NOEXEC):
        return None
    if job.blocked:
        return Call("blocked", (job.blocked.code, job.blocked.reason))
    if job.status is InitialStatus.ON_HOLD:
        return Call("blocked", ("A206", "on hold"))
    if isinstance(job.action, FileWatch):
        return _wait(job.action, inputs)
    if isinstance(job.action, Command):
        return _run(job.action, inputs)
    return None


def _run(command: Command, inputs: dict[str, str]) -> Call:
    names = environment_names(command, list(inputs))
    environment: dict[str, Value] = {}
    for variable, name in names.items():
        environment[name] = Name(inputs[variable])
    for name, text in command.environment:
        environment[name] = _value(text, inputs)
    keywords: list[tuple[str, Value]] = []
    if environment:
        keywords.append(("env", environment))
    if command.stdin:
        keywords.append(("stdin", shell_text(command.stdin, names, quoted=True)))
    for key, redirect in (("stdout", command.stdout), ("stderr", command.stderr)):
        if redirect:
            keywords.append((key, _redirect(redirect, names)))
    if command.profile:
        keywords.append(("profile", shell_text(command.profile, names, quoted=True)))
    if command.shell:
        keywords.append(("shell", command.shell))
    if command.success != ExitRule():
        key = "fail_codes" if command.success.fails else "success_codes"
        keywords.append((key, Codes(command.success.ranges)))
    return Call("run", (shell_text(command.text, names),), tuple(keywords))


def _redirect(redirect: Redirect, names: dict[str, str]) -> str:
    path = shell_text(redirect.path, names, quoted=True)
    return f"{'>>' if redirect.append else '>'} {path}"


def _wait(watch: FileWatch, inputs: dict[str, str]) -> Call:
    keywords: list[tuple[str, Value]] = []
    if watch.state is FileState.ABSENT:
        keywords.append(("absent", True))
    keywords.append(("interval", watch.interval))
    if watch.min_size:
        keywords.append(("min_size", watch.min_size))
    if watch.state is FileState.COMPLETE:
        keywords.append(("steady", watch.steady))
    return Call("wait_for_file", (_value(watch.path, inputs),), tuple(keywords))


def _value(text: Text, inputs: dict[str, str]) -> Value:
    parts = tuple(p if isinstance(p, str) else Name(inputs[p.name]) for p in text)
    if len(parts) == 1:
        return parts[0]
    return Joined(parts) if parts else ""
