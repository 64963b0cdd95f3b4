"""night, converted by transpile from these files:

night.dag
each.dag
late.dag
"""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, command, run, run_node

env_2 = flyte.TaskEnvironment(
    name="night-2",
    image="sorter:1.2",
    resources=flyte.Resources(memory="2Gi", disk="100Ki"),
)
env = flyte.TaskEnvironment(name="night", depends_on=[env_2])


@env.task(short_name="Fetch", retries=3)
def fetch(who: str) -> int:
    """Fetch · night.dag:2 · condition: PARENT Old

    log: fetch.log
    +project: "night"
    """
    # TODO[A706] the HOLD script of Fetch is ignored: Flyte does not hold jobs
    return run_node(
        command(
            "exec bin/fetch.sh a.example '*.csv;' rm -rf / '$5$' $who 8080",
            env={"who": who},
            stdout="> logs/a.example.out",
        ),
        pre=command("exec bin/ready.sh Fetch \"$RETRY\" ''\"'\"'x' 'y'\"'\"''"),
        post=command('exec bin/check.sh "$RETURN" 3'),
        pre_skip=4,
        unless_exit=7,
    )


@env_2.task(short_name="Sort")
def sort() -> int:
    """Sort · night.dag:3 · condition: PARENT Fetch

    priority: 5
    on_exit_hold: ExitCode > 3
    """
    # TODO[A705] PRIORITY 3 is ignored: Flyte runs all nodes that can run
    # TODO[A705] CATEGORY big is ignored: Flyte runs all nodes that can run
    # TODO[A727] on_exit_hold is ignored: ExitCode > 3
    return run(
        "exec bin/sort.sh --by 'two words' 'it'\"'\"'s' '\"x\"' 3",
        env={"A": "1", "B": "two words", "C": "3"},
        stdin="in/Sort.txt",
        stdout="> out/sorted.txt",
    )


@env.task(short_name="Split")
def split(part: str) -> int:
    """Split · night.dag:15 · condition: PARENT Fetch"""
    # TODO[A720] the 3 jobs of Split run in sequence: this takes up to 3 times as long
    # TODO[A413] the abort by Split stops only its downstream nodes; in the source these are removed or not started either: Sort
    return run_node(
        command(
            "cd parts/run && exec ../../bin/split.sh one 0",
            stdout="> parts/run/one.out",
        ),
        command(
            "cd parts/run && exec ../../bin/split.sh two 1",
            stdout="> parts/run/two.out",
        ),
        command(
            "cd parts/run && exec ../../bin/split.sh $part 2",
            env={"part": part},
            stdout="> parts/run/$part.out",
        ),
        tolerance=1,
        abort_on=9,
        abort_result=2,
    )


@env.task(short_name="Each+One")
def each_one() -> int:
    """Each+One · each.dag:1"""
    return run("exec /bin/echo Each+One in the splice")


@env.task(short_name="Each+Two", retries=1)
def each_two() -> int:
    """Each+Two · each.dag:2 · condition: PARENT Each+One"""
    return run_node(command("exec /bin/echo Each+Two in the splice"))


@env.task(short_name="Late/L1")
def late_l1() -> int:
    """Late/L1 · late.dag:1"""
    return run("exec /bin/echo L1 in the splice")


@env.task(short_name="Late/L2")
def late_l2() -> int:
    """Late/L2 · late.dag:2 · condition: PARENT Late/L1"""
    # TODO[A704] nowhere.sub cannot be read: No such file or directory
    return blocked("A704", "nowhere.sub cannot be read")


@env.task(short_name="Late/L3")
def late_l3(late_l1: str, late_l2: str) -> int:
    """Late/L3 · late.dag:4"""
    return run_node(
        command("exec /bin/echo L3 in the splice"),
        nodes={"Late/L1": late_l1, "Late/L2": late_l2},
    )


@env.task(short_name="night")
async def night(who: str = "", part: str = "") -> list[str]:
    """night · night.dag, each.dag, late.dag"""
    flow = Flow("night", network=True)
    # Old · night.dag:17
    # status: on noexec
    old_job = flow.passes("Old")
    fetch_job = flow.start("Fetch", fetch.aio(who), old_job.succeeded)
    sort_job = flow.start("Sort", sort.aio(), fetch_job.succeeded)
    split_job = flow.start("Split", split.aio(part), fetch_job.succeeded)
    # Each · night.dag:18 · condition: PARENT Sort Split
    each = flow.box("Each", sort_job.succeeded & split_job.succeeded)
    each_one_job = each.start("Each+One", each_one.aio())
    each.start("Each+Two", each_two.aio(), each_one_job.succeeded)
    # Skip · night.dag:16 · condition: PARENT Each
    flow.passes("Skip", each.succeeded)
    # Late · night.dag:19 · condition: PARENT Each
    late = flow.box("Late", each.succeeded)
    late_l1_job = late.start("Late/L1", late_l1.aio())
    late_l2_job = late.start("Late/L2", late_l2.aio(), late_l1_job.succeeded)
    late_l3_job = late.start(
        "Late/L3",
        lambda: late_l3.aio(late_l1_job.status, late_l2_job.status),
        late_l1_job.idle & late_l2_job.idle,
    )
    late.succeeds_if(late_l3_job.succeeded)
    late.fails_if(late_l3_job.failed | late_l3_job.terminated)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(night).outputs()[0], sep="\n")
