"""AFTER · what it waits for"""

from datetime import timedelta

from expected.job_runtime import Job, Wait, succeeded

CLEARING = Job("CLEARING_network", "clearing-end", box="clearing-start", is_box=True)

# BRANCHES.AFTER · bank.xml:75 · condition: CLEARED
AFTER = Wait(
    workflow="AFTER",
    gate="BRANCHES.AFTER: CLEARING succeeded in the run begun 42:59 before to 19:01 before this one, at most 27:00 after this start",
    node="after-job-wait",
    holds=lambda last: succeeded(
        last(
            CLEARING,
            begun=(timedelta(minutes=-2579), timedelta(minutes=-1141)),
            by=timedelta(hours=27),
        )
    ),
    limit=timedelta(hours=27),
)
