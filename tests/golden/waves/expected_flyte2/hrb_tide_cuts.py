"""HRB.TIDE · who hears of it on the legacy side"""

from expected_flyte2.job_runtime import LegacyJob

# HRB.TIDE · told to the legacy side for CUS.GATE, HRB.BILLS
HRB_TIDE_LEGACY = LegacyJob(
    "HRB.TIDE",
    tell="ssh batch set-status HRB.TIDE {status} {code}",
    task="hrb_tide_task",
)
