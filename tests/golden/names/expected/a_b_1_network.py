"""A.B-1_network, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def a_b_1() -> int:
    """A.B-1 · names.jil:1"""
    return run("echo 1")


@task
def a_b_1_2() -> int:
    """A_B_1 · names.jil:4 · condition: s(A.B-1)"""
    return run("echo 2")


@task
def a_b_1_3() -> int:
    """a_b_1 · names.jil:8 · condition: s(A_B_1)"""
    return run("echo 3")


@task
def a_b() -> int:
    """A B · names.jil:12 · condition: s(a_b_1)"""
    return run("echo 4")


@task
def class_job(run_value: str, run_value_2: str) -> int:
    """class · names.jil:16 · condition: s(A B)"""
    # TODO[A208] global run has no value in the estate: the workflow needs it as an input
    # TODO[A208] global RUN has no value in the estate: the workflow needs it as an input
    return run("echo $run ${RUN}", env={"run": run_value, "RUN": run_value_2})


@task
def run_job() -> int:
    """run · names.jil:20 · condition: s(class)"""
    return run("echo 6")


@task
def extract() -> int:
    """extract · names.jil:24 · condition: s(run)"""
    return run("echo 7")


@task
def extract_node_2() -> int:
    """extract_node · names.jil:28 · condition: s(extract)"""
    return run("echo 8")


@task
def job_7zip_1() -> int:
    """7ZIP#1 · names.jil:32 · condition: s(extract_node)"""
    return run("echo 9")


@task
def ubertrag() -> int:
    """ÜBERTRAG · names.jil:36 · condition: s(7ZIP#1)"""
    return run("echo ä")


@task
def job() -> int:
    """日次 · names.jil:40 · condition: s(ÜBERTRAG)"""
    return run("echo 日次")


@task
def start_node_job() -> int:
    """start-node · names.jil:44 · condition: s(日次)"""
    return run("echo 12")


@task
def very_long_name_of_a_job_that_goes_on_and_on_and_on() -> int:
    """VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_ONE · names.jil:48

    condition: s(start-node)
    """
    return run("echo 13")


@task
def very_long_name_of_a_job_that_goes_on_and_on_and_on_2() -> int:
    """VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_TWO · names.jil:52

    condition: s(VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_ONE)
    """
    return run("echo 14")


a_b_1_network = Workflow(name="A.B-1_network", failure_policy=KEEP_GOING)
run_value = a_b_1_network.add_workflow_input("run_value", (str, "$$run"))
run_value_2 = a_b_1_network.add_workflow_input("run_value_2", (str, "$$RUN"))

a_b_1_node = a_b_1_network.add_entity(a_b_1).with_overrides(
    node_name="a-b-1", name="A.B-1"
)
a_b_1_2_node = a_b_1_network.add_entity(a_b_1_2).with_overrides(
    node_name="a-b-1-2", name="A_B_1"
)
a_b_1_node >> a_b_1_2_node
a_b_1_3_node = a_b_1_network.add_entity(a_b_1_3).with_overrides(
    node_name="a-b-1-3", name="a_b_1"
)
a_b_1_2_node >> a_b_1_3_node
a_b_node = a_b_1_network.add_entity(a_b).with_overrides(node_name="a-b", name="A B")
a_b_1_3_node >> a_b_node
class_job_node = a_b_1_network.add_entity(
    class_job, run_value=run_value, run_value_2=run_value_2
).with_overrides(node_name="class-job", name="class")
a_b_node >> class_job_node
run_job_node = a_b_1_network.add_entity(run_job).with_overrides(
    node_name="run-job", name="run"
)
class_job_node >> run_job_node
extract_node = a_b_1_network.add_entity(extract).with_overrides(
    node_name="extract", name="extract"
)
run_job_node >> extract_node
extract_node_2_node = a_b_1_network.add_entity(extract_node_2).with_overrides(
    node_name="extract-node-2", name="extract_node"
)
extract_node >> extract_node_2_node
job_7zip_1_node = a_b_1_network.add_entity(job_7zip_1).with_overrides(
    node_name="job-7zip-1", name="7ZIP#1"
)
extract_node_2_node >> job_7zip_1_node
ubertrag_node = a_b_1_network.add_entity(ubertrag).with_overrides(
    node_name="ubertrag", name="ÜBERTRAG"
)
job_7zip_1_node >> ubertrag_node
job_node = a_b_1_network.add_entity(job).with_overrides(node_name="job", name="日次")
ubertrag_node >> job_node
start_node_job_node = a_b_1_network.add_entity(start_node_job).with_overrides(
    node_name="start-node-job", name="start-node"
)
job_node >> start_node_job_node
very_long_name_of_a_job_that_goes_on_and_on_and_on_node = a_b_1_network.add_entity(
    very_long_name_of_a_job_that_goes_on_and_on_and_on
).with_overrides(
    node_name="very-long-name-of-a-job-that-goes-on-and-on-and-on",
    name="VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_ONE",
)
start_node_job_node >> very_long_name_of_a_job_that_goes_on_and_on_and_on_node
very_long_name_of_a_job_that_goes_on_and_on_and_on_2_node = a_b_1_network.add_entity(
    very_long_name_of_a_job_that_goes_on_and_on_and_on_2
).with_overrides(
    node_name="very-long-name-of-a-job-that-goes-on-and-on-and-on-2",
    name="VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_TWO",
)
(
    very_long_name_of_a_job_that_goes_on_and_on_and_on_node
    >> very_long_name_of_a_job_that_goes_on_and_on_and_on_2_node
)

a_b_1_network.add_workflow_output(
    "very_long_name_of_a_job_that_goes_on_and_on_and_on_2",
    very_long_name_of_a_job_that_goes_on_and_on_and_on_2_node.o0,
)


if __name__ == "__main__":
    print(f"Running a_b_1_network() {a_b_1_network()}")
