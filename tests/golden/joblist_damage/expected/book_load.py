"""book_load, converted by transpile from book.csv."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def load() -> int:
    """load · book.csv:3

    name: Load it
    """
    # TODO[A746] load may run for 2 min, not 90s
    # TODO[A115] retries cannot be often: expected a number
    # TODO[A748] every night is no schedule: it has 2 fields in place of 5; no launch plan was made
    return run("echo load", time_limit=timedelta(minutes=2))


@task
def clean() -> int:
    """clean · book.csv:6 · condition: after load"""
    # TODO[A745] SS+2 days of load is ignored: clean starts when load has succeeded
    # TODO[A742] the command of clean begins like a formula of a spreadsheet
    return run("=SUM(A1)")


@task
def nowhere() -> int:
    """nowhere · nowhere is not defined"""
    return blocked("A303", "nowhere is not defined")


@task
def check() -> int:
    """check · book.csv:8 · condition: after load, nowhere"""
    # TODO[A115] timeout cannot be forever: expected a number of minutes, or one with a unit such as 90m or 2h
    # TODO[A303] job nowhere is not defined: this condition of check never holds
    return run('echo "check"')


@task
def mail() -> int:
    """mail · book.csv:9 · condition: after clean: maybe

    command: echo mail
    """
    # TODO[A302] the condition cannot be read: it is none of success, failure, done, nonzero, killed, ended, all_failed, one_success, one_failed, none_failed
    # TODO[A747] the schedule of mail is ignored: it comes after clean
    return blocked(
        "A302",
        "it is none of success, failure, done, nonzero, killed, ended, all_failed, one_success, one_failed, none_failed",
    )


@task
def drop() -> int:
    """drop · book.csv:11 · condition: after mail: one_failed

    command: echo drop
    """
    # TODO[A302] the condition cannot be read: one_failed is not known behind mail: more than success is asked for there
    return blocked(
        "A302",
        "one_failed is not known behind mail: more than success is asked for there",
    )


@task
def last() -> int:
    """last · book.csv:12 · condition: after check: exit(check) > x

    command: echo last
    """
    # TODO[A302] the condition cannot be read: unexpected x
    return blocked("A302", "unexpected x")


book_load = Workflow(name="book_load", failure_policy=KEEP_GOING)

load_node = book_load.add_entity(load).with_overrides(node_name="load", name="load")
clean_node = book_load.add_entity(clean).with_overrides(node_name="clean", name="clean")
load_node >> clean_node
nowhere_node = book_load.add_entity(nowhere).with_overrides(
    node_name="nowhere", name="nowhere"
)
check_node = book_load.add_entity(check).with_overrides(node_name="check", name="check")
load_node >> check_node
nowhere_node >> check_node
mail_node = book_load.add_entity(mail).with_overrides(node_name="mail", name="mail")
clean_node >> mail_node
drop_node = book_load.add_entity(drop).with_overrides(node_name="drop", name="drop")
mail_node >> drop_node
last_node = book_load.add_entity(last).with_overrides(node_name="last", name="last")
check_node >> last_node

book_load.add_workflow_output("drop", drop_node.o0)
book_load.add_workflow_output("last", last_node.o0)


if __name__ == "__main__":
    print(f"Running book_load() {book_load()}")
