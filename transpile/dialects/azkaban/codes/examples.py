"""Parts of examples that several codes share."""

JOB_A = "nodes:\n  - name: A\n    type: command\n    config: {command: ./a.sh}\n"
