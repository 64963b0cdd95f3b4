"""HRB.NIGHT · what it waits for, and who hears of it on the legacy side"""

from expected_flyte2.job_runtime import LegacyJob, Wait, exit_code, succeeded

CUS_GATE = LegacyJob("CUS.GATE", "ssh batch last-status CUS.GATE")
CUS_PAPERS = LegacyJob("CUS.PAPERS", "ssh batch last-status CUS.PAPERS")

# HRB.NIGHT · estate.jil:7 · condition: s(CUS.GATE)
HRB_NIGHT = Wait(
    gate="HRB.NIGHT: CUS.GATE succeeded", holds=lambda last: succeeded(last(CUS_GATE))
)

# HRB.LIFT · estate.jil:28 · condition: s(CUS.PAPERS) | e(CUS.GATE) = 4
HRB_LIFT = Wait(
    gate="HRB.LIFT: CUS.PAPERS succeeded or CUS.GATE ended with exit code 4",
    holds=lambda last: succeeded(last(CUS_PAPERS)) or exit_code(last(CUS_GATE)) == 4,
)

# HRB.NIGHT · told to the legacy side for BIL.SEND
HRB_NIGHT_LEGACY = LegacyJob(
    "HRB.NIGHT", tell="ssh batch set-status HRB.NIGHT {status} {code}"
)

# HRB.MOOR · told to the legacy side for CUS.PAPERS
HRB_MOOR_LEGACY = LegacyJob(
    "HRB.MOOR", tell="ssh batch set-status HRB.MOOR {status} {code}", task="hrb_moor"
)

# HRB.ALARM · told to the legacy side for CUS.FINES
HRB_ALARM_LEGACY = LegacyJob(
    "HRB.ALARM", tell="ssh batch set-status HRB.ALARM {status} {code}", task="hrb_alarm"
)

# HRB.CRANES · told to the legacy side for BIL.SEND
HRB_CRANES_LEGACY = LegacyJob(
    "HRB.CRANES", tell="ssh batch set-status HRB.CRANES {status} {code}"
)

# HRB.SORT · told to the legacy side for CUS.FINES
HRB_SORT_LEGACY = LegacyJob(
    "HRB.SORT", tell="ssh batch set-status HRB.SORT {status} {code}", task="hrb_sort"
)
