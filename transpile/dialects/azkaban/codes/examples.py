"""Text shared by the examples of several codes."""

JOB_A = "nodes:\n  - name: A\n    type: command\n    config: {command: ./a.sh}\n"
