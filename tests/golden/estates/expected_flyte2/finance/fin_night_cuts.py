"""FIN_NIGHT · what it waits for"""

from datetime import timedelta

from expected_flyte2.job_runtime import Job, Wait, done, failed, succeeded

TRD_RECON = Job(
    "trading-close-trd_close.trd_close", "trd_recon", box="TRD_CLOSE started"
)
PAYROLL = Job("people-payroll.payroll", "payroll_task")
FIN_LOAD = Job("finance-fin_night.fin_night", "fin_load", box="FIN_NIGHT started")
FX_RATES = Job("trading-rates-fx_rates.fx_rates", "fx_rates_task")

# FIN_POST · finance/night.jil:17 · condition: s(FIN_LOAD) & s(TRD_RECON, 12.00)
FIN_POST = Wait(
    gate="FIN_POST: TRD_RECON succeeded in the last 12:00",
    holds=lambda last: succeeded(last(TRD_RECON, within=timedelta(hours=12))),
)

# FIN_LEDGER · finance/night.jil:23 · condition: s(FIN_POST) & d(PAYROLL, 48.00)
FIN_LEDGER = Wait(
    gate="FIN_LEDGER: PAYROLL ended in the last 48:00",
    holds=lambda last: done(last(PAYROLL, within=timedelta(hours=48))),
)

# FIN_RATES · finance/night.jil:33 · condition: f(FIN_LOAD) | s(FX_RATES, 24.00)
FIN_RATES = Wait(
    gate="FIN_RATES: FIN_LOAD failed or FX_RATES succeeded in the last 24:00",
    holds=lambda last: failed(last(FIN_LOAD))
    or succeeded(last(FX_RATES, within=timedelta(hours=24))),
)
