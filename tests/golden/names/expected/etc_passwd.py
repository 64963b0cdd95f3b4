""".._.._etc_passwd, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def etc_passwd_job() -> int:
    """../../etc/passwd · names.jil:56"""
    return run("echo 15")


etc_passwd = Workflow(name=".._.._etc_passwd", failure_policy=KEEP_GOING)

etc_passwd_job_node = etc_passwd.add_entity(etc_passwd_job).with_overrides(
    node_name="etc-passwd-job", name="../../etc/passwd"
)

etc_passwd.add_workflow_output("etc_passwd_job", etc_passwd_job_node.o0)


if __name__ == "__main__":
    print(f"Running etc_passwd() {etc_passwd()}")
