"""Handlers that Flyte runs when a workflow has failed."""

from typing import Any

from flytekit import Workflow
from flytekit.types.error import FlyteError

from transpile.runtime.alerts import announce
from transpile.runtime.masking import masked


def on_failure(workflow: Workflow, handler: Any, *, node_name: str, name: str) -> None:
    """Run a task when the workflow has failed; it takes all inputs of the workflow, and `err`.

    The workflow still fails. Call this after the last input of the workflow.
    """
    workflow.add_on_failure_handler(handler)
    # Flyte runs the handler that the line above has added, a local run only this one.
    workflow._on_failure = handler
    workflow.failure_node.with_overrides(node_name=node_name, name=name)


def report_failure(line: str, err: FlyteError | None) -> None:
    """Print the line and why the workflow has failed, for those who watch the log."""
    announce(line, error=masked(err.message) if err else "unknown")
