"""FILES, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def files_job(home_dir: str) -> int:
    """FILES · commands.jil:15"""
    return run(
        "cat",
        env={
            "HOME_DIR": home_dir,
            "AUTO_JOB_NAME": "FILES",
            "REGION": "EU",
            "TITLE": "two words",
            "DIR": f"{home_dir}/x",
        },
        stdin="/tmp/in file",
        stdout="> $HOME_DIR/$AUTO_JOB_NAME.out",
        stderr=">> /tmp/err",
        profile="/home/batch/.profile",
        shell="/bin/bash",
    )


files = Workflow(name="FILES", failure_policy=KEEP_GOING)
home_dir = files.add_workflow_input("home_dir", (str, "/opt/batch"))

files_job_node = files.add_entity(files_job, home_dir=home_dir).with_overrides(
    node_name="files-job", name="FILES"
)

files.add_workflow_output("files_job", files_job_node.o0)


if __name__ == "__main__":
    print(f"Running files() {files()}")
