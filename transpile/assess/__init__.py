"""Assesses an estate before its conversion: grades, effort, blockers, needs."""
