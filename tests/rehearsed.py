"""The workflows of the rehearsal's tables, one for each rule of the platform."""

MODULE = '''\
from datetime import timedelta

from flytekit import LaunchPlan, Workflow, WorkflowFailurePolicy, conditional, task, workflow
from flytekit import wait_for_input

from job_runtime import failed, on_failure, run, run_status

GOES_ON = WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE


@task
def plain() -> int:
    return run("x")


@task(retries=2)
def again() -> int:
    return run("x")


@task(retries=7, timeout=timedelta(seconds=10))
def limited() -> int:
    return run("x")


@task(retries=1, timeout=timedelta(seconds=10))
def twice() -> int:
    return run("x")


@task
def status() -> str:
    return run_status("x")


@task
def cut() -> str:
    return run_status("x", retries=2, time_limit=timedelta(seconds=3))


@task(timeout=timedelta(seconds=10))
def inside() -> str:
    return run_status("x", retries=2)


@task
def told(answer: bool) -> int:
    return run("x")


def add(around, name, what=plain, after=(), **inputs):
    node = around.add_entity(what, **inputs)
    node.with_overrides(node_name=name, name=name)
    for other in after:
        other >> node
    return node


def four(name, policy):
    """a >> b and d >> e."""
    found = Workflow(name=name, failure_policy=policy)
    a, d = add(found, "a"), add(found, "d")
    add(found, "b", after=[a])
    add(found, "e", after=[d])
    return found


goes_on = four("GOES_ON", GOES_ON)
stops = four("STOPS", WorkflowFailurePolicy.FAIL_IMMEDIATELY)

diamond = Workflow(name="DIAMOND", failure_policy=GOES_ON)
top = add(diamond, "top")
sides = [add(diamond, name, after=[top]) for name in ("left", "right")]
add(diamond, "bottom", after=sides)

retrying = Workflow(name="RETRYING", failure_policy=GOES_ON)
add(retrying, "plain")
add(retrying, "again", again)
add(retrying, "limited", limited)
add(retrying, "twice", twice)

reporting = Workflow(name="REPORTING", failure_policy=GOES_ON)
add(reporting, "cut", cut)
add(reporting, "inside", inside)

wide = Workflow(name="WIDE", failure_policy=GOES_ON)
for letter in "abcd":
    add(wide, letter)

inner_stops = four("INNER_STOPS", WorkflowFailurePolicy.FAIL_IMMEDIATELY)
inner_goes_on = four("INNER_GOES_ON", GOES_ON)


def around(name, policy, inner):
    """x >> inner >> y, beside z."""
    found = Workflow(name=name, failure_policy=policy)
    x, z = add(found, "x"), add(found, "z")
    box = add(found, "box", inner, after=[x])
    add(found, "y", after=[box])
    return found


outer_goes_on = around("OUTER_GOES_ON", GOES_ON, inner_stops)
outer_stops = around("OUTER_STOPS", WorkflowFailurePolicy.FAIL_IMMEDIATELY, inner_goes_on)

child = four("CHILD", WorkflowFailurePolicy.FAIL_IMMEDIATELY)
parent = Workflow(name="PARENT", failure_policy=GOES_ON)
launched = add(parent, "child", LaunchPlan.get_or_create(child, name="CHILD.plan"))
add(parent, "z")
add(parent, "y", after=[launched])


calm = four("CALM", GOES_ON)
strict = Workflow(name="STRICT", failure_policy=WorkflowFailurePolicy.FAIL_IMMEDIATELY)
add(strict, "calm", LaunchPlan.get_or_create(calm, name="CALM.plan"))
add(strict, "z")


@workflow(failure_policy=GOES_ON)
def choice(first: str) -> int:
    return (
        conditional("choice")
        .if_((first == "FAILURE 3") | (first == "FAILURE 4"))
        .then(again())
        .else_()
        .then(plain())
    )


branching = Workflow(name="BRANCHING", failure_policy=GOES_ON)
first = add(branching, "first", status)
chosen = add(branching, "chosen", choice, first=first.outputs["o0"])
add(branching, "last", after=[chosen])


@workflow(failure_policy=GOES_ON)
def approval() -> int:
    return told(answer=wait_for_input("a", timeout=timedelta(hours=1), expected_type=bool))


gated = Workflow(name="GATED", failure_policy=GOES_ON)
add(gated, "gate", approval)
add(gated, "beside")

handled = Workflow(name="HANDLED", failure_policy=GOES_ON)
add(handled, "a")
add(handled, "b")


@task
def tell() -> None:
    run("tell")


on_failure(handled, tell, node_name="tell", name="tell")

telling = Workflow(name="TELLING", failure_policy=GOES_ON)
one = add(telling, "one")
add(telling, "two", after=[one])
stopped = four("STOPPED", WorkflowFailurePolicy.FAIL_IMMEDIATELY)
on_failure(stopped, telling, node_name="tell", name="tell")
'''
