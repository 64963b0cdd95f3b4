"""Keeps one message of flytekit's out of the log of each container."""

import logging

from flytekit.core.context_manager import FlyteContextManager
from flytekit.loggers import logger


def is_to_be_logged(record: logging.LogRecord) -> bool:
    """False for the error that flytekit logs per node while a container imports workflows.

    The same error about a task that really calls another one is logged.
    """
    builds = FlyteContextManager.current_context().compilation_state is not None
    return not (builds and "not supposed to nest @task" in str(record.msg))


logger.addFilter(is_to_be_logged)
