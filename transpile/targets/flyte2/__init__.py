"""The Flyte 2 target: programs that start each job as soon as its condition is decided."""
