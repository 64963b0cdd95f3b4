"""What is said of a job or a workflow, attribute by attribute, as text that can be compared.

Every field of the model's `Job` and `Network` stands here, or in `APART` with the place where it is
compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from transpile.drift.texts import FILE, Places, renamed_in
from transpile.model import (
    Command,
    Condition,
    FileWatch,
    Job,
    Network,
    Redirect,
    Steps,
    Text,
    plain,
)
from transpile.model.job import VariableRef
from transpile.model.schedule import Schedule, StartRule
from transpile.model.words import NOTHING, details_of, in_words

APART = {
    **dict.fromkeys(("name", "box"), "matching"),
    **dict.fromkeys(("condition", "box_rule"), "conditions"),
    **dict.fromkeys(("schedule", "start_rule"), "dates"),
    **dict.fromkeys(
        ("action", "description", "notes", "settings", "condition_text", "blocked"), "here, apart"
    ),
    **dict.fromkeys(("span", "condition_span"), "nowhere: a place has no meaning"),
}
"""Fields of a job that are no plain attribute, by where they are compared."""

PLAIN = {
    "kind": "type",
    "rule_blocked": "box rule that cannot be kept",
    "terminates_box": "failure terminates the box",
    "ends_with_box": "terminated with the box",
    "deadlines": "deadlines",
    "retries": "retries",
    "time_limit": "time limit in minutes",
    "status": "initial status",
    "runs_last": "runs last",
    "resources": "resources",
    "image": "image",
    "task_kind": "kind of task",
    "short": "short name",
    "output_file": "output file",
    "alerts": "alerts",
}
"""Fields of a job that are compared in words, with their labels."""


STARTS = "starts"
"""What happens if the condition of a job holds."""


DESCRIPTION = "description"
"""What a comment or an attribute says to readers of a job."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a job or a workflow.

    `texts` are attributes by label. `spelled` are texts without a meaning of their own: how the
    source writes what is compared otherwise. `conditions` are those by what happens if they hold.
    """

    texts: Mapping[str, str]
    spelled: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, Condition | None] = field(default_factory=dict)


def said_of_job(
    job: Job, details: Mapping[str, str], places: Places, schedule_notes: frozenset[str]
) -> Said:
    """What is said of a job; `details` are those of its dialect.

    Notes of places are left out. The `schedule_notes` spell what start times mean.
    """
    texts = _action(job)
    plain_fields = details_of(job, APART)
    texts |= {PLAIN[name.replace(" ", "_")]: value for name, value in plain_fields.items()}
    texts["alerts"] = "; ".join(sorted(map(in_words, job.alerts))) or NOTHING
    notes = _notes(note for note in job.notes if places.without(note[1]) != FILE)
    texts |= {key: value for key, value in notes.items() if key not in schedule_notes}
    texts |= {f"setting {name}": in_words(value) for name, value in job.settings}
    if job.blocked is not None:
        texts["not converted"] = f"{job.blocked.code} {_one_line(job.blocked.reason)}"
    texts |= _of_schedule(job.schedule)
    for label, value in details.items():
        # A detail of its dialect may be called like a field of the model.
        texts[f"{label} in the plan" if label in texts else label] = value
    rule, unread = job.box_rule, ""
    if job.condition is None:
        unread = job.condition_text
    texts["condition that cannot be read"] = _one_line(unread) or NOTHING
    spelled = {"condition": _one_line(job.condition_text), DESCRIPTION: _one_line(job.description)}
    spelled |= {key: _one_line(notes[key]) for key in sorted(schedule_notes & notes.keys())}
    conditions: dict[str, Condition | None] = {STARTS: job.condition}
    if rule is not None:
        spelled["box rule"] = _one_line(rule.text)
        conditions |= {"succeeds": rule.success, "fails": rule.failure}
        texts["box rule at the end"] = "yes" if rule.at_end else NOTHING
    return Said(_without_nothing(texts), _without_nothing(spelled), conditions)


def said_of_network(said: Network, details: Mapping[str, str]) -> Said:
    """What is said of a workflow as a whole."""
    texts = {
        "alerts": "; ".join(sorted(map(in_words, said.alerts))),
        "refused": in_words(said.refused) if said.refused else "",
        **_of_schedule(said.schedule),
        **details,
    }
    return Said(_without_nothing(texts))


def without(said: Said, names: Mapping[str, str]) -> Said:
    """What is said, with other names of jobs in its texts; conditions stay."""
    if not names:
        return said
    texts, spelled = (
        {label: renamed_in(text, names) for label, text in found.items()}
        for found in (said.texts, said.spelled)
    )
    return Said(texts, spelled, said.conditions)


def texts_of(job: Job) -> tuple[str, ...]:
    """The texts of its conditions, as the source spells them."""
    return (job.condition_text, *((job.box_rule.text,) if job.box_rule else ()))


def start_rule_in_words(rule: StartRule | None) -> str:
    """The window and the excluded calendars of a start rule."""
    if rule is None:
        return NOTHING
    names = ", ".join(sorted(calendar.name for calendar in rule.excluded))
    parts = (
        f"within {rule.window}" if rule.window else "",
        f"not on days of {names}" if names else "",
        rule.timezone or "",
    )
    return " ".join(filter(None, parts)) or NOTHING


def _of_schedule(schedule: Schedule | None) -> dict[str, str]:
    """What a schedule says beside its starts."""
    if schedule is None:
        return {}
    return {
        "start during a run": "is lost" if schedule.skips else "",
        "start time": "a place in the plan only" if schedule.placed else "",
    }


def _without_nothing(texts: Mapping[str, str]) -> dict[str, str]:
    return {label: text for label, text in texts.items() if text and text != NOTHING}


def _notes(notes: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Notes by key; those with the same key are joined."""
    found: dict[str, str] = {}
    for key, value in notes:
        found[key] = f"{found[key]}, {value}" if key in found else value
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------- actions


