"""LOAD_network, converted by transpile from night.jil."""

import sys
from datetime import timedelta
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, conditional, task, workflow

from expected.job_runtime import (
    KEEP_GOING,
    SKIPPED,
    STARTED,
    box_status,
    done,
    exit_code,
    failed,
    is_set,
    require_success,
    run_status,
    started,
    succeeded,
    terminated,
)


@task
def skipped() -> str:
    """In the place of a job whose condition is false."""
    return SKIPPED


@task
def check() -> str:
    """CHECK · night.jil:37"""
    return run_status("echo check")


@workflow(failure_policy=KEEP_GOING)
def check_branch(repair_start: str) -> str:
    """CHECK · night.jil:37"""
    return (
        conditional("CHECK (branch)")
        .if_(started(repair_start))
        .then(check().with_overrides(name="CHECK"))
        .else_()
        .then(skipped().with_overrides(name="CHECK (skipped)"))
    )


@task
def mend() -> str:
    """MEND · night.jil:41 · condition: f(CHECK)"""
    return run_status("echo mend")


@workflow(failure_policy=KEEP_GOING)
def mend_branch(check: str) -> str:
    """MEND · night.jil:41 · condition: f(CHECK)"""
    return (
        conditional("MEND (branch)")
        .if_(failed(check))
        .then(mend().with_overrides(name="MEND"))
        .else_()
        .then(skipped().with_overrides(name="MEND (skipped)"))
    )


@task
def repair_end(check: str, mend: str, repair_start: str) -> str:
    """REPAIR · end of the box"""
    if not started(repair_start):
        return SKIPPED
    return box_status({"CHECK": check, "MEND": mend})


# REPAIR · night.jil:34 · condition: f(LOAD)
repair = Workflow(name="REPAIR", failure_policy=KEEP_GOING)
repair_start_input = repair.add_workflow_input("repair_start", str)

check_node = repair.add_subwf(
    check_branch, repair_start=repair_start_input
).with_overrides(node_name="check", name="CHECK")
mend_node = repair.add_subwf(mend_branch, check=check_node.o0).with_overrides(
    node_name="mend", name="MEND"
)
repair_end_node = repair.add_entity(
    repair_end, check=check_node.o0, mend=mend_node.o0, repair_start=repair_start_input
).with_overrides(node_name="repair-end", name="REPAIR (end)")

repair.add_workflow_output("repair_end", repair_end_node.o0)


@task
def load() -> str:
    """LOAD · night.jil:6"""
    return run_status("echo load", success_codes=range(2))


@task
def recover(region: str) -> str:
    """RECOVER · night.jil:10 · condition: f(LOAD)"""
    return run_status(
        "echo recover --region $REGION",
        env={"REGION": region},
        retries=2,
        time_limit=timedelta(minutes=30),
    )


@workflow(failure_policy=KEEP_GOING)
def recover_branch(load: str, region: str) -> str:
    """RECOVER · night.jil:10 · condition: f(LOAD)"""
    return (
        conditional("RECOVER (branch)")
        .if_(failed(load))
        .then(recover(region=region).with_overrides(name="RECOVER"))
        .else_()
        .then(skipped().with_overrides(name="RECOVER (skipped)"))
    )


@task
def reload() -> str:
    """RELOAD · night.jil:16 · condition: e(LOAD) = 4 | t(LOAD)"""
    return run_status("echo load --again")


@workflow(failure_policy=KEEP_GOING)
def reload_branch(load: str) -> str:
    """RELOAD · night.jil:16 · condition: e(LOAD) = 4 | t(LOAD)"""
    return (
        conditional("RELOAD (branch)")
        .if_((exit_code(load) == 4) | terminated(load))
        .then(reload().with_overrides(name="RELOAD"))
        .else_()
        .then(skipped().with_overrides(name="RELOAD (skipped)"))
    )


@task
def eu_only() -> str:
    """EU_ONLY · night.jil:20

    condition: v(REGION) = "eu" & (s(RECOVER) | s(LOAD))
    """
    return run_status("echo eu")


