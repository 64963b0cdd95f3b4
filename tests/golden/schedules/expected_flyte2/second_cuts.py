"""SECOND · what it waits for"""

from expected_flyte2.job_runtime import Job, Wait, succeeded

FIRST = Job("first.first", "first_task")

# SECOND · schedules.jil:64 · condition: s(FIRST)
SECOND = Wait(gate="SECOND: FIRST succeeded", holds=lambda last: succeeded(last(FIRST)))
