"""JOIN · what it waits for"""

from expected.job_runtime import Job, Start, succeeded

SECOND = Job("SECOND", "second-job")
OTHER_ROOT = Job("OTHER_ROOT", "other-root-job")

# JOIN · schedules.jil:79 · condition: s(SECOND) & s(OTHER_ROOT)
JOIN = Start(
    launch_plan="JOIN.start",
    holds=lambda last: succeeded(last(SECOND)) and succeeded(last(OTHER_ROOT)),
)
