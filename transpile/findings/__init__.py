"""Findings: coded messages about a source, their catalogue, and what a team accepts of them."""
