"""A979: jobs that have moved, and what the legacy side still needs of them."""

from transpile.findings.finding import Finding, Level


class LessOnLegacySide(Finding, code="A979", level=Level.ERROR):
    """Job that has moved and no longer does all that the legacy side needs of it.

    Where staying jobs wait for a job that has moved, the definitions in OUT/legacy put a stand-in
    of the same name in its place. It does nothing but end as the bridge tells it. What else the job
    did for jobs that stay does not happen any more.
    """

    message = "{name} has moved and does less for the legacy side: {reason}"
    help = "move the jobs that need it in the same wave"
    name: str
    reason: str
