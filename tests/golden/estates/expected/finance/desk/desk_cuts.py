"""DESK · what it waits for"""

from expected.job_runtime import Job, Wait, not_running, succeeded

FIN_NIGHT = Job("FIN_NIGHT", "fin-night-end", box="", is_box=True)
TRD_CLOSE = Job("TRD_CLOSE", "trd-close-end", box="", is_box=True)

# DESK · finance/morning.jil:10 · condition: s(FIN_NIGHT) & n(TRD_CLOSE)
DESK = Wait(
    workflow="DESK",
    gate="DESK: FIN_NIGHT succeeded and TRD_CLOSE does not run",
    node="desk-wait",
    holds=lambda last: succeeded(last(FIN_NIGHT)) and not_running(last(TRD_CLOSE)),
)
