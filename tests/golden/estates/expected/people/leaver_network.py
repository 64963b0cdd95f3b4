"""LEAVER_network, converted by transpile from people/people.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def leaver() -> int:
    """LEAVER · people/people.jil:27

    application: people
    """
    return run("echo leaver")


@task
def leaver_mail() -> int:
    """LEAVER_MAIL · people/people.jil:31 · condition: s(LEAVER)

    application: people
    """
    return run("echo mail")


leaver_network = Workflow(name="LEAVER_network", failure_policy=KEEP_GOING)

leaver_node = leaver_network.add_entity(leaver).with_overrides(
    node_name="leaver", name="LEAVER"
)
leaver_mail_node = leaver_network.add_entity(leaver_mail).with_overrides(
    node_name="leaver-mail", name="LEAVER_MAIL"
)
leaver_node >> leaver_mail_node

leaver_network.add_workflow_output("leaver_mail", leaver_mail_node.o0)


if __name__ == "__main__":
    print(f"Running leaver_network() {leaver_network()}")
