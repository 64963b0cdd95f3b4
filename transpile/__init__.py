"""A migration transpiler: legacy batch-scheduler jobs in, Flyte imperative workflows out.

`dialects` turn text into an `ir.Network`, `passes` find out what it means, `flyte` plans modules
and prints them; `pipeline` has that on one page. What is not translated, or not for certain, is a
`Diagnostic` with one of the `codes`. `semantics` knows what the source's engine does in a run,
`rehearsal` what Flyte does, and `cli.verify` compares the two.
"""

__version__ = "0.1.0"
