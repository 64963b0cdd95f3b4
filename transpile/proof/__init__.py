"""Runs emitted workflows as Flyte would, and compares the runs with the source's engine."""

import os

# flytekit reads these at import; they silence its own messages.
os.environ.setdefault("FLYTE_SDK_LOGGING_LEVEL", "50")
os.environ.setdefault("FLYTE_SDK_RICH_TRACEBACKS", "0")
