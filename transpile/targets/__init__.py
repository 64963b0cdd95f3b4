"""Targets: each prints lowered workflows for one platform."""
