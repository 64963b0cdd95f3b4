"""odd, converted by transpile from conditions/odd.flow."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[2]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def a() -> int:
    """a · conditions/odd.flow:2"""
    return run("./a.sh", env={"JOB_OUTPUT_PROP_FILE": "/dev/null"})


@task
def b() -> int:
    """b · conditions/odd.flow:5 · condition: after a: ${a:x}"""
    # TODO[A823] the condition of b has no translation: unexpected ${a:x}
    return blocked("A823", "unexpected ${a:x}")


@task
def c() -> int:
    """c · conditions/odd.flow:9 · condition: one_success"""
    # TODO[A824] the condition of c never holds: the job has no dependencies
    return blocked("A824", "the job has no dependencies")


odd = Workflow(name="odd", failure_policy=KEEP_GOING)

a_node = odd.add_entity(a).with_overrides(node_name="a", name="a")
b_node = odd.add_entity(b).with_overrides(node_name="b", name="b")
a_node >> b_node
c_node = odd.add_entity(c).with_overrides(node_name="c", name="c")

odd.add_workflow_output("b", b_node.o0)
odd.add_workflow_output("c", c_node.o0)


if __name__ == "__main__":
    print(f"Running odd() {odd()}")
