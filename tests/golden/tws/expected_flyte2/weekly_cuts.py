"""WEEKLY · what it waits for"""

from datetime import timedelta

from expected_flyte2.job_runtime import Job, Wait, succeeded

MAIN_LOAD = Job(
    "load_network.load_network", "MAIN#LOAD ended", box="MAIN#LOAD started", is_box=True
)

# MAIN#WEEKLY · streams.tws:33 · condition: FOLLOWS LOAD.@ PREVIOUS, FOLLOWS WEEKLY PREVIOUS, FOLLOWS FARNET::CPU9#REMOTE.JOB
WEEKLY = Wait(
    gate="MAIN#WEEKLY: MAIN#LOAD succeeded in the run begun 21:00 before to 3:30 after this one",
    holds=lambda last: succeeded(
        last(MAIN_LOAD, begun=(timedelta(hours=-21), timedelta(minutes=210)))
    ),
)
