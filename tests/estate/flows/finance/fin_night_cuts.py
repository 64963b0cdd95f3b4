"""FIN.NIGHT: what it waits for in other workflows."""

from datetime import timedelta

from flows.job_runtime import Job, Wait, succeeded

TRD_RECON = Job("TRD.CLOSE", "trd-recon", box="")

# FIN.LOAD · condition: s(TRD.RECON, 12.00)
FIN_LOAD = Wait(
    workflow="FIN.NIGHT",
    gate="TRD.RECON succeeded in the last 12:00",
    holds=lambda last: succeeded(last(TRD_RECON, within=timedelta(hours=12))),
)
