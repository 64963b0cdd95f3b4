"""cron, converted by transpile from fields/cron.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow

env = flyte.TaskEnvironment(name="fields-cron_workflow")


@env.task(short_name="cron")
async def cron_workflow() -> list[str]:
    """cron · fields/cron.flow"""
    flow = Flow("cron", network=True, joins=True)
    # a · fields/cron.flow:4
    flow.passes("a")
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(cron_workflow).outputs()[0], sep="\n")
