"""CLEARING_network · what it waits for"""

from datetime import timedelta

from expected_flyte2.job_runtime import Job, Wait, succeeded

BRANCHES_CLOSE = Job("close.close", "close_task")

# CLEARING · bank.xml:5 · condition: BRANCHES-CLOSED
CLEARING = Wait(
    gate="CLEARING: BRANCHES.CLOSE succeeded in the run begun 12:59 before to 10:59 after this one, at most 10:00 after this start",
    holds=lambda last: succeeded(
        last(
            BRANCHES_CLOSE,
            begun=(timedelta(minutes=-779), timedelta(minutes=659)),
            by=timedelta(hours=10),
        )
    ),
    limit=timedelta(hours=10),
)