@workflow(failure_policy=KEEP_GOING)
def eu_only_branch(recover: str, load: str, region: str) -> str:
    """EU_ONLY · night.jil:20"""
    return (
        conditional("EU_ONLY (branch)")
        .if_((region == "eu") & (succeeded(recover) | succeeded(load)))
        .then(eu_only().with_overrides(name="EU_ONLY"))
        .else_()
        .then(skipped().with_overrides(name="EU_ONLY (skipped)"))
    )


@task
def unset() -> str:
    """UNSET · night.jil:24 · condition: v(MODE) != "full" & d(LOAD)"""
    # TODO[A208] global MODE has no value in the estate: the workflow needs it as an input
    return run_status("echo unset")


@workflow(failure_policy=KEEP_GOING)
def unset_branch(load: str, mode: str) -> str:
    """UNSET · night.jil:24 · condition: v(MODE) != "full" & d(LOAD)"""
    return (
        conditional("UNSET (branch)")
        .if_((is_set(mode) & (mode != "full")) & done(load))
        .then(unset().with_overrides(name="UNSET"))
        .else_()
        .then(skipped().with_overrides(name="UNSET (skipped)"))
    )


@task
def warn(load: str) -> str:
    """WARN · night.jil:29 · condition: e(LOAD) >= 2"""
    if not (exit_code(load) >= 2):
        return SKIPPED
    return run_status("echo warn")


@task
def repair_start(load: str) -> str:
    """REPAIR · start of the box · condition: f(LOAD)"""
    if not failed(load):
        return SKIPPED
    return STARTED


@task
def load_network_result(
    load: str,
    recover: str,
    reload: str,
    eu_only: str,
    unset: str,
    warn: str,
    repair: str,
) -> str:
    """result · fails if one of these jobs failed"""
    return require_success(
        {
            "LOAD": load,
            "RECOVER": recover,
            "RELOAD": reload,
            "EU_ONLY": eu_only,
            "UNSET": unset,
            "WARN": warn,
            "REPAIR": repair,
        }
    )


load_network = Workflow(name="LOAD_network", failure_policy=KEEP_GOING)
region = load_network.add_workflow_input("region", (str, "eu"))
mode = load_network.add_workflow_input("mode", (str, "$$MODE"))

load_node = load_network.add_entity(load).with_overrides(node_name="load", name="LOAD")
recover_node = load_network.add_subwf(
    recover_branch, load=load_node.o0, region=region
).with_overrides(node_name="recover", name="RECOVER")
reload_node = load_network.add_subwf(reload_branch, load=load_node.o0).with_overrides(
    node_name="reload", name="RELOAD"
)
eu_only_node = load_network.add_subwf(
    eu_only_branch, recover=recover_node.o0, load=load_node.o0, region=region
).with_overrides(node_name="eu-only", name="EU_ONLY")
unset_node = load_network.add_subwf(
    unset_branch, load=load_node.o0, mode=mode
).with_overrides(node_name="unset", name="UNSET")
warn_node = load_network.add_entity(warn, load=load_node.o0).with_overrides(
    node_name="warn", name="WARN"
)
repair_start_node = load_network.add_entity(
    repair_start, load=load_node.o0
).with_overrides(node_name="repair-start", name="REPAIR (start)")
repair_node = load_network.add_subwf(
    repair, repair_start=repair_start_node.o0
).with_overrides(node_name="repair", name="REPAIR")
load_network_result_node = load_network.add_entity(
    load_network_result,
    load=load_node.o0,
    recover=recover_node.o0,
    reload=reload_node.o0,
    eu_only=eu_only_node.o0,
    unset=unset_node.o0,
    warn=warn_node.o0,
    repair=repair_node.repair_end,
).with_overrides(node_name="load-network-result", name="LOAD_network (result)")

load_network.add_workflow_output("load_network_result", load_network_result_node.o0)


if __name__ == "__main__":
    print(f"Running load_network() {load_network()}")
