"""NEWSLETTER, converted by transpile from alerts.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run, with_alerts

env = flyte.TaskEnvironment(name="newsletter")


@env.task(short_name="NEWSLETTER")
@with_alerts(
    success="NOTIFICATION job=NEWSLETTER to=news@example.com",
    failure="NOTIFICATION job=NEWSLETTER to=news@example.com",
    terminated="NOTIFICATION job=NEWSLETTER to=news@example.com",
)
def newsletter_task() -> int:
    """NEWSLETTER · alerts.jil:59

    notification_template: plain
    """
    return run("./newsletter.sh")


@env.task(short_name="NEWSLETTER")
async def newsletter() -> list[str]:
    """NEWSLETTER · alerts.jil"""
    flow = Flow("NEWSLETTER", network=True)
    flow.start("NEWSLETTER", newsletter_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(newsletter).outputs()[0], sep="\n")
