"""book_load, converted by transpile from book.csv."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="book_load")


@env.task(short_name="load")
def load() -> int:
    """load · book.csv:3

    name: Load it
    """
    # TODO[A746] load may run for 2 min, not 90s
    # TODO[A115] retries cannot be often: expected a number
    # TODO[A748] every night is no schedule: it has 2 fields in place of 5; no launch plan was made
    return run("echo load", time_limit=timedelta(minutes=2))


@env.task(short_name="clean")
def clean() -> int:
    """clean · book.csv:6 · condition: after load"""
    # TODO[A745] SS+2 days of load is ignored: clean starts when load has succeeded
    # TODO[A742] the command of clean begins like a formula of a spreadsheet
    return run("=SUM(A1)")


@env.task(short_name="mail")
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


@env.task(short_name="drop")
def drop() -> int:
    """drop · book.csv:11 · condition: after mail: one_failed

    command: echo drop
    """
    # TODO[A302] the condition cannot be read: one_failed is not known behind mail: more than success is asked for there
    return blocked(
        "A302",
        "one_failed is not known behind mail: more than success is asked for there",
    )


@env.task(short_name="nowhere")
def nowhere() -> int:
    """nowhere · nowhere is not defined"""
    return blocked("A303", "nowhere is not defined")


@env.task(short_name="check")
def check() -> int:
    """check · book.csv:8 · condition: after load, nowhere"""
    # TODO[A115] timeout cannot be forever: expected a number of minutes, or one with a unit such as 90m or 2h
    # TODO[A303] job nowhere is not defined: this condition of check never holds
    return run('echo "check"')


@env.task(short_name="last")
def last() -> int:
    """last · book.csv:12 · condition: after check: exit(check) > x

    command: echo last
    """
    # TODO[A302] the condition cannot be read: unexpected x
    return blocked("A302", "unexpected x")


@env.task(short_name="book_load")
async def book_load() -> list[str]:
    """book_load · book.csv"""
    flow = Flow("book_load", network=True)
    load_job = flow.start("load", load.aio())
    clean_job = flow.start("clean", clean.aio(), load_job.succeeded)
    mail_job = flow.start("mail", mail.aio(), clean_job.succeeded)
    flow.start("drop", drop.aio(), mail_job.succeeded)
    flow.start("nowhere", nowhere.aio())
    check_job = flow.start("check", check.aio(), False)
    flow.start("last", last.aio(), check_job.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(book_load).outputs()[0], sep="\n")
