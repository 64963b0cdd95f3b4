"""JOIN · what it waits for"""

from expected_flyte2.job_runtime import Job, Start, succeeded

SECOND = Job("second.second", "second_task")
OTHER_ROOT = Job("other_root.other_root", "other_root_task")

# JOIN · schedules.jil:79 · condition: s(SECOND) & s(OTHER_ROOT)
JOIN = Start(
    task="join.join",
    holds=lambda last: succeeded(last(SECOND)) and succeeded(last(OTHER_ROOT)),
)
