"""HRB.BILLS · who hears of it on the legacy side"""

from expected_flyte2.job_runtime import LegacyJob

# HRB.BILLS · told to the legacy side for BIL.POST
HRB_BILLS_LEGACY = LegacyJob(
    "HRB.BILLS", tell="ssh batch set-status HRB.BILLS {status} {code}"
)
