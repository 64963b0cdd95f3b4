"""COSTS_network · what it waits for"""

from expected.job_runtime import Job, Start, succeeded

PAYROLL = Job(
    "PAYROLL", "payroll-job", scheduled=("expected.people.payroll.payroll_on_run_days",)
)
FIN_NIGHT = Job("FIN_NIGHT", "fin-night-end", box="", is_box=True)

# COSTS · people/people.jil:14 · condition: s(PAYROLL) & s(FIN_NIGHT)
COSTS = Start(
    launch_plan="COSTS_network.start",
    holds=lambda last: succeeded(last(PAYROLL)) and succeeded(last(FIN_NIGHT)),
)
