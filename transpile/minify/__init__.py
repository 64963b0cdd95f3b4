"""Makes copies of job definitions without names, for bug reports."""
