"""night, converted by transpile from these files:

night.dag
each.dag
late.dag
"""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Resources, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    blocked,
    box_status,
    command,
    require_success,
    run,
    run_node,
    run_status,
    succeeded,
)


@task
def each_one() -> int:
    """Each+One · each.dag:1"""
    return run("exec /bin/echo Each+One in the splice")


@task(retries=1)
def each_two() -> int:
    """Each+Two · each.dag:2 · condition: PARENT Each+One"""
    return run_node(command("exec /bin/echo Each+Two in the splice"))


# Each · night.dag:18 · condition: PARENT Sort Split
each = Workflow(name="Each", failure_policy=KEEP_GOING)

each_one_node = each.add_entity(each_one).with_overrides(
    node_name="each-one", name="Each+One"
)
each_two_node = each.add_entity(each_two).with_overrides(
    node_name="each-two", name="Each+Two"
)
each_one_node >> each_two_node

each.add_workflow_output("each_two", each_two_node.o0)


@task
def old() -> int:
    """Old · night.dag:17

    status: on noexec
    """
    return 0


@task(retries=3)
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


@task(
    requests=Resources(mem="2Gi", ephemeral_storage="100Ki"),
    container_image="sorter:1.2",
)
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


@task
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


@task
def skip() -> int:
    """Skip · night.dag:16 · condition: PARENT Each"""
    return 0


@task
def late_l1() -> str:
    """Late/L1 · late.dag:1"""
    return run_status("exec /bin/echo L1 in the splice")


@task
def late_l2(late_l1: str) -> str:
    """Late/L2 · late.dag:2 · condition: PARENT Late/L1"""
    # TODO[A704] nowhere.sub cannot be read: No such file or directory
    if not succeeded(late_l1):
        return SKIPPED
    return blocked("A704", "nowhere.sub cannot be read")


@task
def late_l3(late_l1: str) -> int:
    """Late/L3 · late.dag:4"""
    return run_node(
        command("exec /bin/echo L3 in the splice"), nodes={"Late/L1": late_l1}
    )


@task
def late_end(late_l1: str) -> str:
    """Late · end of the box"""
    return box_status(
        {"Late/L1": late_l1, "Late/L2": SKIPPED}, success=True, failure=False
    )


@task
def night_result(late: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"Late": late})


# Late · night.dag:19 · condition: PARENT Each (flattened)
night = Workflow(name="night", failure_policy=KEEP_GOING)
who = night.add_workflow_input("who", (str, ""))
part = night.add_workflow_input("part", (str, ""))

old_node = night.add_entity(old).with_overrides(node_name="old", name="Old")
fetch_node = night.add_entity(fetch, who=who).with_overrides(
    node_name="fetch", name="Fetch"
)
old_node >> fetch_node
sort_node = night.add_entity(sort).with_overrides(node_name="sort", name="Sort")
fetch_node >> sort_node
split_node = night.add_entity(split, part=part).with_overrides(
    node_name="split", name="Split"
)
fetch_node >> split_node
each_node = night.add_subwf(each).with_overrides(node_name="each", name="Each")
sort_node >> each_node
split_node >> each_node
skip_node = night.add_entity(skip).with_overrides(node_name="skip", name="Skip")
each_node >> skip_node
late_l1_node = night.add_entity(late_l1).with_overrides(
    node_name="late-l1", name="Late/L1"
)
each_node >> late_l1_node
late_l2_node = night.add_entity(late_l2, late_l1=late_l1_node.o0).with_overrides(
    node_name="late-l2", name="Late/L2"
)
late_l3_node = night.add_entity(late_l3, late_l1=late_l1_node.o0).with_overrides(
    node_name="late-l3", name="Late/L3"
)
late_end_node = night.add_entity(late_end, late_l1=late_l1_node.o0).with_overrides(
    node_name="late-end", name="Late (end)"
)
late_l3_node >> late_end_node
night_result_node = night.add_entity(
    night_result, late=late_end_node.o0
).with_overrides(node_name="night-result", name="night (result)")

night.add_workflow_output("skip", skip_node.o0)
night.add_workflow_output("late_l2", late_l2_node.o0)
night.add_workflow_output("night_result", night_result_node.o0)


if __name__ == "__main__":
    print(f"Running night() {night()}")
