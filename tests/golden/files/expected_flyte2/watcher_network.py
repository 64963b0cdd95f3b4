"""WATCHER_network, converted by transpile from files.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run, wait_for_file

env = flyte.TaskEnvironment(name="watcher_network")


@env.task(short_name="WATCHER")
def watcher(drop: str) -> int:
    """WATCHER · files.jil:4"""
    return wait_for_file(f"{drop}/orders_*.csv", interval=5, min_size=100, steady=5)


@env.task(short_name="EXISTS")
def exists() -> int:
    """EXISTS · files.jil:14"""
    # TODO[A869] watch_file_type EXIST is read as a single check: EXISTS fails if the file is not there
    return wait_for_file("/data/in/flag", once=True)


@env.task(short_name="QUERY")
def query() -> int:
    """QUERY · files.jil:40 · condition: s(WATCHER)

    sql_command: select count(*) from "t"
    connect_string: "jdbc:x"
    machine: db1
    """
    # TODO[A201] job type sql has no translation: its node fails
    return blocked("A201", "job type sql")


@env.task(short_name="AFTER")
def after(drop: str) -> int:
    """AFTER · files.jil:46 · condition: s(EXISTS) & s(QUERY)"""
    return run('cat "$DROP/flag"', env={"DROP": drop})


@env.task(short_name="WATCHER_network")
async def watcher_network(drop: str = "/data/in") -> list[str]:
    """WATCHER_network · files.jil"""
    flow = Flow("WATCHER_network", network=True)
    watcher_job = flow.start("WATCHER", watcher.aio(drop))
    exists_job = flow.start("EXISTS", exists.aio())
    query_job = flow.start("QUERY", query.aio(), watcher_job.succeeded)
    flow.start("AFTER", after.aio(drop), exists_job.succeeded & query_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(watcher_network).outputs()[0], sep="\n")
