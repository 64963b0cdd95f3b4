"""QUOTES, converted by transpile from commands.jil."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

from flytekit import Workflow, task

from expected.job_runtime import KEEP_GOING, run


@task
def quotes_job() -> int:
    """QUOTES · commands.jil:6"""
    return run(
        'printf \'%s\\n\' "it\'s" \'a "word"\' \\"x\\" """triple""" {braces} {{ jinja }} {% x %} #} \\\\ 100%'
    )


quotes = Workflow(name="QUOTES", failure_policy=KEEP_GOING)

quotes_job_node = quotes.add_entity(quotes_job).with_overrides(
    node_name="quotes-job", name="QUOTES"
)

quotes.add_workflow_output("quotes_job", quotes_job_node.o0)


if __name__ == "__main__":
    print(f"Running quotes() {quotes()}")
