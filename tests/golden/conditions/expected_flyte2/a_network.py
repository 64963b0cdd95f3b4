"""A_network, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, run

env = flyte.TaskEnvironment(name="a_network")


@env.task(short_name="A")
def a() -> int:
    """A · forms.jil:1"""
    return run("true")


@env.task(short_name="B")
def b() -> int:
    """B · forms.jil:4"""
    return run("true")


@env.task(short_name="PLAIN")
def plain() -> int:
    """PLAIN · forms.jil:7 · condition: s(A) & (success(B) AND s( A ))"""
    return run("true")


@env.task(short_name="WINDOW")
def window() -> int:
    """WINDOW · forms.jil:11

    condition: s(A, 12.00) & s(B,00\\:30) & s(B, 9999) & s(A, 0)
    """
    # TODO[A305] look-back window of WINDOW on A ignored: A runs in the same workflow run
    # TODO[A305] look-back window of WINDOW on B ignored: B runs in the same workflow run
    return run("true")


@env.task(short_name="FAILURE")
def failure() -> int:
    """FAILURE · forms.jil:15 · condition: f(A)"""
    return run("true")


@env.task(short_name="DONE")
def done_task() -> int:
    """DONE · forms.jil:19 · condition: done(A) and d(B)"""
    return run("true")


@env.task(short_name="EITHER")
def either() -> int:
    """EITHER · forms.jil:23 · condition: s(A) | s(B)"""
    return run("true")


@env.task(short_name="LEFT_TO_RIGHT")
def left_to_right() -> int:
    """LEFT_TO_RIGHT · forms.jil:27 · condition: s(A) | s(B) & t(A)"""
    # TODO[A874] & and | are mixed without parentheses: read from left to right
    return run("true")


@env.task(short_name="EXIT")
def exit_task() -> int:
    """EXIT · forms.jil:31 · condition: e(A) >= 4 & exitcode(B,06.00) != 0"""
    # TODO[A305] look-back window of EXIT on B ignored: B runs in the same workflow run
    return run("true")


@env.task(short_name="MUTEX")
def mutex() -> int:
    """MUTEX · forms.jil:39 · condition: n(EITHER) & s(A)"""
    return run("true")


@env.task(short_name="BEHIND")
def behind() -> int:
    """BEHIND · forms.jil:51 · condition: s(EITHER)"""
    return run("true")


@env.task(short_name="IN_BOX")
def in_box() -> int:
    """IN_BOX · forms.jil:59"""
    return run("true")


@env.task(short_name="AFTER_BOX")
def after_box() -> int:
    """AFTER_BOX · forms.jil:63 · condition: s(BOX)"""
    return run("true")


@env.task(short_name="A_network")
async def a_network() -> list[str]:
    """A_network · forms.jil"""
    flow = Flow("A_network", network=True)
    a_job = flow.start("A", a.aio())
    b_job = flow.start("B", b.aio())
    flow.start("PLAIN", plain.aio(), a_job.succeeded & b_job.succeeded)
    flow.start("WINDOW", window.aio(), a_job.succeeded & b_job.succeeded)
    flow.start("FAILURE", failure.aio(), a_job.failed)
    flow.start("DONE", done_task.aio(), a_job.done & b_job.done)
    either_job = flow.start("EITHER", either.aio(), a_job.succeeded | b_job.succeeded)
    flow.start(
        "LEFT_TO_RIGHT",
        left_to_right.aio(),
        (a_job.succeeded | b_job.succeeded) & a_job.terminated,
    )
    flow.start(
        "EXIT", exit_task.aio(), a_job.exit_code(">=", 4) & b_job.exit_code("!=", 0)
    )
    flow.start("MUTEX", mutex.aio(), a_job.succeeded & either_job.idle)
    flow.start("BEHIND", behind.aio(), either_job.succeeded)
    # BOX · forms.jil:55 · condition: d(A)
    box = flow.box("BOX", a_job.done)
    in_box_job = box.start("IN_BOX", in_box.aio())
    box.succeeds_if(in_box_job.succeeded)
    flow.start("AFTER_BOX", after_box.aio(), box.succeeded)
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(a_network).outputs()[0], sep="\n")
