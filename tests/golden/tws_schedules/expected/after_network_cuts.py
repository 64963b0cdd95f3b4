"""AFTER_network · what it waits for"""

from datetime import timedelta

from expected.job_runtime import Job, Wait, succeeded

C_SHARED = Job("SHARED_network", "shared/shared-end", box="shared", is_box=True)

# C#AFTER · cycles.tws:22 · condition: FOLLOWS SHARED
AFTER = Wait(
    workflow="AFTER_network",
    gate="C#AFTER: C#SHARED succeeded in the run begun 13:00 before to 11:00 after this one",
    node="after-wait",
    holds=lambda last: succeeded(
        last(C_SHARED, begun=(timedelta(hours=-13), timedelta(hours=11)))
    ),
)
