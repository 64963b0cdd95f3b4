"""DESK_EITHER · what it waits for"""

from expected.job_runtime import Job, Wait, succeeded

FIN_AUDIT = Job("FIN_AUDIT", "fin-audit-job")
TRD_CLOSE = Job("TRD_CLOSE", "trd-close-end", box="", is_box=True)

# DESK_EITHER · finance/morning.jil:35 · condition: s(FIN_AUDIT) | s(TRD_CLOSE)
DESK_EITHER = Wait(
    workflow="DESK_EITHER",
    gate="DESK_EITHER: FIN_AUDIT succeeded or TRD_CLOSE succeeded",
    node="desk-either-job-wait",
    holds=lambda last: succeeded(last(FIN_AUDIT)) or succeeded(last(TRD_CLOSE)),
)
