"""Finds and reads source files, and keeps positions in their text."""
