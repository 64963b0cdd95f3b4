"""Converts job definitions of batch schedulers into Flyte workflows.

A conversion goes one way: `sources`, `dialects`, `model`, `analysis`, `lowering`, `targets`,
`output`. `pipeline` has it on one page, and README.md describes each folder.
"""

__version__ = "0.1.0"
