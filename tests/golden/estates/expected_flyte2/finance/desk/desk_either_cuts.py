"""DESK_EITHER · what it waits for"""

from expected_flyte2.job_runtime import Job, Wait, succeeded

FIN_AUDIT = Job("finance-fin_audit.fin_audit", "fin_audit_task")
TRD_CLOSE = Job(
    "trading-close-trd_close.trd_close",
    "TRD_CLOSE ended",
    box="TRD_CLOSE started",
    is_box=True,
)

# DESK_EITHER · finance/morning.jil:35 · condition: s(FIN_AUDIT) | s(TRD_CLOSE)
DESK_EITHER = Wait(
    gate="DESK_EITHER: FIN_AUDIT succeeded or TRD_CLOSE succeeded",
    holds=lambda last: succeeded(last(FIN_AUDIT)) or succeeded(last(TRD_CLOSE)),
)
