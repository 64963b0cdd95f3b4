"""A.B-1_network, converted by transpile from names.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="a_b_1_network")


@env.task(short_name="A.B-1")
def a_b_1() -> int:
    """A.B-1 · names.jil:1"""
    return run("echo 1")


@env.task(short_name="A_B_1")
def a_b_1_2() -> int:
    """A_B_1 · names.jil:4 · condition: s(A.B-1)"""
    return run("echo 2")


@env.task(short_name="a_b_1")
def a_b_1_3() -> int:
    """a_b_1 · names.jil:8 · condition: s(A_B_1)"""
    return run("echo 3")


@env.task(short_name="A B")
def a_b() -> int:
    """A B · names.jil:12 · condition: s(a_b_1)"""
    return run("echo 4")


@env.task(short_name="class")
def class_task(run_value: str, run_value_2: str) -> int:
    """class · names.jil:16 · condition: s(A B)"""
    # TODO[A208] global run has no value in the estate: the workflow needs it as an input
    # TODO[A208] global RUN has no value in the estate: the workflow needs it as an input
    return run("echo $run ${RUN}", env={"run": run_value, "RUN": run_value_2})


@env.task(short_name="run")
def run_task() -> int:
    """run · names.jil:20 · condition: s(class)"""
    return run("echo 6")


@env.task(short_name="extract")
def extract() -> int:
    """extract · names.jil:24 · condition: s(run)"""
    return run("echo 7")


@env.task(short_name="extract_node")
def extract_node() -> int:
    """extract_node · names.jil:28 · condition: s(extract)"""
    return run("echo 8")


@env.task(short_name="7ZIP#1")
def task_7zip_1() -> int:
    """7ZIP#1 · names.jil:32 · condition: s(extract_node)"""
    return run("echo 9")


@env.task(short_name="ÜBERTRAG")
def ubertrag() -> int:
    """ÜBERTRAG · names.jil:36 · condition: s(7ZIP#1)"""
    return run("echo ä")


@env.task(short_name="日次")
def task() -> int:
    """日次 · names.jil:40 · condition: s(ÜBERTRAG)"""
    return run("echo 日次")


@env.task(short_name="start-node")
def start_node_task() -> int:
    """start-node · names.jil:44 · condition: s(日次)"""
    return run("echo 12")


@env.task(
    short_name="VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_ONE"
)
def very_long_name_of_a_job_that_goes_on_and_on_and_on() -> int:
    """VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_ONE · names.jil:48

    condition: s(start-node)
    """
    return run("echo 13")


@env.task(
    short_name="VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_TWO"
)
def very_long_name_of_a_job_that_goes_on_and_on_and_on_2() -> int:
    """VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_TWO · names.jil:52

    condition: s(VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_ONE)
    """
    return run("echo 14")


@env.task(short_name="A.B-1_network")
async def a_b_1_network(
    run_value: str = "$$run", run_value_2: str = "$$RUN"
) -> list[str]:
    """A.B-1_network · names.jil"""
    flow = Flow("A.B-1_network", network=True)
    a_b_1_job = flow.start("A.B-1", a_b_1.aio())
    a_b_1_2_job = flow.start("A_B_1", a_b_1_2.aio(), a_b_1_job.succeeded)
    a_b_1_3_job = flow.start("a_b_1", a_b_1_3.aio(), a_b_1_2_job.succeeded)
    a_b_job = flow.start("A B", a_b.aio(), a_b_1_3_job.succeeded)
    class_task_job = flow.start(
        "class", class_task.aio(run_value, run_value_2), a_b_job.succeeded
    )
    run_task_job = flow.start("run", run_task.aio(), class_task_job.succeeded)
    extract_job = flow.start("extract", extract.aio(), run_task_job.succeeded)
    extract_node_job = flow.start(
        "extract_node", extract_node.aio(), extract_job.succeeded
    )
    task_7zip_1_job = flow.start(
        "7ZIP#1", task_7zip_1.aio(), extract_node_job.succeeded
    )
    ubertrag_job = flow.start("ÜBERTRAG", ubertrag.aio(), task_7zip_1_job.succeeded)
    task_job = flow.start("日次", task.aio(), ubertrag_job.succeeded)
    start_node_task_job = flow.start(
        "start-node", start_node_task.aio(), task_job.succeeded
    )
    very_long_name_of_a_job_that_goes_on_and_on_and_on_job = flow.start(
        "VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_ONE",
        very_long_name_of_a_job_that_goes_on_and_on_and_on.aio(),
        start_node_task_job.succeeded,
    )
    flow.start(
        "VERY_LONG_NAME_OF_A_JOB_THAT_GOES_ON_AND_ON_AND_ON_UNTIL_THE_END_OF_THE_LINE_AND_FURTHER_TWO",
        very_long_name_of_a_job_that_goes_on_and_on_and_on_2.aio(),
        very_long_name_of_a_job_that_goes_on_and_on_and_on_job.succeeded,
    )
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(a_b_1_network).outputs()[0], sep="\n")
