"""COSTS_network · what it waits for"""

from expected_flyte2.job_runtime import Job, Start, succeeded

PAYROLL = Job("people-payroll.payroll", "payroll_task")
FIN_NIGHT = Job(
    "finance-fin_night.fin_night",
    "FIN_NIGHT ended",
    box="FIN_NIGHT started",
    is_box=True,
)

# COSTS · people/people.jil:14 · condition: s(PAYROLL) & s(FIN_NIGHT)
COSTS = Start(
    task="people-costs_network.costs_network",
    holds=lambda last: succeeded(last(PAYROLL)) and succeeded(last(FIN_NIGHT)),
)
