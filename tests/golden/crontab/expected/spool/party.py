"""party, converted by transpile from spool/ada."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def party_job() -> int:
    """party · spool/ada:12

    schedule: 45 23 * * 5-1
    MAILTO: nobody
    """
    # TODO[A526] 45 23 * * 5-1 leaves no day to run on: no launch plan was made
    return run(
        "cd /home/ada\nparty",
        env={
            "HOME": "/home/ada",
            "PATH": "$HOME/bin:/usr/bin:/bin",
            "TZ": "Asia/Tokyo",
        },
    )


party = Workflow(name="party", failure_policy=KEEP_GOING)

party_job_node = party.add_entity(party_job).with_overrides(
    node_name="party-job", name="party"
)

party.add_workflow_output("party_job", party_job_node.o0)


if __name__ == "__main__":
    print(f"Running party() {party()}")
