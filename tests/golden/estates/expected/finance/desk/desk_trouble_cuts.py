"""DESK_TROUBLE · what it waits for"""

from datetime import timedelta

from expected.job_runtime import Job, Wait, exit_code, failed, terminated

FIN_NIGHT = Job("FIN_NIGHT", "fin-night-end", box="", is_box=True)
TRD_LOAD = Job("TRD_CLOSE", "trd-load", box="")
TRD_RECON = Job("TRD_CLOSE", "trd-recon", box="")

# DESK_TROUBLE · finance/morning.jil:25 · condition: f(FIN_NIGHT, 12.00) | t(TRD_LOAD) | e(TRD_RECON) = 2
DESK_TROUBLE = Wait(
    workflow="DESK_TROUBLE",
    gate="DESK_TROUBLE: FIN_NIGHT failed in the last 12:00 or TRD_LOAD was killed or TRD_RECON ended with exit code 2",
    node="desk-trouble-job-wait",
    holds=lambda last: failed(last(FIN_NIGHT, within=timedelta(hours=12)))
    or terminated(last(TRD_LOAD))
    or exit_code(last(TRD_RECON)) == 2,
)
