"""DESK_TROUBLE · what it waits for"""

from datetime import timedelta

from expected_flyte2.job_runtime import Job, Wait, exit_code, failed, terminated

FIN_NIGHT = Job(
    "finance-fin_night.fin_night",
    "FIN_NIGHT ended",
    box="FIN_NIGHT started",
    is_box=True,
)
TRD_LOAD = Job("trading-close-trd_close.trd_close", "trd_load", box="TRD_CLOSE started")
TRD_RECON = Job(
    "trading-close-trd_close.trd_close", "trd_recon", box="TRD_CLOSE started"
)

# DESK_TROUBLE · finance/morning.jil:25 · condition: f(FIN_NIGHT, 12.00) | t(TRD_LOAD) | e(TRD_RECON) = 2
DESK_TROUBLE = Wait(
    gate="DESK_TROUBLE: FIN_NIGHT failed in the last 12:00 or TRD_LOAD was killed or TRD_RECON ended with exit code 2",
    holds=lambda last: failed(last(FIN_NIGHT, within=timedelta(hours=12)))
    or terminated(last(TRD_LOAD))
    or exit_code(last(TRD_RECON)) == 2,
)
