"""COPY · what it waits for"""

from datetime import timedelta

from expected.job_runtime import Job, Wait, succeeded

PORT_CRANE = Job("PORT", "crane", box="")

# LATER.COPY · jobs.json:68 · condition: LIFTED
COPY = Wait(
    workflow="COPY",
    gate="LATER.COPY: PORT.CRANE succeeded in the run begun 27:59 before to 4:01 before this one, at most 21:00 after this start",
    node="copy-wait",
    holds=lambda last: succeeded(
        last(
            PORT_CRANE,
            begun=(timedelta(minutes=-1679), timedelta(minutes=-241)),
            by=timedelta(hours=21),
        )
    ),
    limit=timedelta(hours=21),
)
