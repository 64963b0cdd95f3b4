"""Jobs that still run under the scheduler of the source: a command says how they ended."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from flytekit import current_context

from transpile.runtime.admin import Admin, flyte_admin, on_platform
from transpile.runtime.estate import Estate, Known
from transpile.runtime.gates import Wait
from transpile.runtime.statuses import FAILURE, RUNNING, SUCCESS, TERMINATED, Status
from transpile.runtime.waits import now, wait_until

# The words of an answer; other jobs have no status. A job on ice holds nobody up.
ANSWERS = {
    **dict.fromkeys(("SUCCESS", "SU", "SUCC", "ON_ICE", "OI"), SUCCESS),
    **dict.fromkeys(("FAILURE", "FA", "ABEND"), FAILURE),
    **dict.fromkeys(("TERMINATED", "TE"), TERMINATED),
    **dict.fromkeys(("RUNNING", "RU", "STARTING", "ST"), RUNNING),
    **dict.fromkeys(("EXEC", "INTRO", "PEND", "SUCCP", "ABENP"), RUNNING),
    **dict.fromkeys(("INACTIVE", "IN", "ACTIVATED", "AC", "ON_HOLD", "OH"), ""),
    **dict.fromkeys(("HOLD", "READY", "SCHED", "ADD", "WAIT", "FENCE", "STUCK"), ""),
    **dict.fromkeys(("DONE", "FAIL", "SUPPR"), ""),
}
LONGEST_ANSWER = 60


@dataclass(frozen=True)
class LegacyJob:
    """A job on the legacy side, and the command that prints how it last ended.

    The command prints a word such as SUCCESS, then, if it knows them, the exit code and
    the time of the end in ISO format.
    """

    name: str
    status: str


class NoAnswer(Exception):
    """The legacy side has not answered; the message says what it did instead."""


def ask(job: LegacyJob) -> Known:
    """The last status of a job on the legacy side. Raises NoAnswer."""
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", job.status],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_ANSWER,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswer(f"{job.name}: no answer: {error}") from error
    answer = done.stdout.decode(errors="replace").split()
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        said = f"exit code {done.returncode}", *reason
        raise NoAnswer(f"{job.name}: no answer: {': '.join(said)}")
    return understood(job, answer)


def understood(job: LegacyJob, answer: Sequence[str]) -> Known:
    """The status in the words of an answer. Raises NoAnswer."""
    word, *rest = answer or ("",)
    if word.upper() not in ANSWERS:
        said = " ".join(answer)[:80] or "nothing"
        raise NoAnswer(f"{job.name}: not an answer: {said}")
    status = ANSWERS[word.upper()]
    code: int | None = None
    changed = now()
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
