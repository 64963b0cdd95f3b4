"""COPY · what it waits for"""

from datetime import timedelta

from expected.job_runtime import Job, Wait, succeeded

LATER_CRANE = Job("PORT_network", "crane")

# LATER.COPY · jobs.json:70 · condition: LIFTED
COPY = Wait(
    workflow="COPY",
    gate="LATER.COPY: LATER.CRANE succeeded in the run begun 27:59 before to 4:01 before this one, at most 21:00 after this start",
    node="copy-wait",
    holds=lambda last: succeeded(
        last(
            LATER_CRANE,
            begun=(timedelta(minutes=-1679), timedelta(minutes=-241)),
            by=timedelta(hours=21),
        )
    ),
    limit=timedelta(hours=21),
)
