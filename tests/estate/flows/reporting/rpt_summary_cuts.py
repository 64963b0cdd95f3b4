"""RPT.SUMMARY: what starts it."""

from flows.job_runtime import Job, Start, succeeded

FIN_POST = Job("FIN.NIGHT", "fin-post", box="")
TRD_RECON = Job("TRD.CLOSE", "trd-recon", box="")

# RPT.SUMMARY · condition: s(FIN.POST) & s(TRD.RECON)
RPT_SUMMARY = Start(
    launch_plan="RPT.SUMMARY.start",
    holds=lambda last: succeeded(last(FIN_POST)) and succeeded(last(TRD_RECON)),
)
