"""FIN_AUDIT · what it waits for"""

from expected.job_runtime import Job, Wait, succeeded

FIN_AUDIT_2 = Job("FIN_AUDIT", "fin-audit-job")
FIN_POST = Job("FIN_NIGHT", "fin-post", box="")

# FIN_AUDIT · finance/night.jil:53 · condition: s(FIN_POST, 0)
FIN_AUDIT = Wait(
    workflow="FIN_AUDIT",
    gate="FIN_AUDIT: FIN_POST succeeded since the last run",
    node="fin-audit-job-wait",
    holds=lambda last: succeeded(last(FIN_POST, since=FIN_AUDIT_2)),
)
