"""Compares two versions of an estate by their meaning."""
