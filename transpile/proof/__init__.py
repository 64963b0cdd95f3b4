"""Runs emitted workflows as Flyte would, and compares that with what the source's engine does."""

import os

# flytekit reads these when it is imported: our own messages are enough.
os.environ.setdefault("FLYTE_SDK_LOGGING_LEVEL", "50")
os.environ.setdefault("FLYTE_SDK_RICH_TRACEBACKS", "0")
