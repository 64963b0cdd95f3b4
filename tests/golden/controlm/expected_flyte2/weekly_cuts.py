"""WEEKLY · what it waits for"""

from datetime import timedelta

from expected_flyte2.job_runtime import Job, Wait, succeeded

BRANCHES_CLOSE = Job("close.close", "close_task")
CLEARING_SCRIPT = Job(
    "clearing_network.clearing_network", "script", box="CLEARING started"
)
CLEARING_INLINE = Job(
    "clearing_network.clearing_network", "inline", box="CLEARING started"
)

# CLEARING.REPORTS.WEEKLY · bank.xml:45
WEEKLY = Wait(
    gate="CLEARING.REPORTS.WEEKLY: BRANCHES.CLOSE succeeded in the run begun 12:59 before to 10:59 after this one, at most 10:00 after this start and (CLEARING.SCRIPT succeeded in the run begun 11:5... f9111be0",
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
