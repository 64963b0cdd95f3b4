"""Reports on submit descriptions: commands without a translation, and macros that differ."""

import re
from collections.abc import Iterator

from transpile.dialects.dagman.codes.dags import NewerSyntax
from transpile.dialects.dagman.codes.nodes import (
    ClusterNumber,
    DecisiveCommandIgnored,
    FilesNotTransferred,
    SubmitCommandIgnored,
)
from transpile.dialects.dagman.model import Node
from transpile.dialects.dagman.submit import Description
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.sources.text import Span

DECISIVE = frozenset("""
    allowed_execute_duration allowed_job_duration cron_day_of_month cron_day_of_week cron_hour
    cron_minute cron_month deferral_time hold max_retries noop_job noop_job_exit_code
    noop_job_exit_signal on_exit_hold on_exit_remove periodic_hold periodic_remove retry_until
    success_exit_code
    """.split())
"""Submit commands that change when a job starts, how often it runs or how its node ends."""

NOT_KEPT = frozenset("""
    concurrency_limits cron_prep_time deferral_prep_time deferral_window max_materialize
    next_job_start_delay periodic_release
    """.split())
_DEFAULTS = {"max_retries": "0", "on_exit_remove": "true", "success_exit_code": "0"}
"""Default values; that of all other commands is false."""

TRANSFERS = frozenset("""
    should_transfer_files transfer_input_files transfer_output_files transfer_output_remaps
    """.split())
_CLUSTER = re.compile(r"\$\(\s*cluster(?:id)?\s*[:)]", re.I)
_NODE = re.compile(r"\$\(\s*node\s*[:)]", re.I)


class Remarks:
    """Reports on descriptions; a file that several nodes share is reported once."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._reported: set[tuple[str, Span]] = set()

    def report(self, node: Node, name: str, description: Description) -> None:
        """Report the commands of a description and of the node's VARS."""
        commands = list(_commands(node, description))
        for key, value, place in commands:
            if key in DECISIVE | NOT_KEPT and value.lower() != _DEFAULTS.get(key, "false"):
                kind = DecisiveCommandIgnored if key in DECISIVE else SubmitCommandIgnored
                self._diagnostics.add(kind(key=key, value=value), place, job=name, text=value)
            if key in TRANSFERS and value and value.lower() not in ("no", "false"):
                self._once(FilesNotTransferred(key=key, value=value), place, name, place, value)
        texts = " ".join(value for _, value, _ in commands)
        if _CLUSTER.search(texts):
            self.cluster(node, name, "$(Cluster)")
        if _NODE.search(texts) and all(key != "node" for key, _, _ in commands):
            what = "the macro $(NODE), which is empty in 23.9; use $(JOB)"
            self._diagnostics.add(NewerSyntax(what=what), node.span, job=name, text="$(NODE)")

    def cluster(self, node: Node, name: str, word: str) -> None:
        """Report, once per DAG, that the cluster's number differs."""
        whole = Span(node.span.file, 0)
        self._once(ClusterNumber(word=word), whole, name, node.span, word)

    def _once(self, finding: Finding, key: Span, name: str, place: Span, text: str) -> None:
        """Report the finding, once for each `key`."""
        if (finding.code, key) not in self._reported:
            self._reported.add((finding.code, key))
            self._diagnostics.add(finding, place, job=name, text=text)


def _commands(node: Node, description: Description) -> Iterator[tuple[str, str, Span]]:
    for key, (value, place) in description.commands.items():
        yield key, value, place
    for key, macro in node.variables.items():
        yield key.lower(), macro.value, node.span
