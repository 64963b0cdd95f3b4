"""BOX · what it waits for"""

from expected_flyte2.job_runtime import Job, Wait, succeeded

TWO = Job("one_network.one_network", "two")

# THREE · odd.jil:22 · condition: s(TWO)
THREE = Wait(gate="THREE: TWO succeeded", holds=lambda last: succeeded(last(TWO)))
