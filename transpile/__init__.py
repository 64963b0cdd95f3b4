"""A migration transpiler: legacy batch-scheduler jobs in, Flyte imperative workflows out."""

__version__ = "0.1.0"
