"""The programs that call the scheduler of lists: they have none."""

from transpile.model.programs import NO_PROGRAMS

PROGRAMS = NO_PROGRAMS
"""None."""