def _action(job: Job) -> dict[str, str]:
    action = job.action
    if isinstance(action, Command):
        return dict(_command(action, ""))
    if isinstance(action, Steps):
        return dict(_steps(action))
    if isinstance(action, FileWatch):
        found = details_of(action, ("path", "profile"))
        texts = {f"watch: {label}": value for label, value in found.items()}
        texts["file"] = _shown(action.path)
        texts["profile"] = _shown(action.profile)
        return {**texts, **_values(action.texts, "")}
    if action is None:
        return {}
    kind = type(action).__name__
    return {f"{kind}: {label}": value for label, value in details_of(action).items()}


def _steps(steps: Steps) -> Iterator[tuple[str, str]]:
    if steps.before is not None:
        yield from _command(steps.before, " before")
    for number, command in enumerate(steps.commands, 1):
        yield from _command(command, f" {number}" if steps.commands[1:] else "")
    if steps.after is not None:
        yield from _command(steps.after, " after")
    yield from details_of(steps, ("commands", "before", "after")).items()


def _command(command: Command, which: str) -> Iterator[tuple[str, str]]:
    yield f"command{which}", _shown(command.text)
    yield f"standard input{which}", _shown(command.stdin)
    yield f"standard output{which}", _redirect(command.stdout)
    yield f"standard error{which}", _redirect(command.stderr)
    for name, value in command.environment:
        yield f"environment {name}{which}", _shown(value) or "empty"
    yield f"profile{which}", _shown(command.profile)
    yield f"shell{which}", command.shell or NOTHING
    success = command.success
    codes = ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in success.ranges)
    yield f"success codes{which}", f"all but {codes or NOTHING}" if success.fails else codes
    yield f"files read{which}", in_words(frozenset(command.reads))
    yield f"files written{which}", in_words(frozenset(command.writes))
    yield f"output that decides{which}", in_words(command.output)
    yield from _values(command.texts, which).items()


def _redirect(redirect: Redirect | None) -> str:
    if redirect is None:
        return NOTHING
    return f"{_shown(redirect.path)}{' (appended)' if redirect.append else ''}"


def _shown(text: Text | None) -> str:
    return plain(text) if text is not None else NOTHING


def _values(texts: Iterable[Text], which: str) -> dict[str, str]:
    """Where values of variables come from, beyond what the texts show."""
    refs = {part for text in texts for part in text if isinstance(part, VariableRef)}
    found = sorted({_source(ref) for ref in refs if ref.jobs or ref.part or ref.zone})
    return {f"values{which}": "; ".join(found)} if found else {}


def _source(ref: VariableRef) -> str:
    jobs = f"from {', '.join(ref.jobs)}" if ref.jobs else ""
    return " ".join(filter(None, (ref.text, ref.name, ref.output, ref.part, ref.zone, jobs)))
