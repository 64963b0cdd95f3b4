"""The tasks of a platform, written before anything was converted."""
