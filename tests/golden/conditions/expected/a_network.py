"""A_network, converted by transpile from forms.jil."""

from flytekit import Workflow, WorkflowFailurePolicy, task

from job_runtime import blocked, run


@task
def box_start() -> int:
    """BOX · start of the box"""
    return blocked("A301", "condition: d(A)")


@task
def in_box() -> int:
    """IN_BOX · forms.jil:59"""
    return run("true")


@task
def box_end() -> int:
    """BOX · end of the box"""
    return blocked("A307", "box_success: s(IN_BOX)")


# BOX · forms.jil:55 · condition: d(A)
# TODO[A307] box_success cannot be emitted yet, so a node that fails ends the box: s(IN_BOX)
# TODO[A301] the condition cannot be emitted yet, so its node fails: d(A)
box = Workflow(
    name="BOX",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

box_start_node = box.add_entity(box_start)
box_start_node.with_overrides(node_name="box-start", name="BOX (start)")
in_box_node = box.add_entity(in_box)
in_box_node.with_overrides(node_name="in-box", name="IN_BOX")
box_end_node = box.add_entity(box_end)
box_end_node.with_overrides(node_name="box-end", name="BOX (end)")

box_start_node >> in_box_node
in_box_node >> box_end_node

box.add_workflow_output("box_end", box_end_node.outputs["o0"])


@task
def a() -> int:
    """A · forms.jil:1"""
    return run("true")


@task
def b() -> int:
    """B · forms.jil:4"""
    return run("true")


@task
def plain() -> int:
    """PLAIN · forms.jil:7 · condition: s(A) & (success(B) AND s( A ))"""
    return run("true")


@task
def window() -> int:
    """WINDOW · forms.jil:11

    condition: s(A, 12.00) & s(B,00\\:30) & s(B, 9999) & s(A, 0)
    """
    # TODO[A305] the look-back window of A is not kept: the job above runs in the same workflow run
    # TODO[A305] the look-back window of B is not kept: the job above runs in the same workflow run
    return run("true")


@task
def failure() -> int:
    """FAILURE · forms.jil:15 · condition: f(A)

    command: true
    """
    # TODO[A301] the condition cannot be emitted yet, so its node fails: f(A)
    return blocked("A301", "condition: f(A)")


@task
def done() -> int:
    """DONE · forms.jil:19 · condition: done(A) and d(B)

    command: true
    """
    # TODO[A301] the condition cannot be emitted yet, so its node fails: done(A) and d(B)
    return blocked("A301", "condition: done(A) and d(B)")


@task
def either() -> int:
    """EITHER · forms.jil:23 · condition: s(A) | s(B)

    command: true
    """
    # TODO[A301] the condition cannot be emitted yet, so its node fails: s(A) | s(B)
    return blocked("A301", "condition: s(A) | s(B)")


@task
def left_to_right() -> int:
    """LEFT_TO_RIGHT · forms.jil:27 · condition: s(A) | s(B) & t(A)

    command: true
    """
    # TODO[A306] & and | stand side by side without parentheses: read from left to right
    # TODO[A301] the condition cannot be emitted yet, so its node fails: s(A) | s(B) & t(A)
    return blocked("A301", "condition: s(A) | s(B) & t(A)")


@task
def exit_job() -> int:
    """EXIT · forms.jil:31 · condition: e(A) >= 4 & exitcode(B,06.00) != 0

    command: true
    """
    # TODO[A301] the condition cannot be emitted yet, so its node fails: e(A) >= 4 & exitcode(B,06.00) != 0
    return blocked("A301", "condition: e(A) >= 4 & exitcode(B,06.00) != 0")


@task
def mutex() -> int:
    """MUTEX · forms.jil:39 · condition: n(EITHER) & s(A)

    command: true
    """
    # TODO[A301] the condition cannot be emitted yet, so its node fails: n(EITHER) & s(A)
    return blocked("A301", "condition: n(EITHER) & s(A)")


@task
def behind() -> int:
    """BEHIND · forms.jil:51 · condition: s(EITHER)"""
    return run("true")


@task
def after_box() -> int:
    """AFTER_BOX · forms.jil:63 · condition: s(BOX)"""
    return run("true")


a_network = Workflow(
    name="A_network",
    failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE,
)

a_node = a_network.add_entity(a)
a_node.with_overrides(node_name="a", name="A")
b_node = a_network.add_entity(b)
b_node.with_overrides(node_name="b", name="B")
plain_node = a_network.add_entity(plain)
plain_node.with_overrides(node_name="plain", name="PLAIN")
window_node = a_network.add_entity(window)
window_node.with_overrides(node_name="window", name="WINDOW")
failure_node = a_network.add_entity(failure)
failure_node.with_overrides(node_name="failure", name="FAILURE")
done_node = a_network.add_entity(done)
done_node.with_overrides(node_name="done", name="DONE")
either_node = a_network.add_entity(either)
either_node.with_overrides(node_name="either", name="EITHER")
left_to_right_node = a_network.add_entity(left_to_right)
left_to_right_node.with_overrides(node_name="left-to-right", name="LEFT_TO_RIGHT")
exit_job_node = a_network.add_entity(exit_job)
exit_job_node.with_overrides(node_name="exit-job", name="EXIT")
mutex_node = a_network.add_entity(mutex)
mutex_node.with_overrides(node_name="mutex", name="MUTEX")
behind_node = a_network.add_entity(behind)
behind_node.with_overrides(node_name="behind", name="BEHIND")
box_node = a_network.add_subwf(box)
box_node.with_overrides(node_name="box", name="BOX")
after_box_node = a_network.add_entity(after_box)
after_box_node.with_overrides(node_name="after-box", name="AFTER_BOX")

a_node >> plain_node
b_node >> plain_node
a_node >> window_node
b_node >> window_node
either_node >> behind_node
box_node >> after_box_node

a_network.add_workflow_output("plain", plain_node.outputs["o0"])
a_network.add_workflow_output("window", window_node.outputs["o0"])
a_network.add_workflow_output("failure", failure_node.outputs["o0"])
a_network.add_workflow_output("done", done_node.outputs["o0"])
a_network.add_workflow_output("left_to_right", left_to_right_node.outputs["o0"])
a_network.add_workflow_output("exit_job", exit_job_node.outputs["o0"])
a_network.add_workflow_output("mutex", mutex_node.outputs["o0"])
a_network.add_workflow_output("behind", behind_node.outputs["o0"])
a_network.add_workflow_output("after_box", after_box_node.outputs["o0"])


if __name__ == "__main__":
    print(f"Running a_network() {a_network()}")
