"""FX_RATES · what it waits for"""

from expected_flyte2.job_runtime import Job, Start, succeeded

TRD_LOAD = Job("trading-close-trd_close.trd_close", "trd_load", box="TRD_CLOSE started")

# FX_RATES · trading/close.jil:25 · condition: s(TRD_LOAD)
FX_RATES = Start(
    task="trading-rates-fx_rates.fx_rates", holds=lambda last: succeeded(last(TRD_LOAD))
)
