"""Attributes by which drawings in DOT say what jobs do, so that a drawing can be converted again.

Graphviz ignores attributes that it does not know. What no attribute can say is named in `left_out`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from transpile.model import (
    All,
    AnyOf,
    Atom,
    Blocked,
    Command,
    Condition,
    ExitCode,
    ExitRule,
    Facts,
    GlobalValue,
    InitialStatus,
    Kind,
    OutputValue,
    Schedule,
    SettledJob,
    Status,
    StatusTest,
    atoms,
)
from transpile.targets.flyte.crons import firings

_WORDS = {
    StatusTest.SUCCESS: "success",
    StatusTest.FAILURE: "nonzero",
    StatusTest.TERMINATED: "killed",
    StatusTest.DONE: "ended",
    StatusTest.OVER: "done",
    StatusTest.AWAITED: "done",
    StatusTest.NOT_SUCCEEDED: "!success",
    StatusTest.NOT_FAILED: "!failure",
}
"""What a condition asks of a job."""

LEFT_OUT = {"left_out": "what it does"}
"""The attributes of a job that was left out."""

_FAILURES = (StatusTest.FAILURE, StatusTest.TERMINATED)


class Asks(NamedTuple):
    """What a job asks of others: a word for each edge, or a condition; `is_lost` if neither can."""

    words: Mapping[str, str]
    condition: str = ""
    is_lost: bool = False


class NotDrawn(Exception):
    """A condition has no text."""


def can_stand(text: str) -> bool:
    """True for a text that a drawing holds as it is."""
    return text.replace("\n", "").replace("\t", "").isprintable()


def asks_of(job: SettledJob, upstream: frozenset[str]) -> Asks:
    """What the job asks of the jobs and boxes from which edges lead to it."""
    condition = job.condition
    if condition is None:
        return Asks(dict.fromkeys(upstream, "done"))
    try:
        words = _words(condition)
        if words is not None and words.keys() == upstream:
            return Asks(words)
        text = _text(condition)
    except NotDrawn:
        return Asks({}, is_lost=True)
    named = {atom.job for atom in atoms(condition) if isinstance(atom, Status | ExitCode)}
    # An edge that the condition does not ask for is there for the sake of the order.
    return Asks(dict.fromkeys(upstream - named, "done"), text)


def attributes_of(job: SettledJob, members: Sequence[SettledJob], asks: Asks) -> dict[str, str]:
    """The attributes of a node, or of the cluster of a box with these members."""
    found: dict[str, str] = {}
    lost = list(_lost(job, members))
    action = job.action
    if isinstance(action, Command) and not lost:
        found["command"] = "".join(map(str, action.text))
        if action.environment:
            pairs = ((name, "".join(map(str, text))) for name, text in action.environment)
            found["environment"] = "\n".join(f"{name}={text}" for name, text in pairs)
    elif action is None and job.kind is Kind.COMMAND and job.blocked is None:
        found["type"] = "noop"
    if job.retries:
        found["retries"] = str(job.retries)
    if job.time_limit:
        found["timeout"] = str(job.time_limit)
    if asks.condition:
        found["condition"] = asks.condition
    if asks.is_lost:
        lost.append("its condition")
    if lost:
        found["left_out"] = ", ".join(lost)
    return found


def schedule_of(facts: Facts) -> dict[str, str]:
    """The attributes of a graph: the only cron expression that starts its workflow."""
    schedules = [facts.said.schedule] if facts.said.schedule else []
    tops = (job for job in facts.jobs.values() if job.box is None)
    schedules += [job.schedule for job in tops if job.schedule is not None]
    found = list({schedule.when(): schedule for schedule in schedules})
    if not found:
        return {}
    cron = _cron(found[0]) if len(found) == 1 else ""
    if not cron:
        return {"left_out": "its schedule"}
    zone = found[0].timezone
    return {"schedule": cron, **({"timezone": zone} if zone else {})}


def _cron(schedule: Schedule) -> str:
    """The expression that says all of a schedule; empty if none does."""
    try:
        found = firings(schedule)
    except ValueError:
        return ""
    return found[0].cron if len(found) == 1 and not found[0].asks and not schedule.skips else ""


# ---------------------------------------------------------------- what is lost


def _lost(job: SettledJob, members: Sequence[SettledJob]) -> Iterator[str]:
    """What the attributes cannot say, in words."""
    if job.call is not None:
        yield "what stands for it"
    elif job.action is not None and not _is_plain(job.action):
        yield "what it runs"
    if isinstance(job.blocked, Blocked) and job.action is not None:
        yield "why it does not run"
    if job.status is not InitialStatus.ACTIVE:
        yield f"that it is {job.status.value}"
    if job.terminates_box or job.ends_with_box or job.runs_last:
        yield "when it ends or begins with others"
    if job.start_rule is not None:
        yield "when it may start"
    if not _ends_as_usual(job, members):
        yield "when it succeeds or fails"


def _is_plain(action: object) -> bool:
    """True for a command with nothing around it but variables."""
    if not isinstance(action, Command):
        return False
    values = [part for _, text in action.environment for part in text]
    parts = (*action.text, *values, *(name for name, _ in action.environment))
    if not all(isinstance(part, str) and can_stand(part) for part in parts):
        return False
    if any("\n" in str(value) for value in values):
        return False
    around = (action.stdin, action.stdout, action.stderr, action.profile, action.shell)
    usual = action.success == ExitRule() and not action.output
    return usual and all(each is None for each in around)


def _ends_as_usual(box: SettledJob, members: Sequence[SettledJob]) -> bool:
    """True for a box that succeeds if each of its jobs has, or need not run and has not failed."""
    rule = box.box_rule
    if rule is None:
        asked = (a for job in members for a in atoms(job.condition))
        return all(isinstance(a, Status) and a.test is StatusTest.SUCCESS for a in asked)
    tests = (StatusTest.SUCCESS, StatusTest.NOT_FAILED)
    terms = rule.success.terms if isinstance(rule.success, All) else ()
    good = {t.job for t in terms if isinstance(t, Status) and t.test in tests}
    is_whole = len(terms) == len(members) and good == {job.name for job in members}
    return is_whole and rule.complete and rule.at_end


# ---------------------------------------------------------------- conditions


def _words(condition: Condition) -> dict[str, str] | None:
    """What is asked of each job, if it is one word for each."""
    terms = condition.terms if isinstance(condition, All) else (condition,)
    found: dict[str, str] = {}
    for term in terms:
        word = _word(term)
        if word is None:
            return None
        name, asked = word
        if name in found:
            return None
        found[name] = asked
    return found


def _word(term: Condition) -> tuple[str, str] | None:
    if isinstance(term, AnyOf):
        tests = tuple(t.test for t in term.terms if isinstance(t, Status))
        names = {_job(t) for t in term.terms if isinstance(t, Status)}
        is_failure = tests == _FAILURES and len(term.terms) == 2 and len(names) == 1
        return (names.pop(), "failure") if is_failure else None
    if not isinstance(term, Status):
        return None
    word = _WORDS.get(term.test, "!")
    return None if word.startswith("!") else (_job(term), word)


def _text(condition: Condition) -> str:
    """A condition in the language of lists. Raises NotDrawn."""
    if isinstance(condition, AnyOf) and (word := _word(condition)) is not None:
        return f"failure({_name(word[0])})"
    if isinstance(condition, All | AnyOf):
        if not condition.terms:
            raise NotDrawn
        sign = " & " if isinstance(condition, All) else " | "
        return sign.join(_inner(term) for term in condition.terms)
    job = _job(condition)
    if isinstance(condition, ExitCode):
        return f"exit({_name(job)}) {condition.operator} {condition.value}"
    assert isinstance(condition, Status)
    if condition.test not in _WORDS:
        raise NotDrawn
    return f"{_WORDS[condition.test]}({_name(job)})"


def _inner(term: Condition) -> str:
    text = _text(term)
    is_group = isinstance(term, All | AnyOf) and _word(term) is None
    return f"({text})" if is_group else text


def _job(atom: Atom) -> str:
    """The job of an atom that is about the same run. Raises NotDrawn."""
    if isinstance(atom, GlobalValue | OutputValue):
        raise NotDrawn
    limits = (atom.lookback, atom.instance, atom.begun, atom.by)
    if any(limit is not None for limit in limits) or not can_stand(atom.job):
        raise NotDrawn
    return atom.job


def _name(name: str) -> str:
    """A name in a condition."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
