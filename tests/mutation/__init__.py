"""Mutation testing: changes one expression at a time, and sees whether a test fails."""
