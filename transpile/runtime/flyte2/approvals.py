"""Approvals: jobs that wait for a person's answer."""

from datetime import timedelta

import flyte

from transpile.runtime.flyte2.admin import on_platform
from transpile.runtime.flyte2.failures import Failure


async def approval(job: str, question: str, *, within: timedelta) -> int:
    """Return 0 if a person says yes to the question in time, else raise.

    A local run, which has no platform, takes the job to be approved and prints that.
    """
    if not on_platform():
        print(f"{job}: taken to be approved")
        return 0
    new_condition = flyte.new_condition.aio
    asked = await new_condition(job, prompt=question, data_type=bool, timeout=within)
    try:
        answer = await asked.wait.aio()
    except flyte.errors.ConditionTimedoutError:
        raise Failure("not answered in time", question, 1) from None
    if not answer:
        raise Failure("not approved", question, 1)
    return 0
