"""BOX · what it waits for"""

from expected.job_runtime import Job, Wait, succeeded

TWO = Job("ONE_network", "two")

# THREE · odd.jil:22 · condition: s(TWO)
THREE = Wait(
    workflow="BOX",
    gate="THREE: TWO succeeded",
    node="three-wait",
    holds=lambda last: succeeded(last(TWO)),
)
