"""mail, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="spool-mail")


@env.task(short_name="mail")
def mail_task() -> int:
    """mail · spool/ada:8

    schedule: 0 8 1 * *
    MAILTO: nobody
    """
    return run(
        "cd /home/ada\nmail -s \"rent\" ada <<'STDIN'\nDear me,\n\npay 80% of the rent.\nSTDIN",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


@env.task(
    short_name="mail",
    triggers=flyte.Trigger(
        name="mail.schedule",
        automation=flyte.Cron("0 8 1 * *", timezone="Europe/Berlin"),
    ),
)
async def mail() -> list[str]:
    """mail · spool/ada"""
    flow = Flow("mail", network=True)
    flow.start("mail", mail_task.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(mail).outputs()[0], sep="\n")
