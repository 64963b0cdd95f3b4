"""The tasks of a small meadery."""
