"""Helpers of Flyte 2 programs; they replace those of the same name for flytekit."""
