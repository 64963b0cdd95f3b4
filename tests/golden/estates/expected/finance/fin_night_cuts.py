"""FIN_NIGHT · what it waits for"""

from datetime import timedelta

from expected.job_runtime import Job, Wait, done, failed, succeeded

TRD_RECON = Job("TRD_CLOSE", "trd-recon", box="")
PAYROLL = Job(
    "PAYROLL", "payroll-job", scheduled=("expected.people.payroll.payroll_on_run_days",)
)
FIN_LOAD = Job("FIN_NIGHT", "fin-load", box="")
FX_RATES = Job("FX_RATES", "fx-rates-job")

# FIN_POST · finance/night.jil:17 · condition: s(FIN_LOAD) & s(TRD_RECON, 12.00)
FIN_POST = Wait(
    workflow="FIN_NIGHT",
    gate="FIN_POST: TRD_RECON succeeded in the last 12:00",
    node="fin-post-wait",
    holds=lambda last: succeeded(last(TRD_RECON, within=timedelta(hours=12))),
)

# FIN_LEDGER · finance/night.jil:23 · condition: s(FIN_POST) & d(PAYROLL, 48.00)
FIN_LEDGER = Wait(
    workflow="FIN_NIGHT",
    gate="FIN_LEDGER: PAYROLL ended in the last 48:00",
    node="fin-ledger-wait",
    holds=lambda last: done(last(PAYROLL, within=timedelta(hours=48))),
)

# FIN_RATES · finance/night.jil:33 · condition: f(FIN_LOAD) | s(FX_RATES, 24.00)
FIN_RATES = Wait(
    workflow="FIN_NIGHT",
    gate="FIN_RATES: FIN_LOAD failed or FX_RATES succeeded in the last 24:00",
    node="fin-rates-wait",
    holds=lambda last: failed(last(FIN_LOAD))
    or succeeded(last(FX_RATES, within=timedelta(hours=24))),
)
