"""AFTER_network · what it waits for"""

from datetime import timedelta

from expected_flyte2.job_runtime import Job, Wait, succeeded

C_SHARED = Job(
    "shared_network.shared_network",
    "C#SHARED ended",
    box="C#SHARED started",
    is_box=True,
)

# C#AFTER · cycles.tws:22 · condition: FOLLOWS SHARED
AFTER = Wait(
    gate="C#AFTER: C#SHARED succeeded in the run begun 13:00 before to 11:00 after this one",
    holds=lambda last: succeeded(
        last(C_SHARED, begun=(timedelta(hours=-13), timedelta(hours=11)))
    ),
)
