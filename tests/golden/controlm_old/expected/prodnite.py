"""PRODNITE, converted by transpile from prodnite.xml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import LaunchPlan, Workflow, task

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    cron,
    exit_code,
    require_success,
    run,
    run_status,
)


@task(retries=5)
def laden() -> int:
    """PRODNITE.LADEN · prodnite.xml:12

    Lädt die Bücher. Jede Nacht.

    folder: PRODNITE
    application: BÜCHER
    sub_application: NACHT
    owner: PROD
    """
    return run("/prod/jobs/LADEN alle")


@task
def zaehlen() -> str:
    """PRODNITE.ZAEHLEN · prodnite.xml:31 · condition: LADEN_OK

    folder: PRODNITE
    sub_application: NACHT
    """
    # TODO[A076] a run that goes on past New Day starts jobs that the source removes, such as PRODNITE.ZAEHLEN
    return run_status("/prod/jobs/ZAEHLEN", success_codes=range(8))


@task
def pruefen(zaehlen: str) -> str:
    """PRODNITE.PRUEFEN · prodnite.xml:50 · condition: PRUEFEN

    folder: PRODNITE
    sub_application: NACHT
    """
    if not (exit_code(zaehlen) == 12):
        return SKIPPED
    return run_status("/prod/jobs/PRUEFEN")


@task
def prodnite_result(pruefen: str) -> str:
    """result · fails if one of these jobs failed"""
    return require_success({"PRODNITE.PRUEFEN": pruefen})


@task
def zaehlen_check(zaehlen: str) -> str:
    """PRODNITE.ZAEHLEN · fails if it failed"""
    return require_success({"PRODNITE.ZAEHLEN": zaehlen})


@task
def schluss() -> int:
    """PRODNITE.SCHLUSS · prodnite.xml:59 · condition: ZAHL_OK

    folder: PRODNITE
    sub_application: NACHT
    """
    # TODO[A055] DO ACTION="ONLINE" of PRODNITE.SCHLUSS is ignored: nothing on Flyte does this
    # TODO[A055] DOVARIABLE EXP="%%STAND" EXP="fertig" of PRODNITE.SCHLUSS is ignored: no job hands its variables to other jobs
    return 0


prodnite = Workflow(name="PRODNITE", failure_policy=KEEP_GOING)

laden_node = prodnite.add_entity(laden).with_overrides(
    node_name="laden", name="PRODNITE.LADEN"
)
zaehlen_node = prodnite.add_entity(zaehlen).with_overrides(
    node_name="zaehlen", name="PRODNITE.ZAEHLEN"
)
laden_node >> zaehlen_node
pruefen_node = prodnite.add_entity(pruefen, zaehlen=zaehlen_node.o0).with_overrides(
    node_name="pruefen", name="PRODNITE.PRUEFEN"
)
prodnite_result_node = prodnite.add_entity(
    prodnite_result, pruefen=pruefen_node.o0
).with_overrides(node_name="prodnite-result", name="PRODNITE (result)")
zaehlen_check_node = prodnite.add_entity(
    zaehlen_check, zaehlen=zaehlen_node.o0
).with_overrides(node_name="zaehlen-check", name="PRODNITE.ZAEHLEN (check)")
schluss_node = prodnite.add_entity(schluss).with_overrides(
    node_name="schluss", name="PRODNITE.SCHLUSS"
)
zaehlen_check_node >> schluss_node

prodnite.add_workflow_output("prodnite_result", prodnite_result_node.o0)
prodnite.add_workflow_output("schluss", schluss_node.o0)


prodnite_schedule = LaunchPlan.get_or_create(
    prodnite,
    name="PRODNITE.schedule",
    schedule=cron("0 22 * * *", timezone="Europe/Zurich"),
)


if __name__ == "__main__":
    print(f"Running prodnite() {prodnite()}")
