"""WEEKLY · what it waits for"""

from datetime import timedelta

from expected.job_runtime import Job, Wait, succeeded

BRANCHES_CLOSE = Job("CLOSE", "close-job")
CLEARING_SCRIPT = Job("CLEARING_network", "script", box="clearing-start")
CLEARING_INLINE = Job("CLEARING_network", "inline", box="clearing-start")

# CLEARING.REPORTS.WEEKLY · bank.xml:45
WEEKLY = Wait(
    workflow="WEEKLY",
    gate="CLEARING.REPORTS.WEEKLY: BRANCHES.CLOSE succeeded in the run begun 12:59 before to 10:59 after this one, at most 10:00 after this start and (CLEARING.SCRIPT succeeded in the run begun 11:5... f9111be0",
    node="weekly-job-wait",
    holds=lambda last: succeeded(
        last(
            BRANCHES_CLOSE,
            begun=(timedelta(minutes=-779), timedelta(minutes=659)),
            by=timedelta(hours=10),
        )
    )
    and (
        succeeded(
            last(
                CLEARING_SCRIPT,
                begun=(timedelta(minutes=-719), timedelta(minutes=719)),
                by=timedelta(hours=10),
            )
        )
        or succeeded(
            last(
                CLEARING_INLINE,
                begun=(timedelta(minutes=-719), timedelta(minutes=719)),
                by=timedelta(hours=10),
            )
        )
    ),
    limit=timedelta(hours=10),
)
