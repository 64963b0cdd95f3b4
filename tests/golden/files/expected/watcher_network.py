"""WATCHER_network, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run, wait_for_file


@task
def watcher(drop: str) -> int:
    """WATCHER · files.jil:4"""
    return wait_for_file(f"{drop}/orders_*.csv", interval=5, min_size=100, steady=5)


@task
def exists() -> int:
    """EXISTS · files.jil:14"""
    # TODO[A869] watch_file_type EXIST is read as a single check: EXISTS fails if the file is not there
    return wait_for_file("/data/in/flag", once=True)


@task
def query() -> int:
    """QUERY · files.jil:40 · condition: s(WATCHER)

    sql_command: select count(*) from "t"
    connect_string: "jdbc:x"
    machine: db1
    """
    # TODO[A201] job type sql has no translation: its node fails
    return blocked("A201", "job type sql")


@task
def after(drop: str) -> int:
    """AFTER · files.jil:46 · condition: s(EXISTS) & s(QUERY)"""
    return run('cat "$DROP/flag"', env={"DROP": drop})


watcher_network = Workflow(name="WATCHER_network", failure_policy=KEEP_GOING)
drop = watcher_network.add_workflow_input("drop", (str, "/data/in"))

watcher_node = watcher_network.add_entity(watcher, drop=drop).with_overrides(
    node_name="watcher", name="WATCHER"
)
exists_node = watcher_network.add_entity(exists).with_overrides(
    node_name="exists", name="EXISTS"
)
query_node = watcher_network.add_entity(query).with_overrides(
    node_name="query", name="QUERY"
)
watcher_node >> query_node
after_node = watcher_network.add_entity(after, drop=drop).with_overrides(
    node_name="after", name="AFTER"
)
exists_node >> after_node
query_node >> after_node

watcher_network.add_workflow_output("after", after_node.o0)


if __name__ == "__main__":
    print(f"Running watcher_network() {watcher_network()}")
