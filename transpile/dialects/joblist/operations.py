"""What people do with lists of jobs."""

from transpile.model.operations import Act, Operation

OPERATIONS = (
    Operation("a start by hand", Act.START),
    Operation("a change of the list", Act.CHANGE),
)
"""The acts of an operator, in the words of the source."""
