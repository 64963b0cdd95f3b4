"""Writes tests of emitted modules, whose expected results come from the source's engine."""
