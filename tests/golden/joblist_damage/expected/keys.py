"""keys, converted by transpile from keys.yaml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, blocked, run


@task
def c() -> int:
    """c · keys.yaml:15

    query: select 1
    """
    # TODO[A201] job type sql has no translation: its node fails
    return blocked("A201", "type sql")


@task
def d() -> int:
    """d · keys.yaml:16"""
    # TODO[A115] type cannot be noop: expected another type, as it has a command
    return blocked("A115", "type noop with a command")


@task
def e() -> int:
    """e · keys.yaml:17"""
    # TODO[A741] e has no command: its node fails
    return blocked("A741", "it has no command")


@task
def box_box() -> int:
    """box (box) · keys.yaml:18"""
    return run("echo")


# box · keys.yaml:12
# TODO[A110] this text belongs to no statement or attribute: echo box
box = Workflow(name="box", failure_policy=KEEP_GOING)

c_node = box.add_entity(c).with_overrides(node_name="c", name="c")
d_node = box.add_entity(d).with_overrides(node_name="d", name="d")
e_node = box.add_entity(e).with_overrides(node_name="e", name="e")
box_box_node = box.add_entity(box_box).with_overrides(
    node_name="box-box", name="box (box)"
)

box.add_workflow_output("c", c_node.o0)
box.add_workflow_output("d", d_node.o0)
box.add_workflow_output("e", e_node.o0)
box.add_workflow_output("box_box", box_box_node.o0)


@task
def a() -> int:
    """a · keys.yaml:5"""
    return run("echo a")


@task
def b() -> int:
    """b · keys.yaml:6

    command: echo b
    """
    return blocked("A115", "what it comes after is not known")


@task
def f() -> int:
    """f · keys.yaml:19

    command: echo
    """
    # TODO[A126] the command or a file name holds a NUL character
    return blocked("A126", "a text holds a NUL character")


keys = Workflow(name="keys", failure_policy=KEEP_GOING)

a_node = keys.add_entity(a).with_overrides(node_name="a", name="a")
b_node = keys.add_entity(b).with_overrides(node_name="b", name="b")
box_node = keys.add_subwf(box).with_overrides(node_name="box", name="box")
f_node = keys.add_entity(f).with_overrides(node_name="f", name="f")

keys.add_workflow_output("a", a_node.o0)
keys.add_workflow_output("b", b_node.o0)
keys.add_workflow_output("c", box_node.c)
keys.add_workflow_output("d", box_node.d)
keys.add_workflow_output("e", box_node.e)
keys.add_workflow_output("box_box", box_node.box_box)
keys.add_workflow_output("f", f_node.o0)


if __name__ == "__main__":
    print(f"Running keys() {keys()}")
