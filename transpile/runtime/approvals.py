"""Approvals: jobs that wait for a person's answer."""

from datetime import timedelta
from typing import Any

from flytekit import wait_for_input
from flytekit.core.context_manager import FlyteContextManager

from transpile.runtime.commands import final_status
from transpile.runtime.failures import Failure


def approval(job: str, *, within: timedelta) -> Any:
    """A person's answer on the platform: is the job approved?

    Without an answer within that time the workflow fails. A local run, which has no platform, takes
    the job to be approved and prints that.
    """
    if FlyteContextManager.current_context().compilation_state is None:
        print(f"{job}: taken to be approved")
        return True
    answer = wait_for_input(job, timeout=within, expected_type=bool)
    return answer.with_overrides(name=f"{job} (answer)")


def approved(question: str, *, answer: bool) -> int:
    """Return 0 if the answer is yes, else raise."""
    if not answer:
        raise Failure("not approved", question, 1)
    return 0


def approved_status(question: str, *, answer: bool) -> str:
    """The answer to a question as a status."""
    return final_status(lambda: approved(question, answer=answer), retries=0)
