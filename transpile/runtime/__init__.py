"""Helpers that emitted modules import: `job_runtime.py` in OUT is made of their text.

Each module runs on its own with the standard library, some also with flytekit. All definitions
share one namespace in `job_runtime.py`, so each name exists once; only `promises` defines names
again, for workflows with native branches. Lines of code stay within 88 columns, black's default.
"""
