"""FIN_AUDIT, converted by transpile from finance/night.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.finance.fin_audit_cuts import FIN_AUDIT
from expected_flyte2.job_runtime import Flow, elsewhere, run, runs_already

env = flyte.TaskEnvironment(name="finance-fin_audit")


@env.task(short_name="FIN_AUDIT")
def fin_audit_task() -> int:
    """FIN_AUDIT · finance/night.jil:46 · condition: s(FIN_POST, 0)

    application: finance
    """
    return run("echo audit")


@env.task(
    short_name="FIN_AUDIT",
    triggers=flyte.Trigger(
        name="FIN_AUDIT.schedule",
        automation=flyte.Cron("15 22 * * 1-5", timezone="Europe/London"),
    ),
)
async def fin_audit() -> list[str]:
    """FIN_AUDIT · finance/night.jil"""
    if await runs_already("finance-fin_audit.fin_audit"):
        return []

    flow = Flow("FIN_AUDIT", network=True)
    flow.start(
        "FIN_AUDIT",
        fin_audit_task.aio(),
        wait=lambda: elsewhere("FIN_AUDIT", FIN_AUDIT),
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(fin_audit).outputs()[0], sep="\n")
