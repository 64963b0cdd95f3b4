"""A_network, converted by transpile from forms.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    STARTED,
    box_status,
    done,
    exit_code,
    failed,
    require_success,
    run,
    run_status,
    started,
    succeeded,
    terminated,
)


@task
def in_box(box_start: str) -> str:
    """IN_BOX · forms.jil:59"""
    if not started(box_start):
        return SKIPPED
    return run_status("true")


@task
def box_end(in_box: str, box_start: str) -> str:
    """BOX · end of the box"""
    if not started(box_start):
        return SKIPPED
    return box_status({"IN_BOX": in_box}, success=succeeded(in_box))


# BOX · forms.jil:55 · condition: d(A)
box = Workflow(name="BOX", failure_policy=KEEP_GOING)
box_start_input = box.add_workflow_input("box_start", str)

in_box_node = box.add_entity(in_box, box_start=box_start_input).with_overrides(
    node_name="in-box", name="IN_BOX"
)
box_end_node = box.add_entity(
    box_end, in_box=in_box_node.o0, box_start=box_start_input
).with_overrides(node_name="box-end", name="BOX (end)")

box.add_workflow_output("box_end", box_end_node.o0)


@task
def a() -> str:
    """A · forms.jil:1"""
    return run_status("true")


@task
def b() -> str:
    """B · forms.jil:4"""
    return run_status("true")


@task
def failure(a: str) -> str:
    """FAILURE · forms.jil:15 · condition: f(A)"""
    if not failed(a):
        return SKIPPED
    return run_status("true")


@task
def done_job(a: str, b: str) -> str:
    """DONE · forms.jil:19 · condition: done(A) and d(B)"""
    if not (done(a) and done(b)):
        return SKIPPED
    return run_status("true")


@task
def either(a: str, b: str) -> str:
    """EITHER · forms.jil:23 · condition: s(A) | s(B)"""
    # TODO[A321] EITHER may start late: it waits for the end of A, B, the source may start it before
    if not (succeeded(a) or succeeded(b)):
        return SKIPPED
    return run_status("true")


@task
def left_to_right(a: str, b: str) -> str:
    """LEFT_TO_RIGHT · forms.jil:27 · condition: s(A) | s(B) & t(A)"""
    # TODO[A874] & and | are mixed without parentheses: read from left to right
    if not ((succeeded(a) or succeeded(b)) and terminated(a)):
        return SKIPPED
    return run_status("true")


@task
def exit_job(a: str, b: str) -> str:
    """EXIT · forms.jil:31 · condition: e(A) >= 4 & exitcode(B,06.00) != 0"""
    # TODO[A305] look-back window of EXIT on B ignored: B runs in the same workflow run
    if not (exit_code(a) >= 4 and exit_code(b) != 0):
        return SKIPPED
    return run_status("true")


@task
def behind(either: str) -> str:
    """BEHIND · forms.jil:51 · condition: s(EITHER)"""
    if not succeeded(either):
        return SKIPPED
    return run_status("true")


@task
def box_start(a: str) -> str:
    """BOX · start of the box · condition: d(A)"""
    if not done(a):
        return SKIPPED
    return STARTED


@task
def after_box(box: str) -> str:
    """AFTER_BOX · forms.jil:63 · condition: s(BOX)"""
    if not succeeded(box):
        return SKIPPED
    return run_status("true")


@task
def a_check(a: str) -> str:
    """A · fails if it failed"""
    return require_success({"A": a})


@task
def mutex() -> int:
    """MUTEX · forms.jil:39 · condition: n(EITHER) & s(A)"""
    return run("true")


@task
def a_network_result(
    failure: str,
    done_job: str,
    either: str,
    left_to_right: str,
    exit_job: str,
    behind: str,
    box: str,
    after_box: str,
) -> str:
    """result · fails if one of these jobs failed"""
    return require_success(
        {
            "FAILURE": failure,
            "DONE": done_job,
            "EITHER": either,
            "LEFT_TO_RIGHT": left_to_right,
            "EXIT": exit_job,
            "BEHIND": behind,
            "BOX": box,
            "AFTER_BOX": after_box,
        }
    )


@task
def b_check(b: str) -> str:
    """B · fails if it failed"""
    return require_success({"B": b})


@task
def plain() -> int:
    """PLAIN · forms.jil:7 · condition: s(A) & (success(B) AND s( A ))"""
    return run("true")


@task
def window() -> int:
    """WINDOW · forms.jil:11

    condition: s(A, 12.00) & s(B,00\\:30) & s(B, 9999) & s(A, 0)
    """
    # TODO[A305] look-back window of WINDOW on A ignored: A runs in the same workflow run
    # TODO[A305] look-back window of WINDOW on B ignored: B runs in the same workflow run
    return run("true")


a_network = Workflow(name="A_network", failure_policy=KEEP_GOING)

a_node = a_network.add_entity(a).with_overrides(node_name="a", name="A")
b_node = a_network.add_entity(b).with_overrides(node_name="b", name="B")
failure_node = a_network.add_entity(failure, a=a_node.o0).with_overrides(
    node_name="failure", name="FAILURE"
)
done_job_node = a_network.add_entity(done_job, a=a_node.o0, b=b_node.o0).with_overrides(
    node_name="done-job", name="DONE"
)
either_node = a_network.add_entity(either, a=a_node.o0, b=b_node.o0).with_overrides(
    node_name="either", name="EITHER"
)
left_to_right_node = a_network.add_entity(
    left_to_right, a=a_node.o0, b=b_node.o0
).with_overrides(node_name="left-to-right", name="LEFT_TO_RIGHT")
exit_job_node = a_network.add_entity(exit_job, a=a_node.o0, b=b_node.o0).with_overrides(
    node_name="exit-job", name="EXIT"
)
behind_node = a_network.add_entity(behind, either=either_node.o0).with_overrides(
    node_name="behind", name="BEHIND"
)
box_start_node = a_network.add_entity(box_start, a=a_node.o0).with_overrides(
    node_name="box-start", name="BOX (start)"
)
box_node = a_network.add_subwf(box, box_start=box_start_node.o0).with_overrides(
    node_name="box", name="BOX"
)
after_box_node = a_network.add_entity(after_box, box=box_node.box_end).with_overrides(
    node_name="after-box", name="AFTER_BOX"
)
a_check_node = a_network.add_entity(a_check, a=a_node.o0).with_overrides(
    node_name="a-check", name="A (check)"
)
mutex_node = a_network.add_entity(mutex).with_overrides(node_name="mutex", name="MUTEX")
either_node >> mutex_node
a_check_node >> mutex_node
a_network_result_node = a_network.add_entity(
    a_network_result,
    failure=failure_node.o0,
    done_job=done_job_node.o0,
    either=either_node.o0,
    left_to_right=left_to_right_node.o0,
    exit_job=exit_job_node.o0,
    behind=behind_node.o0,
    box=box_node.box_end,
    after_box=after_box_node.o0,
).with_overrides(node_name="a-network-result", name="A_network (result)")
b_check_node = a_network.add_entity(b_check, b=b_node.o0).with_overrides(
    node_name="b-check", name="B (check)"
)
plain_node = a_network.add_entity(plain).with_overrides(node_name="plain", name="PLAIN")
a_check_node >> plain_node
b_check_node >> plain_node
window_node = a_network.add_entity(window).with_overrides(
    node_name="window", name="WINDOW"
)
a_check_node >> window_node
b_check_node >> window_node

a_network.add_workflow_output("mutex", mutex_node.o0)
a_network.add_workflow_output("a_network_result", a_network_result_node.o0)
a_network.add_workflow_output("plain", plain_node.o0)
a_network.add_workflow_output("window", window_node.o0)


if __name__ == "__main__":
    print(f"Running a_network() {a_network()}")
