"""Findings: coded messages about a source, their codes, and which ones a team accepts."""
