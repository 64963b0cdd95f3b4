"""FX_RATES · what it waits for"""

from expected.job_runtime import Job, Start, succeeded

TRD_LOAD = Job("TRD_CLOSE", "trd-load", box="")

# FX_RATES · trading/close.jil:25 · condition: s(TRD_LOAD)
FX_RATES = Start(
    launch_plan="FX_RATES.start", holds=lambda last: succeeded(last(TRD_LOAD))
)
