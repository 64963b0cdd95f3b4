"""Policies of workflows and launch plans."""

from flytekit import ConcurrencyLimitBehavior, ConcurrencyPolicy, WorkflowFailurePolicy

# After a failure, nodes that do not depend on it still run.
KEEP_GOING = WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE

# A start is skipped while an execution of the same launch plan runs.
ONE_AT_A_TIME = ConcurrencyPolicy(1, ConcurrencyLimitBehavior.SKIP)
