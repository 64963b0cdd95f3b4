"""Runs emitted workflows as Flyte would, and compares that with what the source's engine does."""
