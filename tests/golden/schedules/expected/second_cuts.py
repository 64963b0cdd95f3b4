"""SECOND · what it waits for"""

from expected.job_runtime import Job, Wait, succeeded

FIRST = Job("FIRST", "first-job")

# SECOND · schedules.jil:64 · condition: s(FIRST)
SECOND = Wait(
    workflow="SECOND",
    gate="SECOND: FIRST succeeded",
    node="second-job-wait",
    holds=lambda last: succeeded(last(FIRST)),
)
