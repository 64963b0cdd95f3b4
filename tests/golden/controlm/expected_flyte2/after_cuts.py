"""AFTER · what it waits for"""

from datetime import timedelta

from expected_flyte2.job_runtime import Job, Wait, succeeded

CLEARING = Job(
    "clearing_network.clearing_network",
    "CLEARING ended",
    box="CLEARING started",
    is_box=True,
)

# BRANCHES.AFTER · bank.xml:75 · condition: CLEARED
AFTER = Wait(
    gate="BRANCHES.AFTER: CLEARING succeeded in the run begun 42:59 before to 19:01 before this one, at most 27:00 after this start",
    holds=lambda last: succeeded(
        last(
            CLEARING,
            begun=(timedelta(minutes=-2579), timedelta(minutes=-1141)),
            by=timedelta(hours=27),
        )
    ),
    limit=timedelta(hours=27),
)
