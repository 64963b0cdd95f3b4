"""Keeps a misleading message of flytekit out of the logs."""

import logging

from flytekit.core.context_manager import FlyteContextManager
from flytekit.loggers import logger


def is_to_be_logged(record: logging.LogRecord) -> bool:
    """False for an error that flytekit logs for each node while a workflow is built.

    The same error about a task that calls another task is logged.
    """
    builds = FlyteContextManager.current_context().compilation_state is not None
    return not (builds and "not supposed to nest @task" in str(record.msg))


logger.addFilter(is_to_be_logged)
