"""The scheduler of the source, while jobs run on both sides: commands ask it and tell it."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

from flytekit import current_context

from transpile.runtime.admin import Admin, flyte_admin, on_platform
from transpile.runtime.estate import NEVER, Estate, Known
from transpile.runtime.gates import Wait
from transpile.runtime.resume import is_taken_over, was_told
from transpile.runtime.statuses import (
    FAILURE,
    RUNNING,
    SKIPPED,
    SUCCESS,
    TERMINATED,
    Status,
)
from transpile.runtime.waits import now, wait_until

# The words of an answer; other jobs have no status. A job on ice holds nobody up.
ANSWERS = {
    **dict.fromkeys(("SUCCESS", "SU", "SUCC", "ON_ICE", "OI"), SUCCESS),
    **dict.fromkeys(("FAILURE", "FA", "ABEND"), FAILURE),
    **dict.fromkeys(("TERMINATED", "TE"), TERMINATED),
    **dict.fromkeys(("RUNNING", "RU", "STARTING", "ST"), RUNNING),
    **dict.fromkeys(("RESTART", "RE", "WAIT_REPLY", "SUSPENDED"), RUNNING),
    **dict.fromkeys(("EXEC", "INTRO", "PEND", "SUCCP", "ABENP"), RUNNING),
    **dict.fromkeys(("INACTIVE", "IN", "ACTIVATED", "AC", "ON_HOLD", "OH"), ""),
    **dict.fromkeys(("QUE_WAIT", "QU", "PEND_MACH", "PE", "RESWAIT", "ON_NOEXEC"), ""),
    **dict.fromkeys(("HOLD", "READY", "SCHED", "ADD", "WAIT", "FENCE", "STUCK"), ""),
    **dict.fromkeys(("DONE", "FAIL", "SUPPR"), ""),
}
INACTIVE = "INACTIVE"
LONGEST_ANSWER = 60


@dataclass(frozen=True)
class LegacyJob:
    """A job of the legacy side, and the command that asks or tells how it last ended.

    The command `status` is for a job that runs there. It prints a word such as SUCCESS,
    then, if it knows them, the exit code and the time of the end in ISO format. The command
    `tell` is for a job that has moved: {status} and {code} in it are those of the job here. In a
    program of Flyte 2, `task` is the task that runs it.
    """

    name: str
    status: str = ""
    tell: str = ""
    task: str = ""

    def last_known(self) -> Known:
        """Its last status; asks until there is an answer."""
        answers: list[Known] = []
        wait_until(partial(_answers, self, answers), self.name, LONGEST_ANSWER, None)
        return answers[0]


class NoAnswer(Exception):
    """The legacy side has not answered; the message says what it did instead."""


def ask(job: LegacyJob) -> Known:
    """The last status of a job on the legacy side. Raises NoAnswer."""
    return understood(job, _printed(job.name, job.status).split())


def _printed(job: str, command: str) -> str:
    """What a command about a job prints. Raises NoAnswer."""
    try:
        ended = subprocess.run(
            ["/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_ANSWER,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswer(f"{job}: no answer: {error}") from error
    if ended.returncode:
        reason = ended.stderr.decode(errors="replace").strip().splitlines()[-1:]
        said = f"exit code {ended.returncode}", *reason
        raise NoAnswer(f"{job}: no answer: {': '.join(said)}")
    return ended.stdout.decode(errors="replace")


def _answers(job: LegacyJob, answers: list[Known]) -> bool:
    """True if there is an answer about a job, which is put into the list then."""
    try:
        answers.append(ask(job))
    except NoAnswer as error:
        print(f"{error}; asking again", flush=True)
    return bool(answers)


def understood(job: LegacyJob, answer: Sequence[str]) -> Known:
    """The status in the words of an answer. Raises NoAnswer."""
    word, *rest = answer or ("",)
    if word.upper() not in ANSWERS:
        said = " ".join(answer)[:80] or "nothing"
        raise NoAnswer(f"{job.name}: not an answer: {said}")
    status = ANSWERS[word.upper()]
    code: int | None = None
    # An end at an unknown time is in no window.
    changed = NEVER
    for text in rest:
        try:
            if text.lstrip("-").isdecimal():
                code = int(text)
                continue
            # A time without a zone is one of the container's zone; Z is UTC.
            changed = datetime.fromisoformat(text.replace("Z", "+00:00"))
            changed = changed.astimezone(timezone.utc)
        except ValueError as error:
            raise NoAnswer(f"{job.name}: not an answer: {text[:80]}") from error
    known = status and status != RUNNING
    return Known(str(Status(status, code)) if known else status, changed, "legacy side")


@dataclass(frozen=True)
class BothSides:
    """The last statuses of jobs here and on the legacy side, for one execution."""

    here: Estate

    def last(self, job: Any, *, within: timedelta | None = None, **window: Any) -> str:
        """The last status of a job. Raises NoAnswer."""
        if not isinstance(job, LegacyJob):
            return self.here.last(job, within=within, **window)
        known = ask(job)
        late = within is not None and now() - known.changed > within
        return "" if late and known.status != RUNNING else known.status


def look_at_legacy(wait: Wait, *, interval: float) -> str:
    """Open the gate of this execution as soon as its condition holds.

    Asks every so many seconds: the legacy side does not tell when a job ends. An answer that
    fails to come changes nothing. Ends when somebody else answers the gate. Raises Killed at
    the limit of the wait.
    """
    if not on_platform():
        print(f"{wait.gate}: no platform here", flush=True)
        return ""
    admin, execution = flyte_admin(), current_context().execution_id.name
    wait_until(
        lambda: opens_now(admin, execution, wait),
        wait.gate,
        interval,
        wait.limit,
    )
    return f"{wait.gate}: open"


def opens_now(admin: Admin, execution: str, wait: Wait) -> bool:
    """Open the gate if its condition holds now; True if it is open then."""
    if admin.is_answered(execution, wait.gate):
        print(f"{wait.gate}: answered by somebody", flush=True)
        return True
    try:
        holds = wait.holds(BothSides(Estate(admin, execution)).last)
    except NoAnswer as error:
        print(f"{error}; asking again", flush=True)
        return False
    if holds:
        admin.open(execution, wait.gate)
    print(f"{wait.gate}: {'holds' if holds else 'not yet'}", flush=True)
    return holds


def tell_legacy_start(
    *jobs: LegacyJob,
    resets: Sequence[LegacyJob] = (),
    interval: float,
) -> str:
    """Tell the legacy side that jobs start; the `resets` are jobs in a box that starts.

    What this execution takes over from an earlier one does not start again. Returns when
    the legacy side knows.
    """
    told = dict.fromkeys(resets, INACTIVE) | dict.fromkeys(jobs, RUNNING)
    starting = {job: status for job, status in told.items() if _starts(job)}
    return _tell_all(starting, interval)


def tell_legacy(job: LegacyJob, status: str, *, interval: float) -> str:
    """Tell the legacy side how a job has ended; returns when it knows.

    It hears nothing of a job that was skipped or a box that has not completed, and nothing
    again that it has heard of an execution that this one resumes.
    """
    known = status in (SKIPPED, RUNNING) or (on_platform() and was_told(job.name))
    return _tell_all({} if known else {job: status}, interval)


def _starts(job: LegacyJob) -> bool:
    return not on_platform() or not is_taken_over(job.name)


def _tell_all(statuses: Mapping[LegacyJob, str], interval: float) -> str:
    """Tell the legacy side these statuses, each again and again until it has heard it."""
    if not on_platform():
        said = "no platform here"
    else:
        for job, status in statuses.items():
            wait_until(partial(hears, job, status), job.name, interval, None)
        said = ", ".join(f"{job.name} {each}" for job, each in statuses.items())
    print(f"told: {said or 'nothing new'}", flush=True)
    return said


def hears(job: LegacyJob, status: str) -> bool:
    """Tell the legacy side a status; True if it has heard it."""
    known = Status.parse(status)
    command = job.tell.replace("{status}", known.word)
    code = "" if known.code is None else str(known.code)
    try:
        _printed(job.name, command.replace("{code}", code))
    except NoAnswer as error:
        print(f"{error}; telling it again", flush=True)
        return False
    return True
