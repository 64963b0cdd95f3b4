"""closing, converted by transpile from plan.csv."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import KEEP_GOING, cron, run


@task
def laden() -> int:
    """laden · plan.csv:2"""
    return run("echo laden", time_limit=timedelta(hours=2))


@task
def summe() -> int:
    """summe · plan.csv:5 · condition: after laden"""
    return run("echo summe", time_limit=timedelta(minutes=90))


@task
def saldo() -> int:
    """saldo · plan.csv:6 · condition: after laden"""
    return run("echo saldo", time_limit=timedelta(hours=1))


@task
def buchen() -> int:
    """buchen · plan.csv:8 · condition: after summe, saldo"""
    return run("echo buchen")


# Pruefung · plan.csv:4 (flattened)
#
# Abschluss · plan.csv:7 (flattened)
closing = Workflow(name="closing", failure_policy=KEEP_GOING)

laden_node = closing.add_entity(laden).with_overrides(node_name="laden", name="laden")
summe_node = closing.add_entity(summe).with_overrides(node_name="summe", name="summe")
laden_node >> summe_node
saldo_node = closing.add_entity(saldo).with_overrides(node_name="saldo", name="saldo")
laden_node >> saldo_node
buchen_node = closing.add_entity(buchen).with_overrides(
    node_name="buchen", name="buchen"
)
summe_node >> buchen_node
saldo_node >> buchen_node

closing.add_workflow_output("buchen", buchen_node.o0)


closing_schedule = LaunchPlan.get_or_create(
    closing,
    name="closing.schedule",
    schedule=cron("0 6 1 * *", timezone="Europe/Berlin"),
)


if __name__ == "__main__":
    print(f"Running closing() {closing()}")
