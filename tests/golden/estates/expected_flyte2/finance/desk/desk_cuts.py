"""DESK · what it waits for"""

from expected_flyte2.job_runtime import Job, Wait, not_running, succeeded

FIN_NIGHT = Job(
    "finance-fin_night.fin_night",
    "FIN_NIGHT ended",
    box="FIN_NIGHT started",
    is_box=True,
)
TRD_CLOSE = Job(
    "trading-close-trd_close.trd_close",
    "TRD_CLOSE ended",
    box="TRD_CLOSE started",
    is_box=True,
)

# DESK · finance/morning.jil:10 · condition: s(FIN_NIGHT) & n(TRD_CLOSE)
DESK = Wait(
    gate="DESK: FIN_NIGHT succeeded and TRD_CLOSE does not run",
    holds=lambda last: succeeded(last(FIN_NIGHT)) and not_running(last(TRD_CLOSE)),
)
