"""FIN_AUDIT · what it waits for"""

from expected_flyte2.job_runtime import Job, Wait, succeeded

FIN_AUDIT_2 = Job("finance-fin_audit.fin_audit", "fin_audit_task")
FIN_POST = Job("finance-fin_night.fin_night", "fin_post", box="FIN_NIGHT started")

# FIN_AUDIT · finance/night.jil:53 · condition: s(FIN_POST, 0)
FIN_AUDIT = Wait(
    gate="FIN_AUDIT: FIN_POST succeeded since the last run",
    holds=lambda last: succeeded(last(FIN_POST, since=FIN_AUDIT_2)),
)
